import { z } from 'zod';
import { IdentifierKind, Priority, Tlp } from './words.ts';

const Time = z.iso.datetime();

export const MatchMethod = z.enum(['exact', 'probable', 'candidate']);
export const Verdict = z.enum(['confirmed', 'rejected', 'unsure']);

/** One identifier, or the name, that agreed, scored alone. */
export const MatchReason = z.object({
  field: z.enum([...IdentifierKind.options, 'name']),
  read: z.string().describe('As read, normalised.'),
  target: z.string().describe('As targeted.'),
  how: z.string(),
  score: z.number().min(0).max(1),
  source: z.string().describe("The device's own id of the message the read came in."),
  subject: z
    .object({ kind: z.string(), value: z.string(), issuer: z.string().nullable() })
    .optional()
    .describe(
      'The identifier it came with; absent in matches recorded before names were matched: then the field itself.',
    ),
});

/** A passage (and its alarms) tied to a target. A person decides; nothing adverse is automatic. */
export const Match = z.object({
  id: z.string(),
  version: z.int(),
  targetId: z.string(),
  targetVersion: z
    .int()
    .optional()
    .describe('As it was when last compared; absent in matches recorded before it was kept.'),
  alarmId: z
    .string()
    .nullable()
    .describe("Null while the passage has no alarm; inside an alarm's `matches` always that alarm."),
  passageId: z.string(),
  laneId: z.string(),
  method: MatchMethod,
  score: z.number().min(0).max(1),
  reasons: z.array(MatchReason),
  verdict: z.object({ verdict: Verdict, by: z.string(), at: Time, note: z.string().nullable() }).nullable(),
  target: z
    .object({
      originator: z.string(),
      reference: z.string(),
      kind: z.string(),
      name: z.string().nullable(),
      risk: Priority,
      reasons: z.array(z.string()),
      requestedAction: z.string(),
      instructions: z.string().nullable(),
      tlp: Tlp.optional().describe('Who may see it; absent in matches recorded before it was shown.'),
      release: z.array(z.string()).optional().describe('The agencies its originator releases it to.'),
    })
    .describe('What an officer needs of the target without opening it.'),
  proposedAt: Time,
  noticedAt: Time.nullable()
    .optional()
    .describe('When the lane was told, no sensor having alarmed (interdiction); null or absent where it was not.'),
});

export type Match = z.infer<typeof Match>;
export type MatchReason = z.infer<typeof MatchReason>;
export type MatchMethod = z.infer<typeof MatchMethod>;
export type Verdict = z.infer<typeof Verdict>;
