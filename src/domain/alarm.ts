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
  sequence: z.string().describe('Sequence of the event that last changed it.'),
  version: z.int(),
  siteId: z.string(),
  laneId: z.string(),
  deviceId: z.string(),
  passageId: z.string().nullable().describe('Null for equipment conditions, which belong to no passage.'),
  signal: Signal,
  hazard: Hazard,
  priority: Priority,
  rule: z.string().describe('The policy rule that gave the priority.'),
  state: AlarmState,
  active: z.boolean().describe('Is the cause present now?'),
  latched: z.boolean(),
  mode: Mode,
  firstOut: z.boolean().describe('The first alarm of its passage.'),
  historical: z.boolean().describe('Reported late: the cause lies in the past, nobody is at the lane any more.'),
  count: z.int().describe('Alarming samples so far.'),
  observedAt: Time.describe("First alarming sample, by the device's time."),
  raisedAt: Time,
  updatedAt: Time,
  clearedAt: Time.nullable(),
  acknowledged: z.object({ by: z.string(), at: Time, note: z.string().nullable() }).nullable(),
  shelved: z.object({ by: z.string(), at: Time, reason: z.string(), until: Time }).nullable(),
  unshelved: z
    .object({ by: z.string(), at: Time, reason: z.string() })
    .nullable()
    .optional()
    .describe('How the last shelving ended; `by` is `lanewatch` where time or a rise of priority ended it.'),
  service: ServiceState.omit({ version: true })
    .extend({ service: ServiceState.shape.service.exclude(['in-service']) })
    .nullable()
    .optional()
    .describe('Held off the board while its lane or device is suppressed or out of service.'),
  disposition: Disposition.nullable(),
  proposedDisposition: Disposition.nullable()
    .optional()
    .describe(
      "The first person's verdict, where a second one must give the same: it waits while there is no disposition.",
    ),
  reopened: z.object({ by: z.string(), at: Time, note: z.string().nullable() }).nullable().optional(),
  waitingSince: Time.nullable()
    .optional()
    .describe('Since when it waits on the board for an answer; null while it does not.'),
  marks: z.array(AlarmMark).optional(),
  escalation: z
    .object({ role: Role, at: Time, level: z.int(), next: Role.nullable() })
    .nullable()
    .optional()
    .describe(
      'The role that was told because nobody answered, and who would be told next. Null once somebody has answered.',
    ),
  comments: z.array(z.object({ by: z.string(), at: Time, text: z.string() })),
  evidence: Evidence,
  matches: z.array(Match),
  examinations: z.array(ExaminationSummary).optional().describe('The newest; absent while there is none.'),
  guidance: z.array(z.string()).describe('What the officer should do next, one sentence each.'),
});

export type Alarm = z.infer<typeof Alarm>;
export type AlarmMark = z.infer<typeof AlarmMark>;
export type AlarmState = z.infer<typeof AlarmState>;
export type DispositionClass = z.infer<typeof DispositionClass>;
