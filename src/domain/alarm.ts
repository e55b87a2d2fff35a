import { z } from 'zod';
import { Role } from './access.ts';
import { Evidence } from './evidence.ts';
import { ExaminationSummary } from './examination-summary.ts';
import { Match } from './match.ts';
import { ServiceState } from './service.ts';
import { Hazard, Mode, Priority, Signal } from './words.ts';

const Time = z.iso.datetime();

/** ISA-18.2 / IEC 62682 states A to G, by name; `latched` keeps detections on the board until disposed of. */
export const AlarmState = z.enum([
  /** A */
  'normal',
  /** B */
  'unacknowledged',
  /** C */
  'acknowledged',
  /** D: the cause went before anybody answered. */
  'returned',
  /** E */
  'shelved',
  /** F, by design */
  'suppressed',
  /** G */
  'out-of-service',
]);

/** Disposition: was the *alarm* real? (The verdict on a match is kept apart.) */
export const dispositionCodes = {
  real: ['contraband', 'snm', 'illicit-radioactive', 'explosive', 'weapon', 'narcotic', 'other-real'],
  innocent: ['norm', 'medical-isotope', 'declared-radioactive', 'legal-chemical', 'other-innocent'],
  false: ['inspection-negative', 'background-only', 'nii-false', 'trace-false', 'other-false'],
  test: ['authorised-test'],
  tamper: ['unauthorised-activity'],
  unresolved: ['unknown-cause'],
} as const;
export const DispositionClass = z.enum(['real', 'innocent', 'false', 'test', 'tamper', 'unresolved']);

const Disposition = z.object({
  class: DispositionClass,
  code: z.string(),
  by: z.string(),
  at: Time,
  note: z.string().nullable(),
});

/** What the service noticed: raises again and again, stands for too long, came in a flood (alarm policy). */
export const AlarmMark = z.enum(['chattering', 'stale', 'flood']);

/** What is marked optional is absent in alarms recorded before it existed: read it as null. */
export const Alarm = z.object({
  id: z.string(),
  /** Sequence of the event that last changed it. */
  sequence: z.string(),
  version: z.int(),
  siteId: z.string(),
  laneId: z.string(),
  deviceId: z.string(),
  /** Null for equipment conditions, which belong to no passage. */
  passageId: z.string().nullable(),
  signal: Signal,
  hazard: Hazard,
  priority: Priority,
  /** The policy rule that gave the priority. */
  rule: z.string(),
  state: AlarmState,
  /** Is the cause present now? */
  active: z.boolean(),
  latched: z.boolean(),
  mode: Mode,
  /** The first alarm of its passage. */
  firstOut: z.boolean(),
  /** Reported late: the cause lies in the past, nobody is at the lane any more. */
  historical: z.boolean(),
  /** Alarming samples so far. */
  count: z.int(),
  /** First alarming sample, by the device's time. */
  observedAt: Time,
  raisedAt: Time,
  updatedAt: Time,
  clearedAt: Time.nullable(),
  acknowledged: z.object({ by: z.string(), at: Time, note: z.string().nullable() }).nullable(),
  shelved: z.object({ by: z.string(), at: Time, reason: z.string(), until: Time }).nullable(),
  /** How the last shelving ended; `by` is `lanewatch` where time or a rise of priority ended it. */
  unshelved: z.object({ by: z.string(), at: Time, reason: z.string() }).nullable().optional(),
  /** Held off the board while its lane or device is suppressed or out of service. */
  service: ServiceState.omit({ version: true })
    .extend({ service: ServiceState.shape.service.exclude(['in-service']) })
    .nullable()
    .optional(),
  disposition: Disposition.nullable(),
  /** The first person's verdict, where a second one must give the same: it waits while there is no disposition. */
  proposedDisposition: Disposition.nullable().optional(),
  reopened: z.object({ by: z.string(), at: Time, note: z.string().nullable() }).nullable().optional(),
  /** Since when it waits on the board for an answer; null while it does not. */
  waitingSince: Time.nullable().optional(),
  marks: z.array(AlarmMark).optional(),
  /** The role that was told because nobody answered, and who would be told next. Null once somebody has answered. */
  escalation: z.object({ role: Role, at: Time, level: z.int(), next: Role.nullable() }).nullable().optional(),
  comments: z.array(z.object({ by: z.string(), at: Time, text: z.string() })),
  evidence: Evidence,
  matches: z.array(Match),
  /** The newest; absent while there is none. */
  examinations: z.array(ExaminationSummary).optional(),
  /** What the officer should do next, one sentence each. */
  guidance: z.array(z.string()),
});

export type Alarm = z.infer<typeof Alarm>;
export type AlarmMark = z.infer<typeof AlarmMark>;
export type AlarmState = z.infer<typeof AlarmState>;
export type DispositionClass = z.infer<typeof DispositionClass>;
