import type { Target } from '../target.ts';
import { type DeskState, keyOf } from './state.ts';
import { enter, strike, targetKnownBy } from './subject-index.ts';
import { planTarget } from './target-times.ts';

/** So many at once: a whole list may have expired in one minute, and letting go of it must not hold up a lane. */
const mostAtOnce = 100;

/**
 * Part of `apply`: the target as it is now. One that is withdrawn or expired stays for `keepMs`, until the records surely
 * have it, and then leaves: nothing matches it, and a command about it finds it in the records.
 */
export function putTarget(state: DeskState, target: Target, recordedMs: number): void {
  letTargetsGo(state, recordedMs);
  state.rejections.delete(target.id);
  state.endedTargets.delete(target.id);
  if (target.state !== 'active') state.endedTargets.set(target.id, recordedMs);
  holdTarget(state, target);
}

/** Puts the target where targets are found, in place of what it was. */
export function holdTarget(state: DeskState, target: Target): void {
  release(state, target.id);
  state.targets.set(target.id, target);
  state.targetRefs.set(keyOf(target.originator, target.reference), target.id);
  if (target.state === 'active') indexTarget(state, target, true);
}

/** Ended ones leave in the order in which they ended. Each event lets go of more than it can add. */
export function letTargetsGo(state: DeskState, nowMs: number): void {
  let gone = 0;
  for (const [id, endedMs] of state.endedTargets) {
    // Either way: a clock that was set back must not keep them.
    if (gone === mostAtOnce || Math.abs(nowMs - endedMs) < state.keepMs) return;
    release(state, id);
    state.endedTargets.delete(id);
    gone += 1;
  }
}

function release(state: DeskState, id: string): void {
  const target = state.targets.get(id);
  if (target === undefined) return;
  if (target.state === 'active') indexTarget(state, target, false);
  state.targetRefs.delete(keyOf(target.originator, target.reference));
  state.targets.delete(id);
}

function indexTarget(state: DeskState, target: Target, present: boolean): void {
  const set = present ? enter : strike;
  set(state.targetIndex, target.id, targetKnownBy(target));
  planTarget(state.targetTimes, target, present);
}
