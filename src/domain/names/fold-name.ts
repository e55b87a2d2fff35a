import { spellingsOf } from './transliteration.ts';

/** Longer names and more words say no more about a person; the bound keeps a hostile name cheap. */
const mostCharacters = 300;
const mostWords = 12;

/** Small words that one authority writes apart, the next joins, and the third leaves out. */
const particles: ReadonlySet<string> = new Set(
  'AL EL UL AS AD AN BIN IBN BINT DE DA DO DOS DAS DI DU DEL DELLA LA LE LOS VAN VON DER DEN DEM TER TEN TE ZU ZUR AF AV'.split(
    ' ',
  ),
);

/**
 * One word of a name. `spellings` are the ways in which it may be written, all meaning the same: transliterations, and
 * with the particles before it joined to it.
 */
export interface NameWord {
  readonly spellings: readonly string[];
  /** Whether it is there or not says little: `AL`, `VAN`. */
  readonly particle: boolean;
}

/**
 * A name in the form in which names are compared: words in capital Latin letters as ICAO 9303 spells them, without
 * marks. The order stays, but nothing may depend on it: authorities differ in what they put first.
 */
export function foldName(name: string): readonly NameWord[] {
  // The dotless small i has no capital of its own.
  const words = name
    .slice(0, mostCharacters)
    .replaceAll('ı', 'i')
    .normalize('NFC')
    .replaceAll('ß', 'ẞ')
    .toUpperCase()
    .split(/[^\p{L}\p{N}\p{M}'’`ʼ]+/u);
  const folded: NameWord[] = [];
  let before = '';
  for (const word of words) {
    const spellings = spellingsOf(word).filter((spelling) => spelling !== '');
    const [first] = spellings;
    if (first === undefined) continue;
    const particle = particles.has(first);
    folded.push({
      spellings: before === '' ? spellings : [...spellings, ...spellings.map((it) => before + it)],
      particle,
    });
    before = particle ? before + first : '';
    if (folded.length === mostWords) break;
  }
  return folded;
}
