import type { Alarm, Priority } from '../contract/resources.ts';
import { isOpen } from './apply-events.ts';

export const priorities = ['critical', 'high', 'medium', 'low'] as const satisfies readonly Priority[];

/** 0 is the worst. */
export function priorityRank(priority: Priority): number {
  return priorities.indexOf(priority);
}

/** Nobody has answered it yet: state `unacknowledged`, or `returned` (the cause went before anyone looked). */
export function needsAcknowledgement(alarm: Pick<Alarm, 'state'>): boolean {
  return alarm.state === 'unacknowledged' || alarm.state === 'returned';
}

/** Of this night and not of an exercise: what a person must run for. */
export function isReal(alarm: Pick<Alarm, 'historical' | 'mode'>): boolean {
  return !alarm.historical && alarm.mode === 'operational';
}

/** Open alarms in the order of the board. */
export function boardOrder(alarms: ReadonlyMap<string, Alarm>): readonly Alarm[] {
  return [...alarms.values()].filter(isOpen).sort(worstFirst);
}

/** Unacknowledged before acknowledged, then by priority, then the newest. */
export function worstFirst(a: Alarm, b: Alarm): number {
  return (
    Number(needsAcknowledgement(b)) - Number(needsAcknowledgement(a)) ||
    priorityRank(a.priority) - priorityRank(b.priority) ||
    (a.raisedAt < b.raisedAt ? 1 : a.raisedAt > b.raisedAt ? -1 : a.id < b.id ? -1 : 1)
  );
}

/** How many alarms of each priority wait for an answer. */
export function unacknowledgedCounts(alarms: ReadonlyMap<string, Alarm>): Readonly<Record<Priority, number>> {
  const counts: Record<Priority, number> = { critical: 0, high: 0, medium: 0, low: 0 };
  for (const alarm of alarms.values()) if (needsAcknowledgement(alarm)) counts[alarm.priority] += 1;
  return counts;
}
