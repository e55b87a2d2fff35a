import { KeyIndex } from './key-index.ts';
import { NameIndex } from './name-index.ts';

/** Where targets, or passages, are found by what they are known by. */
export interface SubjectIndex {
  readonly keys: KeyIndex;
  readonly names: NameIndex;
}

export function emptyIndex(): SubjectIndex {
  return { keys: new KeyIndex(), names: new NameIndex() };
}
