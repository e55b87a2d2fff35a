import type { Alarm } from '../alarm.ts';
import type { Passage } from '../passage.ts';
import type { Place } from './place.ts';
import { countAlarm } from './raises.ts';
import { alarmKey, type DeskState, index, keyOf } from './state.ts';
import { readKnownBy, strike } from './subject-index.ts';
import { wait } from './waiting.ts';

/** A lane keeps no more passages at hand than this, however busy it is: more than two a second, all through `keepMs`. */
export const mostPerLane = 10_000;

/** Lets go of closed passages older than `keepMs` or beyond `mostPerLane`, with what belongs to them; open alarms stay. */
export function forgetOld(state: DeskState, nowMs: number): void {
  for (const ids of state.lanePassages.values()) {
    while (true) {
      const place = state.places.get(ids[0] ?? '');
      if (place === undefined || place.closedMs === Number.POSITIVE_INFINITY) break;
      if (ids.length <= mostPerLane && place.closedMs > nowMs - state.keepMs) break;
      ids.shift();
      const passage = state.passages.get(place.passageId);
      if (passage !== undefined) forget(state, passage, place);
    }
  }
}

function forget(state: DeskState, passage: Passage, { readKeys, messageKeys }: Place): void {
  state.passages.delete(passage.id);
  state.places.delete(passage.id);
  state.activityMs.delete(passage.id);
  for (const identity of passage.identities) {
    strike(state.passageIndex, passage.id, readKnownBy(identity));
  }
  for (const key of readKeys) index(state.passageKeys, key, passage.id, false);
  for (const key of messageKeys) state.seen.delete(key);
  for (const match of passage.matches) {
    state.matches.delete(match.id);
    state.matchPairs.delete(keyOf(match.targetId, match.passageId));
    state.unexamined.delete(keyOf(passage.id, match.targetId));
  }
  for (const id of passage.alarmIds) {
    const alarm = state.alarms.get(id);
    if (alarm?.state === 'normal') forgetAlarm(state, alarm);
  }
}

/** Nobody can answer it any more in the live state; a command that comes all the same finds it in the records. */
export function forgetAlarm(state: DeskState, alarm: Alarm): void {
  state.alarms.delete(alarm.id);
  countAlarm(state, alarm, false);
  wait(state, alarm, false);
  if (state.alarmKeys.get(alarmKey(alarm)) === alarm.id) state.alarmKeys.delete(alarmKey(alarm));
}
