import type { Alarm } from '../alarm.ts';
import type { Passage } from '../passage.ts';
import { deleteIn } from './nested.ts';
import { eachMessage, joinedSince } from './place.ts';
import { countAlarm } from './raises.ts';
import { type DeskState, keyOf } from './state.ts';
import { readKnownBy, strike } from './subject-index.ts';

/** A lane keeps no more passages at hand than this, however busy it is: more than two a second, all through `keepMs`. */
export const mostPerLane = 10_000;

/** Lets go of closed passages older than `keepMs` or beyond `mostPerLane`, with what belongs to them; open alarms stay. */
export function forgetOld(state: DeskState, nowMs: number): void {
  for (const places of state.lanePlaces.values()) {
    let standing = 0;
    for (let oldest = places[0]; oldest !== undefined; oldest = places[standing]) {
      const isOpen = oldest.closedMs === Number.POSITIVE_INFINITY;
      if (isOpen && oldest.endMs === Number.POSITIVE_INFINITY) {
        // Somebody may stand in a portal for as long as they like; few do, and those who came later do not wait for them.
        standing += 1;
        continue;
      }
      // Either way: a clock that was set back must not keep them.
      const isOld = Math.abs(nowMs - oldest.closedMs) >= state.keepMs;
      if (isOpen || !(isOld || places.length > mostPerLane)) break;
      if (standing === 0) places.shift();
      else places.splice(standing, 1);
      forget(state, oldest.passage);
    }
  }
}

function forget(state: DeskState, passage: Passage): void {
  const { id } = passage;
  const joined = joinedSince(passage, undefined);
  state.passages.delete(id);
  state.places.delete(id);
  for (const read of joined.reads) strike(state.passageIndex, id, readKnownBy(read));
  eachMessage(joined, (deviceId, message) => deleteIn(state.seen, deviceId, message));
  for (const match of passage.matches) {
    state.matches.delete(match.id);
    state.unexamined.delete(keyOf(id, match.targetId));
  }
  for (const alarmId of passage.alarmIds) {
    const alarm = state.alarms.get(alarmId);
    if (alarm?.state === 'normal') forgetAlarm(state, alarm);
  }
}

/**
 * One that is normal waits for nothing. Nobody can answer it any more in the live state; a command that comes all the same
 * finds it in the records.
 */
export function forgetAlarm(state: DeskState, alarm: Alarm): void {
  state.alarms.delete(alarm.id);
  countAlarm(state, alarm, false);
}
