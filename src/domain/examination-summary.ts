import { z } from 'zod';

export const ExaminationState = z.enum([
  'requested',
  'accepted',
  'started',
  'resulted',
  'delivered',
  'cancelled',
  'missed',
]);

/** What an alarm and a passage show of an examination; the whole of it is at `/examinations/{id}`. */
export const ExaminationSummary = z.object({
  id: z.string(),
  state: ExaminationState,
  kind: z.string(),
  unit: z.string(),
  targetId: z.string().nullable().describe('The target it was requested for, if any.'),
  dueAt: z.iso.datetime(),
  overdue: z.boolean(),
  code: z.string().nullable().describe('Of the result.'),
});

export type ExaminationState = z.infer<typeof ExaminationState>;
export type ExaminationSummary = z.infer<typeof ExaminationSummary>;
