import type { DeskState } from './state.ts';

/** The part of the state that a snapshot keeps. What follows from the targets alone is left out: there may be millions. */
export type KeptState = Omit<DeskState, 'targets' | 'targetRefs' | 'targetKeys' | 'expiries'>;

export function keptOf(state: DeskState): KeptState {
  const { targets: _targets, targetRefs: _targetRefs, targetKeys: _targetKeys, expiries: _expiries, ...kept } = state;
  return kept;
}
