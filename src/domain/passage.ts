import { z } from 'zod';
import { Nuclide, ProfilePoint, RawRef } from './evidence.ts';
import { ExaminationSummary } from './examination-summary.ts';
import { Match } from './match.ts';
import { IdentifierKind, Mode, ReadMethod, ScanDecision } from './words.ts';

const Time = z.iso.datetime();

/** An identifier as it was read in this passage; the raw read is kept. */
export const PassageIdentity = z.object({
  kind: IdentifierKind,
  value: z.string(),
  raw: z.string(),
  valid: z.boolean(),
  issuer: z.string().nullable(),
  method: ReadMethod,
  confidence: z.number().nullable(),
  corrections: z.array(z.string()),
  holder: z.object({ name: z.string(), birthDate: z.string().nullable() }).nullable(),
  deviceId: z.string(),
  at: Time,
  source: z.string().describe("The device's own id of the read or scan it came with."),
  imageUri: z.string().nullable(),
});

/** A scan or sample that joined the passage, the clear ones included. */
export const PassageScan = z.object({
  id: z.string(),
  deviceId: z.string(),
  decision: ScanDecision,
  source: z.string().describe('MACHINE, OPERATOR …; empty for trace samples.'),
  summary: z.string(),
  at: Time,
  raw: RawRef,
});

/** A document about the whole passage, and where its spectra are kept (`/spectra/{id}`). */
export const PassageReport = z.object({
  id: z.string(),
  deviceId: z.string(),
  at: Time,
  nuclides: z.array(Nuclide),
  spectra: z.object({ id: z.string(), count: z.int() }).nullable(),
  raw: RawRef,
});

/** What a conveyance is made of, as far as it was read; trailers and containers in the order of their first read. */
export const Conveyance = z.object({
  tractor: z.string().nullable(),
  trailers: z.array(z.string()),
  containers: z.array(z.string()),
});

/** The same subject in another lane, known by an identifier read in both. */
export const Handover = z.object({
  passageId: z.string(),
  laneId: z.string(),
  kind: IdentifierKind,
  value: z.string(),
  at: Time,
});

/** One subject through one lane: occupancy, identities, scans and samples, joined. */
export const Passage = z.object({
  id: z.string(),
  sequence: z.string(),
  version: z.int(),
  siteId: z.string(),
  laneId: z.string(),
  subject: z.enum(['vehicle', 'container', 'person', 'bag', 'parcel', 'consignment']),
  openedAt: Time,
  closedAt: Time.nullable(),
  closeReason: z
    .string()
    .nullable()
    .describe("`settled`, `superseded` …, and why an occupancy ended otherwise than by the device's word."),
  complete: z.boolean(),
  direction: z.enum(['forward', 'reverse']).nullable(),
  speedKmh: z.number().nullable(),
  identities: z.array(PassageIdentity),
  conveyance: Conveyance.optional().describe('Of vehicles and containers; absent while nothing of it is known.'),
  cameFrom: Handover.optional().describe('The lane the subject came from (primary); absent where there is none.'),
  wentOn: Handover.optional().describe('The lane it went on to (secondary); absent where there is none.'),
  occupancy: z
    .object({
      deviceId: z.string(),
      counter: z.int().nullable(),
      durationS: z.number().nullable(),
      startedAt: Time,
      endedAt: Time.nullable(),
      endReason: z.string().nullable(),
    })
    .nullable(),
  scans: z.array(PassageScan),
  samples: z.array(PassageScan),
  reports: z.array(PassageReport).optional().describe('Absent in passages recorded before there were reports.'),
  profile: z.object({ gamma: z.array(ProfilePoint), neutron: z.array(ProfilePoint) }),
  alarmIds: z.array(z.string()),
  matches: z.array(Match),
  examinations: z.array(ExaminationSummary).optional().describe('The newest; absent while there is none.'),
  mode: Mode,
});

export type Passage = z.infer<typeof Passage>;
export type PassageIdentity = z.infer<typeof PassageIdentity>;
export type Conveyance = z.infer<typeof Conveyance>;
export type PassageScan = z.infer<typeof PassageScan>;
export type PassageReport = z.infer<typeof PassageReport>;
