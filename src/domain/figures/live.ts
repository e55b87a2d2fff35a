import type { DeskContext } from '../desk/decision.ts';
import { laneLoad, loadOf, positionOf } from '../desk/flooding.ts';
import { whatOf } from '../desk/raises.ts';
import type { DeskState } from '../desk/state.ts';
import type { LiveFigures } from './figures.ts';

/** How it is now: what the desk has marked and counted, told and not counted again. */
export function liveFigures(state: DeskState, context: DeskContext): LiveFigures {
  const laneIds = [...context.lanes.keys()].toSorted();
  const named = context.alarms.flood.positions.map(({ id }) => id);
  const positions = new Set([...named, ...laneIds.map((laneId) => positionOf(context.alarms, laneId))]);
  const all = Number.POSITIVE_INFINITY;
  const real = [...state.alarms.values()].filter(({ mode, state }) => mode === 'operational' && state !== 'normal');
  return {
    at: context.at,
    positions: [...positions].toSorted().map((position) => {
      const flood = state.floods.get(position);
      return {
        position,
        alarms: loadOf(state, context, position, all),
        flood: flood === undefined ? null : { since: flood.at },
      };
    }),
    lanes: laneIds.map((laneId) => ({ laneId, alarms: laneLoad(state, context, laneId, all) })),
    chattering: real
      .filter(({ marks }) => marks?.includes('chattering'))
      .map((alarm) => ({ alarmId: alarm.id, deviceId: alarm.deviceId, what: whatOf(alarm) })),
    stale: real.filter(({ marks }) => marks?.includes('stale')).map(({ id }) => id),
  };
}
