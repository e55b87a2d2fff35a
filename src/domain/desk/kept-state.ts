import type { DeskState } from './state.ts';

/**
 * The part of the state that a snapshot keeps. What follows from the targets alone is left out, but for which of those that
 * have ended are still held: there may be millions. So
 * is the index of passages, which is made anew from them (subject-index.ts).
 */
export type KeptState = Omit<DeskState, 'targets' | 'targetRefs' | 'targetIndex' | 'targetTimes' | 'passageIndex'>;

export function keptOf(state: DeskState): KeptState {
  const {
    targets: _targets,
    targetRefs: _targetRefs,
    targetIndex: _targetIndex,
    targetTimes: _targetTimes,
    passageIndex: _passageIndex,
    ...kept
  } = state;
  return kept;
}
