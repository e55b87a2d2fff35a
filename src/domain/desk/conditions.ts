import type { Alarm } from '../alarm.ts';
import type { AlarmEventType, ConditionFact } from '../event.ts';
import type { RawRef } from '../evidence.ts';
import type { ConditionSet } from '../observation.ts';
import type { Severity } from '../words.ts';
import { askedAnew, changed } from './alarm-machine.ts';
import { isAnnounced, isOver } from './annunciating.ts';
import { type DeskContext, type Draft, isoTime } from './decision.ts';
import { modeOf } from './modes.ts';
import { newAlarm } from './new-alarm.ts';
import { prioritise, rankOf } from './priority.ts';
import { risen, updateOf } from './shelving.ts';
import { type DeskState, keyOf } from './state.ts';

export interface ConditionChange {
  readonly deviceId: string;
  readonly laneId: string;
  readonly code: string;
  readonly severity: Severity;
  readonly active: boolean;
  readonly text: string;
  readonly atMs: number;
  /** Null for what Lanewatch itself noticed: link lost, stale. */
  readonly raw: RawRef | null;
}

/**
 * An equipment condition comes or goes: a fact of its own and an alarm of its own kind, not latched, never a threat.
 * Told again, it changes nothing.
 */
export function conditionChanged(state: DeskState, context: DeskContext, change: ConditionChange): readonly Draft[] {
  const device = state.devices.get(change.deviceId);
  const known = device?.conditions.get(change.code);
  if ((known !== undefined) === change.active) return [];
  const raises = raisesOf(known ?? device?.past.get(change.code), change.active, context.nowMs);
  const { deviceId, laneId, code, severity, text, atMs } = change;
  const times = { observedAt: isoTime(atMs), notedAt: context.at, raises: [...raises] };
  const data: ConditionFact = { deviceId, laneId, code, severity, text: known?.text ?? text, ...times };
  const type = change.active ? 'lanewatch.condition.raised' : 'lanewatch.condition.cleared';
  const existing = alarmOf(state, deviceId, code);
  return [
    { type, data, subject: `devices/${deviceId}`, timeMs: atMs },
    ...(change.active ? announced(context, data, change.raw, existing) : returned(context, data, existing)),
  ];
}

/** What time alone changes: conditions that have been there long enough are announced, others have been over so long. */
export function settledConditions(state: DeskState, context: DeskContext): readonly Draft[] {
  return [...state.unsettled.values()].flatMap(({ deviceId, code }) => {
    const device = state.devices.get(deviceId);
    const existing = alarmOf(state, deviceId, code);
    const fact = device?.conditions.get(code);
    if (fact !== undefined) return announced(context, fact, null, existing);
    const past = device?.past.get(code);
    return past === undefined ? [] : returned(context, past, existing);
  });
}

function alarmOf(state: DeskState, deviceId: string, code: string): Alarm | undefined {
  return state.alarms.get(state.conditionAlarms.get(keyOf(deviceId, code)) ?? '');
}

/** Kept for chattering and floods: no more than any policy asks for. */
const mostRaises = 10;
const keepRaisesMs = 3_600_000;

function raisesOf(former: ConditionFact | undefined, active: boolean, nowMs: number): readonly string[] {
  const lately = (former?.raises ?? []).filter((at) => Date.parse(at) > nowMs - keepRaisesMs);
  return (active ? [...lately, isoTime(nowMs)] : lately).slice(-mostRaises);
}

/** A family as it stands: what is new comes, what is not named any more goes. */
export function conditionSet(
  state: DeskState,
  context: DeskContext,
  set: Pick<ConditionSet, 'family' | 'active' | 'observedAtMs'> & Pick<ConditionChange, 'deviceId' | 'laneId' | 'raw'>,
): readonly Draft[] {
  const { deviceId, laneId, raw, family, active, observedAtMs: atMs } = set;
  const known = [...(state.devices.get(deviceId)?.conditions.values() ?? [])];
  const over = known.filter(({ code }) => code.startsWith(family) && !active.some((other) => other.code === code));
  return [
    ...over.map((condition) => ({ ...condition, active: false })),
    ...active.map((condition) => ({ ...condition, active: true })),
  ].flatMap((change) => conditionChanged(state, context, { ...change, deviceId, laneId, atMs, raw }));
}

/** Nothing where it is too early, or where the alarm has not returned since. */
function announced(
  context: DeskContext,
  fact: ConditionFact,
  raw: RawRef | null,
  existing: Alarm | undefined,
): readonly Draft[] {
  if (existing?.active === true || !isAnnounced(fact, context)) return [];
  const { code, severity, text, deviceId, laneId } = fact;
  const atMs = Date.parse(fact.observedAt);
  const { at } = context;
  const evidence: Alarm['evidence'] = { kind: 'condition', code, severity, text, raw };
  if (existing !== undefined && existing.state !== 'normal') {
    const again = { evidence, active: true, clearedAt: null, ...askedAnew, count: existing.count + 1 };
    const fresh = prioritise({ ...existing, evidence }, false, context.alarms.priorities);
    const rises = rankOf(fresh.priority) > rankOf(existing.priority);
    const next = changed(existing, { ...again, ...(rises ? { ...fresh, ...risen(existing, at) } : {}) }, at);
    return [draft(updateOf(existing, next), next, atMs)];
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

function returned(context: DeskContext, fact: ConditionFact, existing: Alarm | undefined): readonly Draft[] {
  if (existing === undefined || !existing.active || !isOver(fact, context)) return [];
  const { at } = context;
  return [draft('lanewatch.alarm.cleared', changed(existing, { active: false, clearedAt: at }, at), context.nowMs)];
}

function draft(type: AlarmEventType, data: Alarm, timeMs: number): Draft {
  return { type, data, subject: `alarms/${data.id}`, timeMs };
}
