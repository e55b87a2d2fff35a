import { foldLookAlikes, oneApart } from '../identifiers/look-alikes.ts';
import type { IdentifierKind } from '../words.ts';
import { addTo, membersOf, type OneOrMore, removeFrom } from './one-or-more.ts';

/** Plates shorter than this are not looked for one character apart: they would find everybody. */
export const shortestNearPlate = 6;
/** Of two texts one character apart, the longer at least `shortestNearPlate` long, this much is equal at an end. */
const edge = 3;

/**
 * Who is known by an identifier. Kinds that are read by optics stand under the form in which look-alikes are one, so
 * that one look-up finds the equal and the confusable; plates also under both their ends, to find those one character
 * apart. Derived: nothing is in it that the resources it was filled from do not say.
 */
export class KeyIndex {
  readonly #kinds = new Map<IdentifierKind, OneOrMore>();
  /** First and last characters → folded plates. */
  readonly #edges: OneOrMore = new Map();

  add(kind: IdentifierKind, value: string, id: string): void {
    let keys = this.#kinds.get(kind);
    if (keys === undefined) {
      keys = new Map();
      this.#kinds.set(kind, keys);
    }
    const folded = foldLookAlikes(kind, value);
    if (kind === 'plate' && !keys.has(folded)) for (const end of edgesOf(folded)) addTo(this.#edges, end, folded);
    addTo(keys, folded, id);
  }

  remove(kind: IdentifierKind, value: string, id: string): void {
    const keys = this.#kinds.get(kind);
    if (keys === undefined) return;
    const folded = foldLookAlikes(kind, value);
    removeFrom(keys, folded, id);
    if (kind === 'plate' && !keys.has(folded)) for (const end of edgesOf(folded)) removeFrom(this.#edges, end, folded);
  }

  /** Those with an equal identifier, or one that looks like it. */
  find(kind: IdentifierKind, value: string): Iterable<string> {
    const keys = this.#kinds.get(kind);
    return keys === undefined ? [] : membersOf(keys, foldLookAlikes(kind, value));
  }

  /** Those with a plate one character apart, look-alikes counting as equal; at most about `most`. */
  nearPlate(value: string, most: number): ReadonlySet<string> {
    const near = new Set<string>();
    const keys = this.#kinds.get('plate');
    if (keys === undefined || keys.size === 0) return near;
    const folded = foldLookAlikes('plate', value);
    for (const end of edgesOf(folded)) {
      for (const plate of membersOf(this.#edges, end)) {
        if (!nearPlates(folded, plate)) continue;
        for (const id of membersOf(keys, plate)) near.add(id);
        if (near.size >= most) return near;
      }
    }
    return near;
  }
}

/** Are two folded plates one character apart, and long enough for that to mean something? */
export function nearPlates(one: string, other: string): boolean {
  return Math.max(one.length, other.length) >= shortestNearPlate && oneApart(one, other);
}

function edgesOf(plate: string): readonly string[] {
  return plate.length < shortestNearPlate - 1 ? [] : [`${plate.slice(0, edge)}-`, `-${plate.slice(-edge)}`];
}
