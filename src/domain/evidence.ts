import { z } from 'zod';
import { ScanDecision, Severity } from './words.ts';

/** One point of a count profile: `t` seconds since the occupancy began, `value` in the evidence's unit. */
export const ProfilePoint = z.object({ t: z.number(), value: z.number() });
/** Back to the frame: which device, when its bytes arrived, and their SHA-256 in hex. */
export const RawRef = z.object({ deviceId: z.string(), receivedAt: z.iso.datetime(), sha256: z.string().length(64) });

export const Nuclide = z.object({
  name: z.string().describe('Element-mass[m], e.g. `Cs-137`.'),
  rawName: z.string().describe('As the instrument wrote it.'),
  categories: z
    .array(z.string())
    .describe("Every category the nuclide has, worst first, then the instrument's own in lower case."),
  confidence: z.number().nullable().describe('0 to 1; null where the instrument gives none.'),
  rawConfidence: z
    .union([z.number(), z.string()])
    .nullable()
    .describe('As it was sent: a number in its own scale, or a word.'),
});

const RadiationFields = {
  kind: z.literal('radiation'),
  channel: z.enum(['gamma', 'neutron']),
  unit: z.string().describe('Unit of `background`, `threshold`, `peak` and the profile, e.g. `cps`, `counts`.'),
  background: z.number().nullable().describe('Null where the device never told its background.'),
  threshold: z.number().nullable(),
  peak: z.number(),
  sigma: z
    .number()
    .nullable()
    .describe('(peak − background) / √background; null while no full window or no background is known.'),
  durationS: z.number(),
  positionRatio: z
    .number()
    .nullable()
    .describe('Peak time over duration, 0 to 1: where along the subject the source sits.'),
  profile: z.array(ProfilePoint),
  detector: z.string().optional().describe('Detector with the highest count, as the device numbers them (`d1` …).'),
  nuclides: z.array(Nuclide).optional().describe('What the same instrument identified.'),
  description: z.string().optional().describe('What the instrument said of its alarm.'),
};
const IsotopeFields = {
  kind: z.literal('isotope'),
  nuclides: z.array(Nuclide),
  description: z.string().describe('What the instrument said of its alarm.'),
  algorithm: z.string().nullable(),
};
const XrayFields = {
  kind: z.literal('xray'),
  scanId: z.string(),
  decision: ScanDecision,
  source: z.string().describe("Who decided: the machine's algorithm or its operator."),
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
      zEff: z.number().nullable().optional().describe('Effective atomic number.'),
      volumeCm3: z.number().nullable().optional(),
      region: z.array(z.array(z.number())).describe('Corners in image pixels, [x, y, z].'),
    }),
  ),
  imageUri: z.string().nullable(),
  operator: z.string().nullable().optional().describe('Who decided at the screen.'),
  algorithm: z.string().nullable().optional().describe('By which the machine decided.'),
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
      threshold: z.number().nullable().describe('Null where the unit tells none.'),
      k0: z.number().nullable().describe('Reduced ion mobility, cm²/(V·s).'),
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
