import { z } from 'zod';
import { DispositionClass } from './alarm.ts';
import { Sha256 } from './attachment.ts';
import { ExaminationState } from './examination-summary.ts';
import { Mode, Tlp } from './words.ts';

const Time = z.iso.datetime();
/** As clients send it, with any offset; kept as UTC. */
const SentTime = z.iso.datetime({ offset: true }).transform((time) => new Date(time).toISOString());
const text = (max: number) => z.string().trim().min(1).max(max);

/** What is asked for. `reason`, `kind` and `unit` are checked against their lists by the desk, which answers with the list. */
export const ExaminationRequest = z
  .strictObject({
    targetId: text(200).optional(),
    alarmId: text(200).optional(),
    passageId: text(200).optional(),
    reason: text(100),
    kind: text(100),
    unit: text(64).describe('Who shall examine.'),
    dueAt: SentTime,
    instructions: text(4_000).optional(),
    requestedBy: text(200)
      .optional()
      .describe("The requester's own word for themselves; whose credential asked stands in `requested`."),
  })
  .refine(
    ({ targetId, alarmId, passageId }) => targetId !== undefined || alarmId !== undefined || passageId !== undefined,
    'must name a targetId, an alarmId or a passageId',
  );

/** Something found. A quantity has a unit. */
export const Finding = z
  .strictObject({
    what: text(500),
    quantity: z.number().min(0).nullable().default(null),
    unit: text(50).nullable().default(null),
  })
  .refine(({ quantity, unit }) => quantity === null || unit !== null, 'a quantity needs a unit');

/** What the examiner reports. */
export const ResultInput = z.strictObject({
  code: text(100),
  reason: text(100).optional().describe('Why nobody examined, with `not-examined` only.'),
  findings: z.array(Finding).max(100).default([]),
  examiner: text(200).optional(),
  method: text(200).optional(),
  place: text(200).optional(),
  startedAt: SentTime.optional(),
  endedAt: SentTime.optional(),
  seizure: text(200).optional().describe('Reference of the seizure.'),
  advice: text(100).optional(),
  attachments: z.array(Sha256).max(50).default([]),
  note: text(4_000).optional(),
});

export const ExaminationResult = z.object({
  code: z.string(),
  niem: z.string().nullable().describe("NIEM's name of the code."),
  suggestedDisposition: z
    .object({ class: DispositionClass, code: z.string() })
    .nullable()
    .describe('For the officer who answers the alarm; a result never closes it.'),
  reason: z.string().nullable(),
  findings: z.array(z.object({ what: z.string(), quantity: z.number().nullable(), unit: z.string().nullable() })),
  examiner: z.string(),
  method: z.string().nullable(),
  place: z.string().nullable(),
  startedAt: Time.nullable().describe('Null when nobody said when it began.'),
  endedAt: Time,
  seizure: z.string().nullable(),
  advice: z.string().nullable(),
  attachments: z.array(z.string()),
  note: z.string().nullable(),
  by: z.string(),
  at: Time,
});

/** Which side is late: ours, with the examination, or the requester's, with the acknowledgement. */
export const OverdueEnd = z.enum(['examination', 'delivery']);

export const HistoryEntry = z.object({
  what: z.string(),
  state: ExaminationState,
  by: z.string().nullable().describe('Null: time alone.'),
  role: z.string().nullable(),
  at: Time,
  note: z.string().nullable(),
});

/** Request → accepted → started → result → delivered. */
export const Examination = z.object({
  id: z.string(),
  sequence: z.string().describe('Sequence of the event that last changed it.'),
  version: z.int(),
  siteId: z.string(),
  state: ExaminationState,
  overdue: z.boolean().describe('Is one end overdue now? Since when, and at which end: `overdueAt`.'),
  overdueAt: z.object({ examination: Time.nullable(), delivery: Time.nullable() }),
  targetId: z.string().nullable(),
  alarmId: z.string().nullable(),
  passageId: z.string().nullable(),
  laneId: z.string().nullable(),
  target: z
    .object({
      originator: z.string(),
      reference: z.string(),
      tlp: Tlp.optional().describe('Who may see it; absent in examinations recorded before it was kept.'),
      release: z.array(z.string()).optional(),
    })
    .nullable()
    .describe('The target as its originator knows it.'),
  reason: z.string(),
  kind: z.string(),
  niem: z.object({ reason: z.string().nullable(), kind: z.string().nullable() }).describe("NIEM's names of both."),
  unit: z.string(),
  dueAt: Time,
  instructions: z.string().nullable(),
  requestedBy: z.string(),
  requested: z.object({ by: z.string(), role: z.string(), at: Time }).describe('Whose credential asked.'),
  assignee: z.string().nullable(),
  accepted: z.object({ by: z.string(), at: Time }).nullable(),
  started: z.object({ by: z.string(), at: Time, place: z.string().nullable() }).nullable(),
  result: ExaminationResult.nullable(),
  delivered: z.object({ by: z.string(), at: Time }).nullable(),
  cancelled: z.object({ by: z.string(), at: Time, reason: z.string() }).nullable(),
  escalation: z
    .object({
      end: OverdueEnd,
      level: z.int(),
      role: z.string().nullable(),
      unit: z.string().nullable(),
      at: Time,
    })
    .nullable()
    .describe('Whom it has been brought to last, while it is overdue.'),
  mode: Mode,
  updatedAt: Time,
  history: z.array(HistoryEntry).describe('The newest hundred entries; the events hold all.'),
});

export type Examination = z.infer<typeof Examination>;
export type ExaminationRequest = z.infer<typeof ExaminationRequest>;
export type ExaminationResult = z.infer<typeof ExaminationResult>;
export type ResultInput = z.infer<typeof ResultInput>;
export type OverdueEnd = z.infer<typeof OverdueEnd>;
export type HistoryEntry = z.infer<typeof HistoryEntry>;
