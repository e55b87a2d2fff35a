import { z } from 'zod';
import { LaneKind, Mode } from './words.ts';

/** Names things in addresses, topics and file names: nothing in it ever needs escaping. */
export const Id = z
  .string()
  .max(64)
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
    'must be letters, digits, dots, dashes and underscores, and begin with a letter or a digit',
  );
export const Name = z.string().trim().min(1).max(100);

const windowS = (fewestS: number) => z.number().min(fewestS).max(3_600);

/**
 * What belongs to one occupancy: reads and scans from `beforeS` before its start to `afterS` after its end; the passage
 * closes after `settleS` seconds of quiet. A subject that was read in another lane within `handoverS` has come from there
 * (at most as far back as closed passages are at hand: matching.retroactiveS and ten minutes). Seconds.
 */
export const JoinPolicy = z.strictObject({
  beforeS: windowS(0).default(20),
  afterS: windowS(0).default(20),
  settleS: windowS(0.1).default(5),
  handoverS: z.number().min(0).max(86_400).default(7_200),
});

/** One path of inspection. */
export const Lane = z.strictObject({
  id: Id,
  name: Name,
  kind: LaneKind,
  direction: z.enum(['import', 'export', 'transit', 'arrival', 'departure', 'both']).default('both'),
  mode: Mode.optional().describe("Other than the site's."),
  join: JoinPolicy.prefault({}),
  rearReaders: z
    .array(Id)
    .default([])
    .describe("Plate readers that look at the rear: their plate is a trailer's where it is another than the front's."),
});

/** In which officers are told what to do. */
export const Language = z.enum(['en', 'fr', 'es']);

/** A border post. */
export const Site = z.strictObject({
  id: Id,
  name: Name,
  unlocode: z.string().refine(isUnlocode, 'must be a UN/LOCODE: country code and three characters, e.g. NLRTM'),
  timeZone: z.string().refine(isTimeZone, 'must be a time zone of the IANA database, e.g. Europe/Amsterdam'),
  mode: Mode.default('operational'),
  language: Language.default('en'),
});

export { MatchingPolicy } from './matching-policy.ts';

export type Language = z.infer<typeof Language>;
export type JoinPolicy = z.infer<typeof JoinPolicy>;
export type Lane = z.infer<typeof Lane>;
export type Site = z.infer<typeof Site>;

/** UN/ECE Recommendation 16: ISO 3166 country (or XZ, international waters), then letters or digits 2 to 9. */
function isUnlocode(code: string): boolean {
  if (!/^[A-Z]{2}[A-Z2-9]{3}$/.test(code)) return false;
  const country = code.slice(0, 2);
  return (
    country === 'XZ' || new Intl.DisplayNames('en', { type: 'region', fallback: 'none' }).of(country) !== undefined
  );
}

function isTimeZone(name: string): boolean {
  // A bare offset such as +01:00 would pass too, and be wrong for half of the year.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
