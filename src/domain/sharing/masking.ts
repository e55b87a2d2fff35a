import type { PersonalData } from '../words.ts';
import { type OfPersonal, type PersonalKind, withheld } from './personal.ts';

const hidden = '•••';
/** A shorter value would be told by its last characters. */
const shortestWithEnding = 6;

/** Enough to see that two reads are of the same document, not enough to know whose: no name, no birth date, no text. */
export function mask(kind: PersonalKind, value: string): string | null {
  switch (kind) {
    case 'name':
      return hidden;
    case 'birth-date':
      return null;
    case 'document':
    case 'plate':
      // Masked once is masked: a second pass must not lose the ending.
      if (value.startsWith(hidden)) return value;
      return value.length < shortestWithEnding ? hidden : `${hidden}${value.slice(-2)}`;
    case 'text':
    case 'bytes':
      return withheld;
    default:
      return kind satisfies never;
  }
}

/** What a viewer with this profile gets of a value. */
export function byProfile(profile: PersonalData): OfPersonal {
  switch (profile) {
    case 'full':
      return (_kind, value) => value;
    case 'masked':
      return mask;
    case 'none':
      return () => null;
    default:
      return profile satisfies never;
  }
}
