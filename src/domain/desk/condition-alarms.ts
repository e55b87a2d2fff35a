import type { Alarm } from '../alarm.ts';
import type { AlarmEventType, ConditionFact } from '../event.ts';
import type { RawRef } from '../evidence.ts';
import { msOf } from '../iso-time.ts';
import { Severity } from '../words.ts';
import { askedAnew, changed } from './alarm-machine.ts';
import { isAnnounced, isOver } from './annunciating.ts';
import type { DeskContext, Draft } from './decision.ts';
import { modeOf } from './modes.ts';
import { newAlarm } from './new-alarm.ts';
import { prioritise, rankOf } from './priority.ts';
import { risen, updateOf } from './shelving.ts';
import { type DeskState, keyOf } from './state.ts';

/** The alarm of a device's condition, if it has one. */
export function conditionAlarm(state: DeskState, deviceId: string, code: string): Alarm | undefined {
  return state.alarms.get(state.conditionAlarms.get(keyOf(deviceId, code)) ?? '');
}

/** What a condition that is there means for its alarm: nothing where it is too early, or where the alarm says it already. */
export function announced(
  context: DeskContext,
  fact: ConditionFact,
  raw: RawRef | null,
  existing: Alarm | undefined,
): readonly Draft[] {
  if (existing?.active === true) return revised(context, fact, raw, existing);
  if (!isAnnounced(fact, context)) return [];
  const { code, severity, text, deviceId, laneId } = fact;
  const atMs = msOf(fact.observedAt);
  const evidence: Alarm['evidence'] = { kind: 'condition', code, severity, text, raw };
  if (existing !== undefined && existing.state !== 'normal') {
    const again = { active: true, clearedAt: null, ...askedAnew, count: existing.count + 1 };
    return [said(context, existing, evidence, again, atMs)];
  }
  const alarm = newAlarm(context, {
    laneId,
    deviceId,
    passageId: null,
    signal: 'condition',
    hazard: 'unknown',
    evidence,
    mode: modeOf(context, context.lanes.get(laneId), deviceId),
    firstOut: false,
    historical: false,
    count: 1,
    active: true,
    latched: false,
    observedAtMs: atMs,
    matches: [],
    declared: false,
  });
  return [draft('lanewatch.alarm.raised', alarm, atMs)];
}

/** It is worse or better than the alarm says, or said in other words. Only what is worse asks anew (ISA-18.2: re-alarm). */
function revised(context: DeskContext, fact: ConditionFact, raw: RawRef | null, alarm: Alarm): readonly Draft[] {
  const { evidence } = alarm;
  const { code, severity, text } = fact;
  if (evidence.kind !== 'condition' || (evidence.severity === severity && evidence.text === text)) return [];
  const worse = Severity.options.indexOf(severity) < Severity.options.indexOf(evidence.severity);
  const now = { kind: 'condition', code, severity, text, raw } as const;
  return [said(context, alarm, now, worse ? askedAnew : {}, context.nowMs)];
}

/** The alarm with what the condition is now; its priority follows. */
function said(
  context: DeskContext,
  alarm: Alarm,
  evidence: Alarm['evidence'],
  change: Partial<Alarm>,
  atMs: number,
): Draft {
  const { at } = context;
  const fresh = prioritise({ ...alarm, evidence }, false, context.alarms.priorities);
  const rises = rankOf(fresh.priority) > rankOf(alarm.priority);
  const next = changed(alarm, { ...change, evidence, ...fresh, ...(rises ? risen(alarm, at) : {}) }, at);
  return draft(updateOf(alarm, next), next, atMs);
}

export function returned(context: DeskContext, fact: ConditionFact, existing: Alarm | undefined): readonly Draft[] {
  if (existing === undefined || !existing.active || !isOver(fact, context)) return [];
  const { at } = context;
  return [draft('lanewatch.alarm.cleared', changed(existing, { active: false, clearedAt: at }, at), context.nowMs)];
}

function draft(type: AlarmEventType, data: Alarm, timeMs: number): Draft {
  return { type, data, subject: `alarms/${data.id}`, timeMs };
}
