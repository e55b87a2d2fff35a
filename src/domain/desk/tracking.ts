import type { Alarm } from '../alarm.ts';
import { Priority } from '../words.ts';
import { isStanding, isUnanswered } from './alarm-machine.ts';
import { type DeskState, keyOf } from './state.ts';
import type { Queue, Queues } from './waiting.ts';

/** What raises together: one device, one signal or condition code. */
export function sourceOf({ deviceId, signal, evidence }: Pick<Alarm, 'deviceId' | 'signal' | 'evidence'>): string {
  return keyOf(deviceId, evidence.kind === 'condition' ? `condition:${evidence.code}` : signal);
}

/** Did something happen anew, as against a change of what is known? */
export function isOccurrence(former: Alarm | undefined, alarm: Alarm, raised: boolean): boolean {
  return raised || (former !== undefined && !former.active && alarm.active);
}

/** Does it count for what an operator is loaded with? An exercise, a test and what is long over do not. */
export function counts({ mode, historical }: Pick<Alarm, 'mode' | 'historical'>): boolean {
  return mode === 'operational' && !historical;
}

/** The times that are kept of one source, and of one lane: enough for any policy. */
const mostOfSource = 10;
const mostOfLane = 100;

/** Keeps the queues and counts after an event about an alarm. */
export function track(state: DeskState, former: Alarm | undefined, alarm: Alarm, raised: boolean): void {
  const { waiting } = state;
  const atMs = Date.parse(alarm.updatedAt);
  const told = alarm.escalation ?? null;
  const escalates = isUnanswered(alarm.state) && !alarm.historical && (told === null || told.next !== null);
  const answered = alarm.state === 'acknowledged' && alarm.active && alarm.disposition === null;
  const marks = alarm.marks ?? [];
  line(waiting.unanswered, escalates ? alarm : null, alarm.id, atMs, told?.level !== former?.escalation?.level);
  line(waiting.acknowledged, answered ? alarm : null, alarm.id, atMs, false);
  stand(waiting.standing, isStanding(alarm) && !marks.includes('stale'), alarm.id, atMs);
  member(waiting.shelved, alarm.shelved !== null, alarm.id);
  member(waiting.chattering, alarm.state !== 'normal' && marks.includes('chattering'), alarm.id);
  if (!isOccurrence(former, alarm, raised) || !counts(alarm)) return;
  keep(state.occurrences, sourceOf(alarm), atMs, mostOfSource);
  if (isUnanswered(alarm.state)) keep(state.annunciations, alarm.laneId, atMs, mostOfLane);
}

export function untrack({ waiting }: DeskState, id: string): void {
  line(waiting.unanswered, null, id, 0, false);
  line(waiting.acknowledged, null, id, 0, false);
  waiting.standing.delete(id);
  waiting.shelved.delete(id);
  waiting.chattering.delete(id);
}

function line(queues: Queues, alarm: Alarm | null, id: string, atMs: number, anew: boolean): void {
  for (const priority of Priority.options) {
    if (priority !== alarm?.priority) queues[priority].delete(id);
  }
  if (alarm === null) return;
  const queue = queues[alarm.priority];
  if (anew) queue.delete(id);
  stand(queue, true, id, atMs);
}

function stand(queue: Queue, present: boolean, id: string, atMs: number): void {
  if (!present) queue.delete(id);
  else if (!queue.has(id)) queue.set(id, atMs);
}

function member(set: Set<string>, present: boolean, id: string): void {
  if (present) set.add(id);
  else set.delete(id);
}

function keep(times: Map<string, number[]>, key: string, atMs: number, most: number): void {
  const kept = times.get(key);
  if (kept === undefined) times.set(key, [atMs]);
  else if (kept.push(atMs) > most) kept.shift();
}

/** How many of these times, oldest first, lie within the last `withinS`. */
export function recent(times: readonly number[] = [], withinS: number, nowMs: number): number {
  // Either way: after a clock was set back, what it says of the past is not to be built on.
  const older = times.findLastIndex((atMs) => Math.abs(nowMs - atMs) > withinS * 1000);
  return times.length - 1 - older;
}
