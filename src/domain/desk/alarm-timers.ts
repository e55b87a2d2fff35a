import type { Alarm } from '../alarm.ts';
import { msOf } from '../iso-time.ts';
import { Priority } from '../words.ts';
import { changed } from './alarm-machine.ts';
import type { DeskContext, Draft } from './decision.ts';
import { countRecent } from './raises.ts';
import { type DeskState, dueIds, type Minutes } from './state.ts';
import { sinceOf } from './waiting.ts';

/** So many at once: after a long stop thousands may be due, and each is an event. */
const mostAtOnce = 500;

/**
 * What time does to alarms that stand: the next role is told of one that nobody answers, an answered one whose cause
 * stays must be answered again, what has stood too long is marked stale, what has calmed down is no longer chattering.
 */
export function timedAlarms(state: DeskState, context: DeskContext): readonly Draft[] {
  const { escalation, reAlarm, staleS } = context.alarms;
  const { unanswered, acknowledged, standing } = state.waiting;
  const due = (minutes: Minutes, what: keyof ReturnType<typeof sinceOf>, afterS: number | null) =>
    afterS === null ? [] : dueAlarms(state, minutes, what, context.nowMs, afterS * 1000);
  const { at } = context;
  const escalates = escalation.roles.length > 0;
  const drafts = Priority.options.flatMap((priority) => [
    ...changedOf(due(unanswered[priority], 'unanswered', escalates ? escalation[`${priority}S`] : null), at, (alarm) =>
      escalated(alarm, escalation.roles, at),
    ),
    ...changedOf(due(acknowledged[priority], 'acknowledged', reAlarm[`${priority}S`]), at, () => ({
      acknowledged: null,
    })),
  ]);
  const stale = changedOf(due(standing, 'standing', staleS), at, ({ marks = [] }) => ({ marks: [...marks, 'stale'] }));
  return [...drafts, ...stale, ...calmed(state, context)];
}

function dueAlarms(
  state: DeskState,
  minutes: Minutes,
  what: keyof ReturnType<typeof sinceOf>,
  nowMs: number,
  afterMs: number,
): readonly Alarm[] {
  const due: Alarm[] = [];
  // Either way: a clock that was set back must not keep an alarm from being told.
  for (const id of dueIds(minutes, nowMs - afterMs, nowMs + afterMs)) {
    const alarm = state.alarms.get(id);
    const since = alarm && sinceOf(alarm)[what];
    if (alarm === undefined || since == null || Math.abs(nowMs - msOf(since)) < afterMs) continue;
    if (due.push(alarm) === mostAtOnce) break;
  }
  return due;
}

function escalated(alarm: Alarm, roles: DeskContext['alarms']['escalation']['roles'], at: string): Partial<Alarm> {
  const { escalation = null } = alarm;
  const level = (escalation?.level ?? 0) + 1;
  const role = roles[level - 1];
  if (role !== undefined) return { escalation: { role, at, level, next: roles[level] ?? null } };
  // The policy has become shorter than what was told already: nobody is left.
  return escalation === null ? {} : { escalation: { ...escalation, next: null } };
}

function calmed(state: DeskState, context: DeskContext): readonly Draft[] {
  const { withinS } = context.alarms.chattering;
  const calm: Alarm[] = [];
  for (const sources of state.raises.values()) {
    for (const source of sources) {
      if (source.chattering.size === 0 || countRecent(source, withinS, context.nowMs, 1) > 0) continue;
      calm.push(...[...source.chattering].flatMap((id) => state.alarms.get(id) ?? []));
    }
  }
  const { at } = context;
  return changedOf(calm.slice(0, mostAtOnce), at, ({ marks = [] }) => ({
    marks: marks.filter((mark) => mark !== 'chattering'),
  }));
}

function changedOf(alarms: readonly Alarm[], at: string, change: (alarm: Alarm) => Partial<Alarm>): readonly Draft[] {
  return alarms.map((alarm) => ({
    type: 'lanewatch.alarm.updated',
    data: changed(alarm, change(alarm), at),
    subject: `alarms/${alarm.id}`,
  }));
}
