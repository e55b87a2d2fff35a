import type { AlarmPolicy } from '../alarm-policy.ts';
import type { FigureTargets } from './figures.ts';

/** What ISA-18.2 and EEMUA 191 ask for, as secondary sources tell it; the post's own policy where it has a say. */
export function figureTargets({ flood, chattering, staleS }: AlarmPolicy): FigureTargets {
  const { beginsAbove, endsBelow, withinS } = flood;
  return {
    alarmsPer10Min: { acceptable: 1, manageable: 2 },
    flood: { beginsAbove, endsBelow, withinS, share: 0.01 },
    chattering,
    staleS,
    distribution: { low: 0.8, medium: 0.15, high: 0.05 },
  };
}
