import type { AlarmPolicy } from '../alarm-policy.ts';
import { positionOf } from '../desk/flooding.ts';
import type { AlarmFigures } from './figures.ts';
import { shareOf } from './shares.ts';

export const intervalMs = 600_000;

/** How many alarms a lane put before its operator in one interval: `interval` counts them from 1970. */
export interface LaneInterval {
  readonly laneId: string;
  readonly interval: number;
  readonly alarms: number;
}

/** A flood of a position, as far as it lies within the period. */
export interface FloodTime {
  readonly position: string;
  readonly ms: number;
}

/** Rates per lane and per operator's position, over a period of `lengthMs`; both by name. */
export function ratesOf(
  policy: AlarmPolicy,
  lengthMs: number,
  intervals: readonly LaneInterval[],
  floods: readonly FloodTime[],
): Pick<AlarmFigures, 'positions' | 'lanes'> {
  const byLane = new Map<string, Map<number, number>>();
  const byPosition = new Map<string, Map<number, number>>();
  for (const { laneId, interval, alarms } of intervals) {
    add(byLane, laneId, interval, alarms);
    add(byPosition, positionOf(policy, laneId), interval, alarms);
  }
  const flooded = new Map<string, number>();
  for (const { position, ms } of floods) flooded.set(position, (flooded.get(position) ?? 0) + ms);
  const positions = new Set([...policy.flood.positions.map(({ id }) => id), ...byPosition.keys(), ...flooded.keys()]);
  return {
    positions: [...positions].toSorted().map((position) => ({
      position,
      ...rate(byPosition.get(position), lengthMs),
      floodShare: shareOf(flooded.get(position) ?? 0, lengthMs),
    })),
    lanes: [...byLane.keys()].toSorted().map((laneId) => ({ laneId, ...rate(byLane.get(laneId), lengthMs) })),
  };
}

function add(to: Map<string, Map<number, number>>, name: string, interval: number, alarms: number): void {
  const counts = to.get(name) ?? new Map<number, number>();
  counts.set(interval, (counts.get(interval) ?? 0) + alarms);
  to.set(name, counts);
}

function rate(counts: ReadonlyMap<number, number> = new Map(), lengthMs: number) {
  let [alarms, peakPer10Min] = [0, 0];
  for (const count of counts.values()) {
    alarms += count;
    peakPer10Min = Math.max(peakPer10Min, count);
  }
  return { alarms, averagePer10Min: shareOf(alarms, lengthMs / intervalMs), peakPer10Min };
}
