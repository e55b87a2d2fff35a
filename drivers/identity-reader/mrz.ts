import { type ParseResult, parse } from 'mrz';
import { confusions, normaliseIdentifier } from '../../src/domain/identifiers/index.ts';
import type { ReadIdentifier } from '../../src/domain/observation.ts';

/** What an MRZ gives of its `ReadIdentifier`. */
export type TravelDocument = Required<Pick<ReadIdentifier, 'value' | 'issuer' | 'valid' | 'corrections' | 'holder'>>;

const formats: ReadonlySet<string> = new Set(['TD1', 'TD2', 'TD3', 'FRENCH_NATIONAL_ID']);

/**
 * The lines of an MRZ (ICAO 9303: TD1 3×30, TD2 2×36, TD3 2×44) → number, issuing state and holder. `valid` when every
 * check digit is right; else `corrections` are the numbers of the zones one confusable character away whose check
 * digits are. `readAtMs` decides the century of the birth date. Null when the text has not the form of an MRZ. Pure.
 */
export function parseMrz(text: string, readAtMs: number): TravelDocument | null {
  const lines = text.trim().toUpperCase().split(/\s+/);
  const parsed = parseLines(lines);
  const number = parsed === null ? null : numberOf(parsed);
  if (parsed === null || number === null) return null;
  const issuer = (lines[0] ?? '').slice(2, 5).replaceAll('<', '');
  const { value, valid: formed } = normaliseIdentifier('travel-document', number, issuer);
  if (value === '') return null;
  const valid = formed && checksOut(parsed);
  const name = [detail(parsed, 'firstName'), detail(parsed, 'lastName')].filter(Boolean).join(' ');
  const birthDate = birthDateOf(detail(parsed, 'birthDate') ?? '', readAtMs);
  const corrections = valid ? [] : correctionsOf(lines, value);
  return { value, issuer: issuer === '' ? null : issuer, valid, corrections, holder: { name, birthDate } };
}

function parseLines(lines: readonly string[]): ParseResult | null {
  const length = lines[0]?.length;
  if (lines.some((line) => line.length !== length || !/^[A-Z0-9<]+$/.test(line))) return null;
  try {
    const parsed = parse(lines);
    return formats.has(parsed.format) ? parsed : null;
  } catch {
    // The library throws for lines of a number or length it does not know.
    return null;
  }
}

/** The library's `fields` leave out what it finds wrong; a weak identity keeps it. */
function detail(parsed: ParseResult, field: string): string | null {
  return parsed.details.find((candidate) => candidate.field === field)?.value ?? null;
}

function numberOf(parsed: ParseResult): string | null {
  return parsed.documentNumber ?? detail(parsed, 'documentNumber');
}

/** The check digits only: the state of ICAO's own specimen (UTO) is on no list. */
function checksOut(parsed: ParseResult): boolean {
  return parsed.details.filter(({ field }) => field?.endsWith('CheckDigit') === true).every(({ valid }) => valid);
}

function correctionsOf(lines: readonly string[], wrong: string): readonly string[] {
  const numbers = confusions(lines.join('\n')).flatMap((text) => {
    const parsed = parseLines(text.split('\n'));
    const number = parsed !== null && checksOut(parsed) ? numberOf(parsed) : null;
    return number === null || number === wrong ? [] : [number];
  });
  return [...new Set(numbers)].slice(0, 10);
}

/** YYMMDD → ISO 8601, in the past; null when a part of it is unknown or impossible. */
function birthDateOf(text: string, readAtMs: number): string | null {
  const [, year, month, day] = /^(\d\d)(\d\d)(\d\d)$/.exec(text) ?? [];
  const dates = ['20', '19'].map((century) => `${century}${year}-${month}-${day}`);
  const possible = dates.filter((date) => {
    const ms = Date.parse(`${date}T00:00:00Z`);
    return ms <= readAtMs && new Date(ms).toISOString().startsWith(date);
  });
  return possible[0] ?? null;
}
