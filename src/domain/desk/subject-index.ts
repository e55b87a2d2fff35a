import type { MatchingPolicy } from '../matching-policy.ts';
import type { Passage, PassageIdentity } from '../passage.ts';
import type { Target, TargetIdentifier } from '../target.ts';
import { KeyIndex } from './key-index.ts';
import { NameIndex, type Person } from './name-index.ts';

/**
 * Where targets, or passages, are found by what they are known by. It says nothing that the targets and passages
 * themselves do not say: putting a target enters it, and `fillPassageIndex` makes the other anew, so that whoever stores
 * a state leaves both out.
 */
export interface SubjectIndex {
  readonly keys: KeyIndex;
  readonly names: NameIndex;
}

/** What somebody or something is known by. */
export interface KnownBy {
  readonly keys: readonly Pick<TargetIdentifier, 'kind' | 'value'>[];
  readonly people: readonly Person[];
}

export function emptyIndex(): SubjectIndex {
  return { keys: new KeyIndex(), names: new NameIndex() };
}

/** A target; only a person's name is a name to be read. */
export function targetKnownBy({ keys, kind, name, birthDate }: Target): KnownBy {
  const person = name !== undefined && (kind === 'passenger' || kind === 'crew');
  return { keys, people: person ? [{ name, birthDate: birthDate ?? null }] : [] };
}

/** What a read tells: its value, what it may have been, and whose it is. */
export function readKnownBy({ kind, value, corrections, holder }: PassageIdentity): KnownBy {
  const values = [value, ...corrections];
  return { keys: values.map((one) => ({ kind, value: one })), people: holder === null ? [] : [holder] };
}

export function enter(index: SubjectIndex, id: string, { keys, people }: KnownBy): void {
  for (const { kind, value } of keys) index.keys.add(kind, value, id);
  for (const person of people) index.names.add(id, person);
}

export function strike(index: SubjectIndex, id: string, { keys, people }: KnownBy): void {
  for (const { kind, value } of keys) index.keys.remove(kind, value, id);
  for (const person of people) index.names.remove(id, person);
}

/** Everyone who may be the same, the equal first: more than match, never less. */
export function lookUp(index: SubjectIndex, { keys, people }: KnownBy, policy: MatchingPolicy): ReadonlySet<string> {
  const found = new Set<string>();
  const take = (ids: Iterable<string>) => {
    for (const id of ids) found.add(id);
  };
  for (const { kind, value } of keys) take(index.keys.find(kind, value));
  for (const { kind, value } of keys) {
    if (kind === 'plate' && policy.nearPlates) take(index.keys.nearPlate(value, policy.mostCandidates));
  }
  for (const person of people) take(index.names.find(person, { ...policy.names, most: policy.mostCandidates }));
  return found;
}

/** The index of passages that were stored without it. */
export function fillPassageIndex(index: SubjectIndex, passages: ReadonlyMap<string, Passage>): void {
  for (const passage of passages.values()) {
    for (const read of passage.identities) enter(index, passage.id, readKnownBy(read));
  }
}
