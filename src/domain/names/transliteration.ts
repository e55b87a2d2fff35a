/**
 * Letters as machine-readable zones spell them (ICAO 9303-3, section 6 A and B). Where the table allows two spellings
 * both stand, the longer first; a letter that is not here loses its diacritical marks, which is the table's rule for it.
 */
const latin: readonly (readonly [string, readonly string[]])[] = [
  ['Ä', ['AE', 'A']],
  ['Ö', ['OE', 'O']],
  ['Ü', ['UE', 'U']],
  ['Å', ['AA', 'A']],
  ['Æ', ['AE', 'A']],
  ['Ø', ['OE', 'O']],
  ['Œ', ['OE', 'O']],
  ['ß', ['SS']],
  ['ẞ', ['SS']],
  ['Þ', ['TH']],
  ['Ð', ['D']],
  ['Đ', ['D']],
  ['Ł', ['L']],
  ['Ħ', ['H']],
  ['Ŧ', ['T']],
  ['Ŋ', ['N']],
  ['ĸ', ['Q']],
  ['Ĳ', ['IJ']],
  ['İ', ['I']],
  ['ı', ['I']],
];

const cyrillic: readonly (readonly [string, string])[] = [
  ...pairs('АБВГДЕЗИЙКЛМНОПРСТУФ', 'A B V G D E Z I I K L M N O P R S T U F'),
  ...pairs('ЁЖХЦЧШЩЪЫЬЭЮЯ', 'E ZH KH TS CH SH SHCH IE Y - E IU IA'),
  ...pairs('ІЇЄҐЎЈЉЊЋЏЂЃЌЅ', 'I I IE G U J LJ NJ C DZ D G K DZ'),
];

const spellings: ReadonlyMap<string, readonly string[]> = new Map([
  ...latin,
  ...cyrillic.map(([letter, spelt]) => [letter, [spelt === '-' ? '' : spelt]] as const),
]);

const plain = /^[A-Z0-9]*$/;
const spelt = new RegExp(`[${[...spellings.keys()].join('')}]`, 'u');

function pairs(letters: string, spelling: string): (readonly [string, string])[] {
  const parts = spelling.split(' ');
  return [...letters].map((letter, at) => [letter, parts[at] ?? ''] as const);
}

/** A word in capital letters → its spellings, most often one, never more than two; `word` is in capitals already. */
export function spellingsOf(word: string): readonly string[] {
  if (plain.test(word)) return [word];
  if (!spelt.test(word)) return [unmarked(word)];
  const letters = [...word].map((letter) => spellings.get(letter) ?? [letter]);
  const long = unmarked(letters.map((ways) => ways[0] ?? '').join(''));
  const short = unmarked(letters.map((ways) => ways.at(-1) ?? '').join(''));
  return long === short ? [long] : [long, short];
}

function unmarked(word: string): string {
  return word.normalize('NFKD').replace(/[^\p{L}\p{N}]/gu, '');
}
