import { z } from 'zod';

const Time = z.iso.datetime();
const text = (max: number) => z.string().trim().min(1).max(max);

/** What has personal data that may be masked. */
export const MaskedSubject = z
  .string()
  .regex(/^(targets|passages|alarms|matches|examinations)\/[\w.-]{1,100}$/, 'must be e.g. targets/{id}');

export const UnmaskingInput = z.strictObject({ subject: MaskedSubject, reason: text(1_000) });

/** How long one that is approved lasts. */
export const unmaskingLastsMs = 3_600_000;

/** One person asks to see masked data of one thing whole, another agrees; both stand in the record. */
export const Unmasking = z.object({
  id: z.string(),
  sequence: z.string(),
  version: z.int(),
  subject: z.string().describe('E.g. `targets/{id}`.'),
  state: z.enum(['asked', 'approved', 'refused']),
  reason: z.string(),
  askedBy: z.string(),
  askedAt: Time,
  decidedBy: z.string().nullable(),
  decidedAt: Time.nullable(),
  endsAt: Time.nullable().describe('Until then who asked sees it whole; null while it is not approved.'),
});

export type UnmaskingInput = z.infer<typeof UnmaskingInput>;
export type Unmasking = z.infer<typeof Unmasking>;
