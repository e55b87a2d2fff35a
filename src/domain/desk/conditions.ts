import type { ConditionFact } from '../event.ts';
import type { RawRef } from '../evidence.ts';
import { isoTime, msOf } from '../iso-time.ts';
import type { ConditionSet } from '../observation.ts';
import type { Severity } from '../words.ts';
import { announced, conditionAlarm, returned } from './condition-alarms.ts';
import type { DeskContext, Draft } from './decision.ts';
import type { DeskState } from './state.ts';

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
 * Told again as it was, it changes nothing.
 */
export function conditionChanged(state: DeskState, context: DeskContext, change: ConditionChange): readonly Draft[] {
  const { deviceId, laneId, code, active, atMs, raw } = change;
  const device = state.devices.get(deviceId);
  const known = device?.conditions.get(code);
  const existing = conditionAlarm(state, deviceId, code);
  const subject = `devices/${deviceId}`;
  if (known !== undefined && active) {
    const data = toldOtherwise(known, change, context);
    if (data === null) return [];
    const changed: Draft = { type: 'lanewatch.condition.changed', data, subject, timeMs: atMs };
    return [changed, ...announced(context, data, raw, existing)];
  }
  if (known === undefined && !active) return [];
  const raises = raisesOf(known ?? device?.past.get(code), active, context.nowMs);
  const { severity, text } = known ?? change;
  const times = { observedAt: isoTime(atMs), notedAt: context.at, raises: [...raises] };
  const data: ConditionFact = { deviceId, laneId, code, severity, text, ...times };
  return [
    { type: active ? 'lanewatch.condition.raised' : 'lanewatch.condition.cleared', data, subject, timeMs: atMs },
    ...(active ? announced(context, data, raw, existing) : returned(context, data, existing)),
  ];
}

/** A text may hold a number that is another one at every poll: so many other words an hour are taken. */
const mostRewordings = 10;

/** A present condition that is worse, better, or said in other words; null where it is as it was. */
function toldOtherwise(
  known: ConditionFact,
  { severity, text }: ConditionChange,
  { nowMs, at }: DeskContext,
): ConditionFact | null {
  // Either way: a clock that was set back must not hold words back.
  const lately = (known.reworded ?? []).filter((told) => Math.abs(nowMs - msOf(told)) < keepRaisesMs);
  if (severity !== known.severity) return { ...known, severity, text };
  if (text === known.text || lately.length >= mostRewordings) return null;
  return { ...known, text, reworded: [...lately, at] };
}

/** What time alone changes: conditions that have been there long enough are announced, others have been over so long. */
export function settledConditions(state: DeskState, context: DeskContext): readonly Draft[] {
  return [...state.unsettled.values()].flatMap(({ deviceId, code }) => {
    const device = state.devices.get(deviceId);
    const existing = conditionAlarm(state, deviceId, code);
    const fact = device?.conditions.get(code);
    if (fact !== undefined) return announced(context, fact, null, existing);
    const past = device?.past.get(code);
    return past === undefined ? [] : returned(context, past, existing);
  });
}

/** Kept for chattering and floods: no more than any policy asks for. */
const mostRaises = 10;
const keepRaisesMs = 3_600_000;

function raisesOf(former: ConditionFact | undefined, active: boolean, nowMs: number): readonly string[] {
  const lately = (former?.raises ?? []).filter((at) => msOf(at) > nowMs - keepRaisesMs);
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
