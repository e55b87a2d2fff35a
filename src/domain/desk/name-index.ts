import { foldName, type NameWord } from '../names/fold-name.ts';
import { nameScorer } from '../names/name-score.ts';
import { soundCode } from '../names/sound-code.ts';

/** A name is found by this many of its words, the longest. */
const mostBlocking = 6;
/** A word is found by how it sounds, by its beginning and by its end of this length: one slip leaves one of them whole. */
const endLength = 3;

export interface Person {
  readonly name: string;
  /** ISO 8601 date, or null where nobody told. */
  readonly birthDate: string | null;
}

export interface NameQuery {
  /** Both birth dates known: their years may differ by so much. */
  readonly birthYears: number;
  /** Least score where both birth dates are known, and where one is not. */
  readonly leastScore: number;
  readonly leastScoreAlone: number;
  /** The best so many. */
  readonly most: number;
}

interface Entry {
  readonly id: string;
  readonly words: readonly Word[];
  readonly year: number | null;
  /** The query that looked at it last. */
  query: number;
}

/** A word that names share: one object, so that it is scored once a query. */
interface Word extends NameWord {
  /** Numbers of what it sounds like, in each of its spellings; of that, and how they begin and end. */
  readonly sounds: readonly number[];
  readonly codes: readonly number[];
  uses: number;
  /** The query that looked at it last, and which of its words it has a code in common with, a bit each. */
  query: number;
  shares: number;
}

/** Most blocks are small: one entry stands bare, and a few in a list of just that length. */
type Blocks = Map<number, Entry | Entry[]>;
const fewEntries = 8;

/**
 * Who has a name like this one. Nobody is compared with everybody: names stand in blocks, by a code of each word and the
 * year of birth, and by how two words sound for where a year is missing. Only those of a common block are scored. Where both names
 * have several words two must have a code in common, since a name of which one word agrees is not alike; so the most
 * common word need not be looked up. Derived, as KeyIndex is.
 */
export class NameIndex {
  readonly #words = new Map<string, Word>();
  /** Sounds, and codes of both kinds, by their numbers: a block's key is a number, which is half of the time to enter. */
  readonly #sounds = new Map<string, number>();
  readonly #codes = new Map<string, number>();
  readonly #byYear: Blocks = new Map();
  /** By pairs, of those whose birth date is known, and of those whose is not. */
  readonly #dated: Blocks = new Map();
  readonly #undated: Blocks = new Map();
  #query = 0;

  add(id: string, person: Person): void {
    const words = foldName(person.name).map((word) => this.#share(word));
    if (words.length === 0) return;
    const entry: Entry = { id, words, year: yearOf(person), query: 0 };
    this.#eachBlock(entry, (blocks, key) => {
      const held = blocks.get(key);
      if (held === undefined) blocks.set(key, entry);
      else if (!Array.isArray(held)) {
        if (held !== entry) blocks.set(key, [held, entry]);
      }
      // Two of its words may lead to one block.
      else if (held[held.length - 1] === entry) return;
      else if (held.length < fewEntries) blocks.set(key, [...held, entry]);
      else held.push(entry);
    });
  }

  remove(id: string, person: Person): void {
    const words = this.#known(person.name);
    const year = yearOf(person);
    let entry: Entry | undefined;
    this.#eachBlock({ words, year }, (blocks, key) => {
      const held = entriesOf(blocks, key);
      entry ??= held.find((one) => one.id === id && one.year === year && sameWords(one.words, words));
      const at = entry === undefined ? -1 : held.indexOf(entry);
      if (at === -1) return;
      if (held.length === 1) blocks.delete(key);
      else blocks.set(key, held.toSpliced(at, 1));
    });
    for (const word of entry?.words ?? []) {
      word.uses -= 1;
      if (word.uses === 0) this.#words.delete(keyOf(word));
    }
  }

  /** The ids of those with a name like it, the best first. */
  find(person: Person, query: NameQuery): readonly string[] {
    if (this.#words.size === 0) return [];
    const words = this.#known(person.name);
    const year = yearOf(person);
    const scoreOf = nameScorer(words, Math.min(query.leastScore, query.leastScoreAlone));
    const best = new Map<string, number>();
    const bits = codeBits(words);
    this.#query += 1;
    for (const block of this.#blocksFor(words, year, query.birthYears)) {
      for (const entry of block) {
        if (entry.query === this.#query) continue;
        entry.query = this.#query;
        if (words.length > 1 && entry.words.length > 1 && !this.#sharesTwo(entry, bits)) continue;
        const score = scoreOf(entry.words);
        const least = year === null || entry.year === null ? query.leastScoreAlone : query.leastScore;
        if (score >= least && score > (best.get(entry.id) ?? 0)) best.set(entry.id, score);
      }
    }
    const ranked = [...best].sort(([a, scoreA], [b, scoreB]) => scoreB - scoreA || (a < b ? -1 : 1));
    return ranked.slice(0, query.most).map(([id]) => id);
  }

  /** Where a name stands. */
  #eachBlock({ words, year }: Pick<Entry, 'words' | 'year'>, act: (blocks: Blocks, key: number) => void): void {
    const telling = blocking(words);
    eachPair(telling, (key) => act(year === null ? this.#undated : this.#dated, key));
    if (year !== null)
      for (const { codes } of telling) for (const code of codes) act(this.#byYear, yearKey(code, year));
  }

  /** Where to look: every block that a name alike may stand in. */
  #blocksFor(words: readonly Word[], year: number | null, tolerance: number): readonly (readonly Entry[])[] {
    const telling = blocking(words);
    const found: (readonly Entry[])[] = [];
    eachPair(telling, (key) => {
      for (const blocks of year === null ? [this.#undated, this.#dated] : [this.#undated]) {
        found.push(entriesOf(blocks, key));
      }
    });
    if (year === null) return found;
    const byWord = telling.map(({ codes }) =>
      codes.flatMap((code) => {
        const near = Array.from({ length: 2 * tolerance + 1 }, (_, at) => yearKey(code, year - tolerance + at));
        return near.map((key) => entriesOf(this.#byYear, key));
      }),
    );
    const common = byWord.map((blocks) => blocks.reduce((sum, block) => sum + block.length, 0));
    const most = byWord.length > 1 ? common.indexOf(Math.max(...common)) : -1;
    return [...found, ...byWord.filter((_, at) => at !== most).flat()];
  }

  /** Has it codes in common with two words of the query? */
  #sharesTwo(entry: Entry, bits: ReadonlyMap<number, number>): boolean {
    let shares = 0;
    for (const word of entry.words) {
      if (word.query !== this.#query) {
        word.query = this.#query;
        word.shares = 0;
        for (const code of word.codes) word.shares |= bits.get(code) ?? 0;
      }
      shares |= word.shares;
    }
    return (shares & (shares - 1)) !== 0;
  }

  /** The words of a name that is looked for. What has no number yet stands in no block. */
  #known(name: string): readonly Word[] {
    return foldName(name).map(
      (word) =>
        this.#words.get(keyOf(word)) ?? wordOf(word, (numbers, text) => numbers.get(text), this.#sounds, this.#codes),
    );
  }

  #share(word: NameWord): Word {
    const key = keyOf(word);
    let shared = this.#words.get(key);
    if (shared === undefined) {
      shared = wordOf(word, numberOf, this.#sounds, this.#codes);
      this.#words.set(key, shared);
    }
    shared.uses += 1;
    return shared;
  }
}

function entriesOf(blocks: Blocks, key: number): readonly Entry[] {
  const held = blocks.get(key);
  return held === undefined ? [] : Array.isArray(held) ? held : [held];
}

function keyOf(word: NameWord): string {
  return word.spellings.length === 1 ? (word.spellings[0] ?? '') : word.spellings.join('|');
}

type Numbers = Map<string, number>;

function numberOf(numbers: Numbers, text: string): number {
  const number = numbers.get(text) ?? numbers.size;
  if (number === numbers.size) numbers.set(text, number);
  return number;
}

function wordOf(
  word: NameWord,
  number: (numbers: Numbers, text: string) => number | undefined,
  sounds: Numbers,
  codes: Numbers,
): Word {
  const heard = word.spellings.map(soundCode);
  const ends = word.spellings.flatMap((spelling) => [
    `${spelling.slice(0, endLength)}-`,
    `-${spelling.slice(-endLength)}`,
  ]);
  const numbered = (numbers: Numbers, texts: readonly string[]) =>
    [...new Set(texts)].flatMap((text) => number(numbers, text) ?? []);
  return {
    ...word,
    sounds: numbered(sounds, heard),
    codes: numbered(codes, [...heard, ...ends]),
    uses: 0,
    query: 0,
    shares: 0,
  };
}

/** Codes of a query → its words that have them, a bit each. */
function codeBits(words: readonly Word[]): ReadonlyMap<number, number> {
  const bits = new Map<number, number>();
  for (const [at, { codes }] of words.entries()) {
    for (const code of codes) bits.set(code, (bits.get(code) ?? 0) | (1 << at));
  }
  return bits;
}

function sameWords(one: readonly Word[], other: readonly Word[]): boolean {
  return one.length === other.length && one.every((word, at) => word === other[at]);
}

function yearOf({ birthDate }: Person): number | null {
  const year = Number.parseInt(birthDate?.slice(0, 4) ?? '', 10);
  return Number.isNaN(year) ? null : year;
}

/** Particles tell nobody apart, unless there is nothing else. */
function blocking(words: readonly Word[]): readonly Word[] {
  const telling = words.some((word) => word.particle) ? words.filter((word) => !word.particle) : words;
  if (telling.length === 0) return words;
  if (telling.length <= mostBlocking) return telling;
  const length = (word: Word) => word.spellings[0]?.length ?? 0;
  return [...telling].sort((a, b) => length(b) - length(a)).slice(0, mostBlocking);
}

function yearKey(code: number, year: number): number {
  return code * 10_000 + year;
}

function eachPair(words: readonly Word[], act: (key: number) => void): void {
  for (let at = 0; at < words.length; at += 1) {
    // A name of one word makes a pair with itself.
    for (let to = words.length === 1 ? at : at + 1; to < words.length; to += 1) {
      for (const a of words[at]?.sounds ?? []) {
        for (const b of words[to]?.sounds ?? []) act(Math.min(a, b) * 65_536 + Math.max(a, b));
      }
    }
  }
}
