import type { IdentifierKind } from '../words.ts';

/** Read by optics, so that characters which look alike are taken for each other. */
const optical: ReadonlySet<IdentifierKind> = new Set(['plate', 'container']);

/**
 * One form for all that looks alike: O0 I1 B8 S5 Z2 G6, and the Cyrillic and Greek capitals that have a Latin twin,
 * which are the only ones plates may carry abroad (Vienna Convention on Road Traffic, annex 2).
 */
const twins = new Map<string, string>([
  ...together('OIBSZG', '018526'),
  ...together('АВЕКМНОРСТУХІ', 'A8EKMH0PCTYX1'),
  ...together('ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'A8E2H1KMN0PTYX'),
]);
const hasTwin = new RegExp(`[${[...twins.keys()].join('')}]`, 'gu');

function together(letters: string, forms: string): (readonly [string, string])[] {
  return [...letters].map((letter, at) => [letter, forms[at] ?? letter] as const);
}

/** Equal for normalised values that optical reading may confuse; other kinds of identifiers stay as they are. */
export function foldLookAlikes(kind: IdentifierKind, value: string): string {
  return optical.has(kind) ? value.replace(hasTwin, (letter) => twins.get(letter) ?? letter) : value;
}

/** Are they one character apart: changed, missing or added? */
export function oneApart(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1 || short === long) return false;
  let at = 0;
  while (at < short.length && short.charCodeAt(at) === long.charCodeAt(at)) at += 1;
  const rest = long.length === short.length ? at + 1 : at;
  return short.slice(rest) === long.slice(at + 1);
}
