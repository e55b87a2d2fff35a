import type { Alarm } from '../alarm.ts';
import type { ConditionFact } from '../event.ts';
import { type DeskState, keyOf, minuteOf } from './state.ts';

/** A device raised something. */
export interface Raise {
  readonly deviceId: string;
  readonly atMs: number;
}

/** Does it load an operator? An exercise, a test and what is long over do not. */
export function counts({ mode, historical }: Pick<Alarm, 'mode' | 'historical'>): boolean {
  return mode === 'operational' && !historical;
}

/** What chatters together: one signal or condition code of one device. */
export function sourceOf(alarm: Pick<Alarm, 'deviceId' | 'signal' | 'evidence'>): string {
  return keyOf('source', alarm.deviceId, whatOf(alarm));
}

/** What of its device an alarm is about. */
export function whatOf({ signal, evidence }: Pick<Alarm, 'signal' | 'evidence'>): string {
  return evidence.kind === 'condition' ? `condition:${evidence.code}` : signal;
}

export function laneKey(laneId: string): string {
  return keyOf('lane', laneId);
}

/**
 * Part of `apply`: what was raised is counted by minute, for its lane and for its source. Detections by their alarms, one
 * a passage, as long as they are at hand; conditions by the times their fact carries, since one may come and go many
 * times. So it follows from what stands, and a desk that starts has the same.
 */
export function countAlarm(state: DeskState, alarm: Alarm, present: boolean): void {
  const { evidence, deviceId, laneId, id } = alarm;
  if (evidence.kind === 'condition' || !counts(alarm)) return;
  const raise = { deviceId, atMs: Date.parse(alarm.raisedAt) };
  count(state, laneKey(laneId), id, raise, present);
  count(state, sourceOf(alarm), id, raise, present);
}

export function countCondition(state: DeskState, fact: ConditionFact, present: boolean): void {
  const { deviceId, laneId, code, raises = [] } = fact;
  const source = keyOf('source', deviceId, `condition:${code}`);
  for (const at of raises) {
    const raise = { deviceId, atMs: Date.parse(at) };
    count(state, laneKey(laneId), keyOf(source, at), raise, present);
    count(state, source, at, raise, present);
  }
}

function count({ raises }: DeskState, of: string, id: string, raise: Raise, present: boolean): void {
  const key = keyOf(of, String(minuteOf(raise.atMs)));
  const minute = raises.get(key);
  if (present) {
    if (minute === undefined) raises.set(key, new Map([[id, raise]]));
    else minute.set(id, raise);
  } else if (minute?.delete(id) && minute.size === 0) {
    raises.delete(key);
  }
}

/** What a lane or a source raised within the last seconds, the newest minute first: who asks for a few finds them at once. */
export function* recentRaises(state: DeskState, of: string, withinS: number, nowMs: number): Generator<Raise> {
  const sinceMs = nowMs - withinS * 1000;
  for (let minute = minuteOf(nowMs); minute >= minuteOf(sinceMs); minute -= 1) {
    for (const raise of state.raises.get(keyOf(of, String(minute)))?.values() ?? []) {
      if (raise.atMs >= sinceMs && raise.atMs <= nowMs) yield raise;
    }
  }
}
