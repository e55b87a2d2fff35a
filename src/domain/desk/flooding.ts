import type { AlarmPolicy } from '../alarm-policy.ts';
import type { FloodFact } from '../event.ts';
import { type DeskContext, type Draft, isoTime } from './decision.ts';
import type { DeskState } from './state.ts';
import { recent } from './tracking.ts';

/** Lanes in no position of the policy are one together. */
const rest = 'site';

/** What one operator looks after: a group of lanes of the policy, or what is left of the site. */
export function positionOf({ flood }: AlarmPolicy, laneId: string): string {
  return flood.positions.find(({ lanes }) => lanes.includes(laneId))?.id ?? rest;
}

/** How many alarms were put before the operator within the policy's window. */
export function loadOf(state: DeskState, { alarms, nowMs }: DeskContext, position: string): number {
  let load = 0;
  for (const [laneId, times] of state.annunciations) {
    if (positionOf(alarms, laneId) === position) load += recent(times, alarms.flood.withinS, nowMs);
  }
  return load;
}

export function floodBegan(context: DeskContext, position: string, load: number): Draft {
  return floodDraft('lanewatch.flood.began', { position, alarms: load, at: isoTime(context.nowMs) });
}

/** Floods that are over (ISA-18.2: fewer than five in ten minutes). */
export function endedFloods(state: DeskState, context: DeskContext): readonly Draft[] {
  return [...state.floods.keys()].flatMap((position) => {
    const load = loadOf(state, context, position);
    if (load >= context.alarms.flood.endsBelow) return [];
    return [floodDraft('lanewatch.flood.ended', { position, alarms: load, at: isoTime(context.nowMs) })];
  });
}

function floodDraft(type: 'lanewatch.flood.began' | 'lanewatch.flood.ended', data: FloodFact): Draft {
  return { type, data, subject: `positions/${data.position}` };
}
