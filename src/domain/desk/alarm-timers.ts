import type { Alarm } from '../alarm.ts';
import { Priority } from '../words.ts';
import { changed } from './alarm-machine.ts';
import { type DeskContext, type Draft, isoTime } from './decision.ts';
import type { DeskState } from './state.ts';
import { recent, sourceOf } from './tracking.ts';
import type { Queue } from './waiting.ts';

/** So many of a queue at once: after a long stop thousands may be due, and each is an event. */
const mostAtOnce = 500;

/**
 * What time does to alarms that stand: the next role is told of one that nobody answers, an answered one whose cause
 * stays must be answered again, what has stood too long is marked stale, what has calmed down is no longer chattering.
 */
export function timedAlarms(state: DeskState, context: DeskContext): readonly Draft[] {
  const { escalation, reAlarm, staleS } = context.alarms;
  const { waiting } = state;
  const due = (queue: Queue, afterS: number | null, change: (alarm: Alarm) => Partial<Alarm>) =>
    afterS === null ? [] : changedOf(state, context, firstDue(queue, afterS, context.nowMs), change);
  const at = isoTime(context.nowMs);
  return [
    ...Priority.options.flatMap((priority) => [
      ...due(waiting.unanswered[priority], escalation[`${priority}S`], (alarm) =>
        escalated(alarm, escalation.roles, at),
      ),
      ...due(waiting.acknowledged[priority], reAlarm[`${priority}S`], () => ({ acknowledged: null })),
    ]),
    ...due(waiting.standing, staleS, (alarm) => ({ marks: [...(alarm.marks ?? []), 'stale'] })),
    ...calmed(state, context),
  ];
}

function firstDue(queue: Queue, afterS: number, nowMs: number): readonly string[] {
  const ids: string[] = [];
  for (const [id, sinceMs] of queue) {
    // Either way: a clock that was set back must not hold them.
    if (Math.abs(nowMs - sinceMs) < afterS * 1000 || ids.length === mostAtOnce) break;
    ids.push(id);
  }
  return ids;
}

function escalated(alarm: Alarm, roles: DeskContext['alarms']['escalation']['roles'], at: string): Partial<Alarm> {
  const level = (alarm.escalation?.level ?? 0) + 1;
  const role = roles[level - 1];
  // The policy has become shorter than what was told already: nobody is left.
  if (role === undefined) return { escalation: alarm.escalation == null ? null : { ...alarm.escalation, next: null } };
  return { escalation: { role, at, level, next: roles[level] ?? null } };
}

function calmed(state: DeskState, context: DeskContext): readonly Draft[] {
  const { withinS } = context.alarms.chattering;
  const calm = [...state.waiting.chattering].filter((id) => {
    const alarm = state.alarms.get(id);
    return alarm !== undefined && recent(state.occurrences.get(sourceOf(alarm)), withinS, context.nowMs) === 0;
  });
  return changedOf(state, context, calm.slice(0, mostAtOnce), ({ marks = [] }) => ({
    marks: marks.filter((mark) => mark !== 'chattering'),
  }));
}

function changedOf(
  state: DeskState,
  { nowMs }: DeskContext,
  ids: readonly string[],
  change: (alarm: Alarm) => Partial<Alarm>,
): readonly Draft[] {
  return ids.flatMap((id): readonly Draft[] => {
    const alarm = state.alarms.get(id);
    if (alarm === undefined) return [];
    const data = changed(alarm, change(alarm), isoTime(nowMs));
    return [{ type: 'lanewatch.alarm.updated', data, subject: `alarms/${id}` }];
  });
}
