import { z } from 'zod';
import { IdentifierKind, Priority } from './words.ts';

const Time = z.iso.datetime();

export const MatchMethod = z.enum(['exact', 'probable', 'candidate']);
export const Verdict = z.enum(['confirmed', 'rejected', 'unsure']);

/** One identifier that agreed, scored alone. */
export const MatchReason = z.object({
  field: IdentifierKind,
  /** As read (normalised) and as targeted. */
  read: z.string(),
  target: z.string(),
  how: z.string(),
  score: z.number().min(0).max(1),
  /** The device's own id of the message the read came in. */
  source: z.string(),
});

/** A passage (and its alarms) tied to a target. A person decides; nothing adverse is automatic. */
export const Match = z.object({
  id: z.string(),
  version: z.int(),
  targetId: z.string(),
  /** Null while the passage has no alarm; inside an alarm's `matches` always that alarm. */
  alarmId: z.string().nullable(),
  passageId: z.string(),
  laneId: z.string(),
  method: MatchMethod,
  score: z.number().min(0).max(1),
  reasons: z.array(MatchReason),
  verdict: z.object({ verdict: Verdict, by: z.string(), at: Time, note: z.string().nullable() }).nullable(),
  /** What an officer needs of the target without opening it. */
  target: z.object({
    originator: z.string(),
    reference: z.string(),
    kind: z.string(),
    name: z.string().nullable(),
    risk: Priority,
    reasons: z.array(z.string()),
    requestedAction: z.string(),
    instructions: z.string().nullable(),
  }),
  proposedAt: Time,
});

export type Match = z.infer<typeof Match>;
export type MatchReason = z.infer<typeof MatchReason>;
export type MatchMethod = z.infer<typeof MatchMethod>;
export type Verdict = z.infer<typeof Verdict>;
