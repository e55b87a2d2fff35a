import type { AlarmPolicy } from '../alarm-policy.ts';
import type { FloodFact } from '../event.ts';
import type { DeskContext, Draft } from './decision.ts';
import { modeOf } from './modes.ts';
import { countRecent } from './raises.ts';
import { holdOn } from './servicing.ts';
import type { DeskState } from './state.ts';

/** Lanes in no position of the policy are one together. */
const rest = 'site';

/** What one operator looks after: a group of lanes of the policy, or what is left of the site. */
export function positionOf({ flood }: AlarmPolicy, laneId: string): string {
  return flood.positions.find(({ lanes }) => lanes.includes(laneId))?.id ?? rest;
}

/**
 * How many alarms were put before the operator within the policy's window, counted up to `enough`; what is out of service
 * is not put before anybody.
 */
export function loadOf(state: DeskState, context: DeskContext, position: string, enough: number): number {
  let load = 0;
  for (const laneId of context.lanes.keys()) {
    if (positionOf(context.alarms, laneId) !== position) continue;
    load += laneLoad(state, context, laneId, enough - load);
    if (load === enough) break;
  }
  return load;
}

/** A lane's part of its operator's load. */
export function laneLoad(state: DeskState, context: DeskContext, laneId: string, enough: number): number {
  const { alarms, nowMs, lanes } = context;
  let load = 0;
  for (const source of state.raises.get(laneId) ?? []) {
    const { deviceId } = source;
    if (modeOf(context, lanes.get(laneId), deviceId) !== 'operational') continue;
    if (holdOn(state.services, { laneId, deviceId }) !== null) continue;
    load += countRecent(source, alarms.flood.withinS, nowMs, enough - load);
    if (load === enough) break;
  }
  return load;
}

export function floodBegan(context: DeskContext, position: string, load: number): Draft {
  return floodDraft('lanewatch.flood.began', { position, alarms: load, at: context.at });
}

/** Floods that are over (ISA-18.2: fewer than five in ten minutes). */
export function endedFloods(state: DeskState, context: DeskContext): readonly Draft[] {
  return [...state.floods.keys()].flatMap((position) => {
    const load = loadOf(state, context, position, context.alarms.flood.endsBelow);
    if (load >= context.alarms.flood.endsBelow) return [];
    return [floodDraft('lanewatch.flood.ended', { position, alarms: load, at: context.at })];
  });
}

function floodDraft(type: 'lanewatch.flood.began' | 'lanewatch.flood.ended', data: FloodFact): Draft {
  return { type, data, subject: `positions/${data.position}` };
}
