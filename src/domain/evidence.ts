import { z } from 'zod';
import { ScanDecision, Severity } from './words.ts';

/** One point of a count profile: `t` seconds since the occupancy began, `value` in the evidence's unit. */
export const ProfilePoint = z.object({ t: z.number(), value: z.number() });
/** Back to the frame: which device, when its bytes arrived, and their SHA-256 in hex. */
export const RawRef = z.object({ deviceId: z.string(), receivedAt: z.iso.datetime(), sha256: z.string().length(64) });

export const Nuclide = z.object({
  /** Element-mass[m], e.g. `Cs-137`. */
  name: z.string(),
  /** As the instrument wrote it. */
  rawName: z.string(),
  /** Every category the nuclide has, worst first, then the instrument's own in lower case. */
  categories: z.array(z.string()),
  /** 0 to 1; null where the instrument gives none. */
  confidence: z.number().nullable(),
  /** As it was sent: a number in its own scale, or a word. */
  rawConfidence: z.union([z.number(), z.string()]).nullable(),
});

const RadiationFields = {
  kind: z.literal('radiation'),
  channel: z.enum(['gamma', 'neutron']),
  /** Unit of `background`, `threshold`, `peak` and the profile, e.g. `cps`, `counts`. */
  unit: z.string(),
  /** Null where the device never told its background. */
  background: z.number().nullable(),
  threshold: z.number().nullable(),
  peak: z.number(),
  /** (peak − background) / √background; null while no full window or no background is known. */
  sigma: z.number().nullable(),
  durationS: z.number(),
  /** Peak time over duration, 0 to 1: where along the subject the source sits. */
  positionRatio: z.number().nullable(),
  profile: z.array(ProfilePoint),
  /** Detector with the highest count, as the device numbers them (`d1` …). */
  detector: z.string().optional(),
  /** What the same instrument identified. */
  nuclides: z.array(Nuclide).optional(),
  /** What the instrument said of its alarm. */
  description: z.string().optional(),
};
const IsotopeFields = {
  kind: z.literal('isotope'),
  nuclides: z.array(Nuclide),
  /** What the instrument said of its alarm. */
  description: z.string(),
  algorithm: z.string().nullable(),
};
const XrayFields = {
  kind: z.literal('xray'),
  scanId: z.string(),
  decision: ScanDecision,
  /** Who decided: the machine's algorithm or its operator. */
  source: z.string(),
  reason: z.string().nullable(),
  objects: z.array(
    z.object({
      number: z.number(),
      category: z.string(),
      description: z.string(),
      assessment: z.string(),
      probability: z.number().nullable(),
      massG: z.number().nullable(),
      densityGcm3: z.number().nullable().optional(),
      /** Effective atomic number. */
      zEff: z.number().nullable().optional(),
      volumeCm3: z.number().nullable().optional(),
      /** Corners in image pixels, [x, y, z]. */
      region: z.array(z.array(z.number())),
    }),
  ),
  imageUri: z.string().nullable(),
  /** Who decided at the screen, and by which algorithm the machine did. */
  operator: z.string().nullable().optional(),
  algorithm: z.string().nullable().optional(),
};
const TraceFields = {
  kind: z.literal('trace'),
  sampleId: z.string(),
  decision: ScanDecision,
  substances: z.array(
    z.object({
      name: z.string(),
      cas: z.string().nullable(),
      hazard: z.string(),
      amplitude: z.number(),
      /** Null where the unit tells none. */
      threshold: z.number().nullable(),
      /** Reduced ion mobility, cm²/(V·s). */
      k0: z.number().nullable(),
    }),
  ),
};
const ConditionFields = { kind: z.literal('condition'), code: z.string(), severity: Severity, text: z.string() };

/** What a driver reports, before the pipeline ties it to its frame. */
export const Finding = z.discriminatedUnion('kind', [
  z.object(RadiationFields),
  z.object(IsotopeFields),
  z.object(XrayFields),
  z.object(TraceFields),
  z.object(ConditionFields),
]);
/** What an alarm carries: a finding and the frame behind it. */
export const Evidence = z.discriminatedUnion('kind', [
  z.object({ ...RadiationFields, raw: RawRef }),
  z.object({ ...IsotopeFields, raw: RawRef }),
  z.object({ ...XrayFields, raw: RawRef }),
  z.object({ ...TraceFields, raw: RawRef }),
  z.object({ ...ConditionFields, raw: RawRef.nullable() }),
]);

export type Nuclide = z.infer<typeof Nuclide>;
export type ProfilePoint = z.infer<typeof ProfilePoint>;
export type RawRef = z.infer<typeof RawRef>;
export type Finding = z.infer<typeof Finding>;
export type RadiationFinding = Extract<Finding, { kind: 'radiation' }>;
export type IsotopeFinding = Extract<Finding, { kind: 'isotope' }>;
export type XrayFinding = Extract<Finding, { kind: 'xray' }>;
export type TraceFinding = Extract<Finding, { kind: 'trace' }>;
export type Evidence = z.infer<typeof Evidence>;
