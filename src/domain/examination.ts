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
    /** Who shall examine. */
    unit: text(64),
    dueAt: SentTime,
    instructions: text(4_000).optional(),
    /** The requester's own word for themselves; whose credential asked stands in `requested`. */
    requestedBy: text(200).optional(),
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
  /** Why nobody examined, with `not-examined` only. */
  reason: text(100).optional(),
  findings: z.array(Finding).max(100).default([]),
  examiner: text(200).optional(),
  method: text(200).optional(),
  place: text(200).optional(),
  startedAt: SentTime.optional(),
  endedAt: SentTime.optional(),
  /** Reference of the seizure. */
  seizure: text(200).optional(),
  advice: text(100).optional(),
  attachments: z.array(Sha256).max(50).default([]),
  note: text(4_000).optional(),
});

export const ExaminationResult = z.object({
  code: z.string(),
  /** NIEM's name of the code. */
  niem: z.string().nullable(),
  /** For the officer who answers the alarm; a result never closes it. */
  suggestedDisposition: z.object({ class: DispositionClass, code: z.string() }).nullable(),
  reason: z.string().nullable(),
  findings: z.array(z.object({ what: z.string(), quantity: z.number().nullable(), unit: z.string().nullable() })),
  examiner: z.string(),
  method: z.string().nullable(),
  place: z.string().nullable(),
  /** Null when nobody said when it began. */
  startedAt: Time.nullable(),
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
  /** Null: time alone. */
  by: z.string().nullable(),
  role: z.string().nullable(),
  at: Time,
  note: z.string().nullable(),
});

/** Request → accepted → started → result → delivered. */
export const Examination = z.object({
  id: z.string(),
  /** Sequence of the event that last changed it. */
  sequence: z.string(),
  version: z.int(),
  siteId: z.string(),
  state: ExaminationState,
  /** Is one end overdue now? Since when, and at which end: `overdueAt`. */
  overdue: z.boolean(),
  overdueAt: z.object({ examination: Time.nullable(), delivery: Time.nullable() }),
  targetId: z.string().nullable(),
  alarmId: z.string().nullable(),
  passageId: z.string().nullable(),
  laneId: z.string().nullable(),
  /** The target as its originator knows it. */
  target: z
    .object({
      originator: z.string(),
      reference: z.string(),
      /** Who may see it; absent in examinations recorded before it was kept. */
      tlp: Tlp.optional(),
      release: z.array(z.string()).optional(),
    })
    .nullable(),
  reason: z.string(),
  kind: z.string(),
  /** NIEM's names of both. */
  niem: z.object({ reason: z.string().nullable(), kind: z.string().nullable() }),
  unit: z.string(),
  dueAt: Time,
  instructions: z.string().nullable(),
  requestedBy: z.string(),
  /** Whose credential asked. */
  requested: z.object({ by: z.string(), role: z.string(), at: Time }),
  assignee: z.string().nullable(),
  accepted: z.object({ by: z.string(), at: Time }).nullable(),
  started: z.object({ by: z.string(), at: Time, place: z.string().nullable() }).nullable(),
  result: ExaminationResult.nullable(),
  delivered: z.object({ by: z.string(), at: Time }).nullable(),
  cancelled: z.object({ by: z.string(), at: Time, reason: z.string() }).nullable(),
  /** Whom it has been brought to last, while it is overdue. */
  escalation: z
    .object({
      end: OverdueEnd,
      level: z.int(),
      role: z.string().nullable(),
      unit: z.string().nullable(),
      at: Time,
    })
    .nullable(),
  mode: Mode,
  updatedAt: Time,
  /** The newest hundred entries; the events hold all. */
  history: z.array(HistoryEntry),
});

export type Examination = z.infer<typeof Examination>;
export type ExaminationRequest = z.infer<typeof ExaminationRequest>;
export type ExaminationResult = z.infer<typeof ExaminationResult>;
export type ResultInput = z.infer<typeof ResultInput>;
export type OverdueEnd = z.infer<typeof OverdueEnd>;
export type HistoryEntry = z.infer<typeof HistoryEntry>;
