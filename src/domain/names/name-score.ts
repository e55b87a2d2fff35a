import type { NameWord } from './fold-name.ts';
import { jaroWinkler } from './jaro-winkler.ts';

/** Two words less alike than this are two words, not two spellings. */
const alike = 0.8;
/** What a word that only one side has counts, against one that both have: middle names come and go. */
const aloneWeight = 0.5;

/** How alike two names are, 0 to 1, in any order of their words. 1: the same words, but for particles. */
export function nameScore(one: readonly NameWord[], other: readonly NameWord[]): number {
  return nameScorer(one)(other);
}

/**
 * The same for one name against many: each word of theirs is compared once, however many names it stands in, as long
 * as the same word is the same object. What cannot reach `least` is 0 without a closer look.
 */
export function nameScorer(one: readonly NameWord[], least = 0): (other: readonly NameWord[]) => number {
  const known = new Map<NameWord, Compared>();
  const compare = (word: NameWord): Compared => {
    const row = one.map((mine) => wordScore(mine, word));
    const compared = { row, pairs: row.some((score) => score >= alike) };
    known.set(word, compared);
    return compared;
  };
  const letters = alone(one, 0);
  return (other) => {
    let [whole, left] = [letters, 0];
    for (const word of other) {
      const length = lengthOf(word);
      whole += length;
      if (!(known.get(word) ?? compare(word)).pairs && !word.particle) left += length;
    }
    if (whole < least * (whole + aloneWeight * left)) return 0;
    return pairUp(
      one,
      other,
      other.map((word) => known.get(word)?.row ?? []),
    );
  };
}

/** A word against each of ours, and whether it is like any. */
interface Compared {
  readonly row: readonly number[];
  readonly pairs: boolean;
}

/** How alike two words are in their closest spellings. */
function wordScore(one: NameWord, other: NameWord): number {
  let best = 0;
  for (const a of one.spellings) for (const b of other.spellings) best = Math.max(best, jaroWinkler(a, b));
  return best;
}

/**
 * The words most alike are paired one to one; the score is their mean by length, and words left alone take from it.
 * `rows[j][i]`: word j of `other` against word i of `one`. Names have few words, so a bit a word says which are paired.
 */
function pairUp(one: readonly NameWord[], other: readonly NameWord[], rows: readonly (readonly number[])[]): number {
  let [mine, theirs, sum, weight] = [0, 0, 0, 0];
  for (;;) {
    let [best, bestI, bestJ] = [0, -1, -1];
    for (let j = 0; j < rows.length; j += 1) {
      const row = rows[j] ?? [];
      if ((theirs & (1 << j)) !== 0) continue;
      for (let i = 0; i < row.length; i += 1) {
        const score = row[i] ?? 0;
        if (score <= best || score < alike || (mine & (1 << i)) !== 0) continue;
        [best, bestI, bestJ] = [score, i, j];
      }
    }
    if (bestJ === -1) break;
    mine |= 1 << bestI;
    theirs |= 1 << bestJ;
    const length = lengthOf(one[bestI]) + lengthOf(other[bestJ]);
    sum += best * length;
    weight += length;
  }
  weight += aloneWeight * (alone(one, mine) + alone(other, theirs));
  return weight === 0 ? 0 : sum / weight;
}

/** Letters in the words without a partner. */
function alone(words: readonly NameWord[], paired: number): number {
  let letters = 0;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if ((paired & (1 << at)) === 0 && word?.particle === false) letters += lengthOf(word);
  }
  return letters;
}

function lengthOf(word: NameWord | undefined): number {
  return word?.spellings[0]?.length ?? 0;
}
