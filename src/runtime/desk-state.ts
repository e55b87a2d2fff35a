import { apply } from '../domain/desk/apply.ts';
import { holdTarget } from '../domain/desk/held-targets.ts';
import { keptOf } from '../domain/desk/kept-state.ts';
import { type DeskState, emptyState } from '../domain/desk/state.ts';
import { fillPassageIndex } from '../domain/desk/subject-index.ts';
import { LanewatchError } from '../errors.ts';
import type { Journal } from '../ports/journal.ts';
import type { Snapshots } from '../ports/snapshots.ts';
import type { Committer } from './committer.ts';

/** After so many events a new snapshot is taken: what a start after a kill has to replay, two or three seconds' worth. */
const snapshotEvery = 100_000;

/**
 * The state in which the journal left the desk: the snapshot, the targets on the list now, and what came after the
 * snapshot; without one everything, from the first event on. The same `apply` does all of it.
 */
export function startingState(
  journal: Pick<Journal, 'replay' | 'targets' | 'hashOf'>,
  snapshots: Pick<Snapshots, 'load'>,
  keepMs: number,
): DeskState {
  const kept = snapshots.load(journal.hashOf);
  const state: DeskState = { ...emptyState(keepMs), ...kept, keepMs };
  fillPassageIndex(state.passageIndex, state.passages);
  const after = state.sequence;
  // A target that changed after the snapshot is put twice, at last as it is now.
  if (kept !== null) for (const target of journal.targets(kept.endedTargets.keys())) holdTarget(state, target);
  for (const event of journal.replay(after)) apply(state, event);
  return state;
}

/**
 * Takes a snapshot now and then, and at the end. What is decided is ahead of what is durable: a snapshot is written once
 * its last event is, and not at all where that never comes. A start takes none by itself: counting from the one it began
 * from, a service that is killed again and again has one in time.
 */
export function keepSnapshots(
  state: DeskState,
  journal: Pick<Journal, 'hashOf'>,
  snapshots: Pick<Snapshots, 'save' | 'newest'>,
  { events, durable }: Pick<Committer, 'events' | 'durable'>,
): AsyncDisposable {
  let last = snapshots.newest();
  let saving: Promise<void> | null = null;
  const hashOnceDurable = async (sequence: number): Promise<string> => {
    await durable();
    const hash = journal.hashOf(sequence);
    if (hash === undefined) throw new LanewatchError('internal', `there is no event ${sequence}`);
    return hash;
  };
  const save = (): void => {
    const { sequence } = state;
    // One at a time: two would write into one file.
    if (saving !== null || sequence === last) return;
    last = sequence;
    saving = snapshots.save(keptOf(state), hashOnceDurable(sequence)).finally(() => {
      saving = null;
    });
  };
  const saveInTime = (): void => {
    if (state.sequence - last >= snapshotEvery) save();
  };
  saveInTime();
  const watching = events.subscribe(saveInTime);
  return {
    [Symbol.asyncDispose]: async () => {
      watching[Symbol.dispose]();
      await saving;
      save();
      await saving;
    },
  };
}
