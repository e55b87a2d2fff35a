import { z } from 'zod';

const score = (usual: number) => z.number().min(0).max(1).default(usual);

/** What each way of agreeing is worth, 0 to 1; equal strong identifiers, both valid, are always 1. */
const Scores = z.strictObject({
  /** Plates and other identifiers without a check digit, equal. */
  weakKey: score(0.9),
  weakKeyWithIssuer: score(0.95),
  /** A travel document whose issuing state one side does not tell. */
  documentWithoutIssuer: score(0.85),
  /** Equal, but a check digit fails on one side. */
  failingCheck: score(0.6),
  /** What the reader's one-character correction gives is equal. */
  corrected: score(0.75),
  /** Equal once look-alike characters are taken for each other. */
  lookAlike: score(0.7),
  /** Plates one character apart. */
  oneCharacter: score(0.5),
  /** A flight or ship: many subjects share it. */
  shared: score(0.3),
  /** These are multiplied by how alike the names are. */
  nameAndBirthDate: score(0.9),
  nameAndBirthYear: score(0.75),
  nameAlone: score(0.55),
});

const Names = z.strictObject({
  /** Years of birth may differ by so much. */
  birthYears: z.int().min(0).max(10).default(1),
  /** Names less alike are not proposed; nor, where a birth date is missing, those below the second. */
  leastScore: score(0.88),
  leastScoreAlone: score(0.94),
});

/**
 * What a read has to agree in to be matched with a target, and what that is worth. `retroactiveS`: how far back a new
 * or changed target is matched against passages, in seconds.
 */
export const MatchingPolicy = z.strictObject({
  retroactiveS: z.number().min(0).max(604_800).default(3_600),
  /** A read proposes no more than so many candidates, the best of them; exact and probable matches are not counted. */
  mostCandidates: z.int().min(1).max(1_000).default(50),
  /** Look for plates one character apart. */
  nearPlates: z.boolean().default(true),
  names: Names.prefault({}),
  scores: Scores.prefault({}),
});

export type MatchingPolicy = z.infer<typeof MatchingPolicy>;
