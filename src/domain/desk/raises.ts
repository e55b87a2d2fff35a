import type { Alarm } from '../alarm.ts';
import type { ConditionFact } from '../event.ts';
import { msOf } from '../iso-time.ts';
import type { DeskState } from './state.ts';

/** What chatters together: one signal or condition code of one device, on its lane. */
export interface Source {
  readonly deviceId: string;
  readonly what: string;
  /** When it raised something of late, the oldest first; milliseconds. */
  readonly timesMs: number[];
  /** Its alarms that are marked chattering. */
  readonly chattering: Set<string>;
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

/** Of a lane, what of it has raised something of late. */
export function sourceOf(state: DeskState, laneId: string, deviceId: string, what: string): Source | undefined {
  return state.raises.get(laneId)?.find((source) => source.deviceId === deviceId && source.what === what);
}

/**
 * Part of `apply`: what was raised is counted for its source, and so for its lane. Detections by their alarms, one a
 * passage, from when they were raised until they are let go of; conditions by the times their fact carries, since one may
 * come and go many times.
 */
export function countAlarm(state: DeskState, alarm: Alarm, present: boolean): void {
  const { evidence, deviceId, laneId } = alarm;
  if (evidence.kind === 'condition' || !counts(alarm)) return;
  count(state, laneId, deviceId, whatOf(alarm), msOf(alarm.raisedAt), present);
}

export function countCondition(state: DeskState, fact: ConditionFact, present: boolean): void {
  const { deviceId, laneId, code, raises = [] } = fact;
  for (const at of raises) count(state, laneId, deviceId, whatOfCondition(code), msOf(at), present);
}

function count(state: DeskState, laneId: string, deviceId: string, what: string, atMs: number, present: boolean): void {
  if (present) insert(sourceFor(state, laneId, deviceId, what).timesMs, atMs);
  else {
    const source = sourceOf(state, laneId, deviceId, what);
    if (source === undefined) return;
    remove(source.timesMs, atMs);
    dropIdle(state, laneId, source);
  }
}

/** Part of `apply`: an alarm is marked chattering, or is so no more. */
export function setChattering(state: DeskState, alarm: Alarm, present: boolean): void {
  const source = sourceFor(state, alarm.laneId, alarm.deviceId, whatOf(alarm));
  if (present) source.chattering.add(alarm.id);
  else source.chattering.delete(alarm.id);
  dropIdle(state, alarm.laneId, source);
}

function sourceFor(state: DeskState, laneId: string, deviceId: string, what: string): Source {
  const known = sourceOf(state, laneId, deviceId, what);
  if (known !== undefined) return known;
  const source: Source = { deviceId, what, timesMs: [], chattering: new Set() };
  const sources = state.raises.get(laneId);
  if (sources === undefined) state.raises.set(laneId, [source]);
  else sources.push(source);
  return source;
}

/** A source of which nothing is left leaves, and so does its lane. */
function dropIdle({ raises }: DeskState, laneId: string, source: Source): void {
  if (source.timesMs.length + source.chattering.size > 0) return;
  const left = raises.get(laneId)?.filter((other) => other !== source) ?? [];
  if (left.length > 0) raises.set(laneId, left);
  else raises.delete(laneId);
}

/** Behind all that are not later: mostly at the end. */
function insert(timesMs: number[], atMs: number): void {
  const last = timesMs.at(-1);
  if (last === undefined || last <= atMs) timesMs.push(atMs);
  else timesMs.splice(placeFor(timesMs, atMs), 0, atMs);
}

/** Mostly the oldest. */
function remove(timesMs: number[], atMs: number): void {
  const at = placeFor(timesMs, atMs);
  if (timesMs[at] !== atMs) return;
  if (at === 0) timesMs.shift();
  else timesMs.splice(at, 1);
}

/** The first that is at a time or later. */
function placeFor(timesMs: readonly number[], atMs: number): number {
  let [from, to] = [0, timesMs.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((timesMs[middle] ?? atMs) < atMs) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** How often a source has raised within the last seconds, counted up to `enough` from the newest on. */
export function countRecent(source: Source | undefined, withinS: number, nowMs: number, enough: number): number {
  if (source === undefined) return 0;
  const { timesMs } = source;
  const sinceMs = nowMs - withinS * 1000;
  let found = 0;
  for (let at = timesMs.length - 1; at >= 0 && found < enough; at -= 1) {
    const atMs = timesMs[at] ?? Number.NaN;
    if (atMs < sinceMs) break;
    // A clock that was set back leaves some in the future.
    if (atMs <= nowMs) found += 1;
  }
  return found;
}
