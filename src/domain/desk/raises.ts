import type { Alarm } from '../alarm.ts';
import type { ConditionFact } from '../event.ts';
import { msOf } from '../iso-time.ts';
import { deleteIn, getIn, type Nested, setIn } from './nested.ts';
import type { DeskState } from './state.ts';

/** A device raised something. */
export interface Raise {
  readonly deviceId: string;
  readonly atMs: number;
  /** The alarm, or the code of the condition. */
  readonly id: string;
}

/** What was raised of late, the oldest first. */
export interface Raises {
  readonly lanes: Map<string, Raise[]>;
  /** Device, then signal or condition code: what chatters together. */
  readonly sources: Nested<Raise[]>;
}

/** Does it load an operator? An exercise, a test and what is long over do not. */
export function counts({ mode, historical }: Pick<Alarm, 'mode' | 'historical'>): boolean {
  return mode === 'operational' && !historical;
}

/** What of its device an alarm is about. */
export function whatOf({ signal, evidence }: Pick<Alarm, 'signal' | 'evidence'>): string {
  return evidence.kind === 'condition' ? whatOfCondition(evidence.code) : signal;
}

export function whatOfCondition(code: string): string {
  return `condition:${code}`;
}

/**
 * Part of `apply`: what was raised is counted for its lane and for its source. Detections by their alarms, one a passage,
 * from when they were raised until they are let go of; conditions by the times their fact carries, since one may come and
 * go many times.
 */
export function countAlarm(state: DeskState, alarm: Alarm, present: boolean): void {
  const { evidence, deviceId, laneId, id } = alarm;
  if (evidence.kind === 'condition' || !counts(alarm)) return;
  count(state, laneId, whatOf(alarm), { deviceId, atMs: msOf(alarm.raisedAt), id }, present);
}

export function countCondition(state: DeskState, fact: ConditionFact, present: boolean): void {
  const { deviceId, laneId, code, raises = [] } = fact;
  for (const at of raises) {
    count(state, laneId, whatOfCondition(code), { deviceId, atMs: msOf(at), id: code }, present);
  }
}

function count({ raises }: DeskState, laneId: string, what: string, raise: Raise, present: boolean): void {
  const { lanes, sources } = raises;
  const ofLane = lanes.get(laneId) ?? [];
  const ofSource = getIn(sources, raise.deviceId, what) ?? [];
  if (present) {
    if (insert(ofLane, raise) === 1) lanes.set(laneId, ofLane);
    if (insert(ofSource, raise) === 1) setIn(sources, raise.deviceId, what, ofSource);
  } else {
    if (remove(ofLane, raise) === 0) lanes.delete(laneId);
    if (remove(ofSource, raise) === 0) deleteIn(sources, raise.deviceId, what);
  }
}

/** Behind all that are not later: mostly at the end. Gives the length. */
function insert(raises: Raise[], raise: Raise): number {
  const last = raises.at(-1);
  if (last === undefined || last.atMs <= raise.atMs) return raises.push(raise);
  raises.splice(placeFor(raises, raise.atMs + 1), 0, raise);
  return raises.length;
}

/** Mostly the oldest. Gives the length. */
function remove(raises: Raise[], { atMs, deviceId, id }: Raise): number {
  for (let at = placeFor(raises, atMs); raises[at]?.atMs === atMs; at += 1) {
    const raise = raises[at];
    if (raise?.id !== id || raise.deviceId !== deviceId) continue;
    if (at === 0) raises.shift();
    else raises.splice(at, 1);
    break;
  }
  return raises.length;
}

/** The first that was raised at a time or later. */
function placeFor(raises: readonly Raise[], atMs: number): number {
  let [from, to] = [0, raises.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((raises[middle]?.atMs ?? atMs) < atMs) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** How many were raised within the last seconds, counted up to `enough` from the newest on; those that are `meant` only. */
export function countRecent(
  raises: readonly Raise[] | undefined,
  withinS: number,
  nowMs: number,
  enough: number,
  meant: (raise: Raise) => boolean = () => true,
): number {
  if (raises === undefined) return 0;
  const sinceMs = nowMs - withinS * 1000;
  let found = 0;
  for (let at = raises.length - 1; at >= 0 && found < enough; at -= 1) {
    const raise = raises[at];
    if (raise === undefined || raise.atMs < sinceMs) break;
    // A clock that was set back leaves some in the future.
    if (raise.atMs <= nowMs && meant(raise)) found += 1;
  }
  return found;
}
