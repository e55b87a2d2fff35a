import { announce } from './announce.ts';
import { applyEvents } from './apply-events.ts';
import { addReadings } from './series.ts';
import type { Action, State } from './state.ts';
import { byId, keepNewer, mergeDevices } from './versions.ts';

/** The next state; the same object where nothing changed. Pure. */
export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case 'post-loaded':
      return {
        ...state,
        session: action.session,
        site: action.site,
        lanes: action.lanes,
        devices: byId(action.devices),
        series: addReadings(new Map(), action.readings ?? []),
        mayRead: { ...state.mayRead, readings: action.readings !== null },
      };
    case 'board-loaded':
      return {
        ...state,
        cursor: action.cursor,
        alarms: byId(action.board?.alarms ?? []),
        passages: byId(action.board?.passages ?? []),
        mayRead: { ...state.mayRead, board: action.board !== null },
      };
    case 'answered':
      return {
        ...state,
        alarms: keepNewer(state.alarms, action.alarms ?? []),
        passages: keepNewer(state.passages, action.passages ?? []),
        devices: action.devices === undefined ? state.devices : mergeDevices(state.devices, action.devices),
      };
    case 'heard': {
      const next = applyEvents(state, action.events);
      const text = announce(next, action.events);
      return {
        ...next,
        series: addReadings(next.series, action.readings),
        announcement: text === null ? state.announcement : { number: state.announcement.number + 1, text },
      };
    }
    case 'connection':
      return { ...state, connection: action.connection };
    default:
      return action satisfies never;
  }
}
