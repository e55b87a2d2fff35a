import { z } from 'zod';
import { Match } from './match.ts';
import { Passage, PassageIdentity } from './passage.ts';
import { Mode } from './words.ts';

/**
 * Somebody or something looked for passes, and no sensor has alarmed: what an officer at the lane needs, at once and once
 * a match.
 */
export const Interdiction = z.object({
  matchId: z.string(),
  targetId: z.string(),
  passageId: z.string(),
  laneId: z.string(),
  requestedAction: z.string(),
  match: Match.describe("With its reasons and the target's summary."),
  subject: Passage.shape.subject,
  identities: z.array(PassageIdentity),
  openedAt: z.iso.datetime(),
  present: z.boolean().describe('Still at the lane, as far as is known.'),
  mode: Mode,
  noticedAt: z.iso.datetime(),
});

export type Interdiction = z.infer<typeof Interdiction>;
