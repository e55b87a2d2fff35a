import type { Alarm } from '../alarm.ts';
import type { AlarmPolicy } from '../alarm-policy.ts';
import type { AnnunciationProfile } from '../annunciation.ts';
import type { ConditionFact } from '../event.ts';
import type { Evidence } from '../evidence.ts';
import { msOf } from '../iso-time.ts';
import type { DeskContext } from './decision.ts';
import { type DeskState, keyOf } from './state.ts';

type Terms = Pick<AnnunciationProfile, 'onDelayS' | 'offDelayS' | 'repeatCount' | 'repeatWindowS' | 'deadbandPercent'>;
const atOnce: Terms = { onDelayS: 0, offDelayS: 0, repeatCount: 1, repeatWindowS: 60, deadbandPercent: 0 };

interface Announced {
  readonly signal: Alarm['signal'];
  readonly code: string | null;
  readonly deviceId: string;
  readonly laneId: string;
}

/** The terms of the first profile that fits; what none fits is announced at once. */
export function termsFor({ profiles }: AlarmPolicy, { signal, code, deviceId, laneId }: Announced): Terms {
  const fitting = profiles.find(
    (profile) =>
      profile.signal.some((one) => one === signal) &&
      (profile.code === undefined || (code !== null && profile.code.includes(code))) &&
      (profile.device?.includes(deviceId) ?? true) &&
      (profile.lane?.includes(laneId) ?? true),
  );
  return fitting ?? atOnce;
}

/** Is a condition that is there now to be announced? */
export function isAnnounced(fact: ConditionFact, { alarms, nowMs }: DeskContext): boolean {
  const { onDelayS, repeatCount, repeatWindowS } = termsFor(alarms, { ...fact, signal: 'condition' });
  const since = nowMs - repeatWindowS * 1000;
  const repeats = (fact.raises ?? []).filter((at) => msOf(at) >= since).length;
  return hasLasted(fact, onDelayS, nowMs) && (repeatCount === 1 || repeats >= repeatCount);
}

/** Has one that is over been over for long enough? */
export function isOver(fact: ConditionFact, { alarms, nowMs }: DeskContext): boolean {
  return hasLasted(fact, termsFor(alarms, { ...fact, signal: 'condition' }).offDelayS, nowMs);
}

/** Does a measured value only hover at its threshold? What has no threshold, or is no value, does not. */
export function isWithinDeadband(evidence: Evidence, { deadbandPercent }: Pick<Terms, 'deadbandPercent'>): boolean {
  if (evidence.kind !== 'radiation' || evidence.threshold === null) return false;
  // The peak is of the whole occupancy: what counts is where the value is now.
  const value = evidence.profile.at(-1)?.value ?? evidence.peak;
  return value <= evidence.threshold * (1 + deadbandPercent / 100);
}

function hasLasted({ notedAt }: ConditionFact, forS: number, nowMs: number): boolean {
  // Either way: a clock that was set back must not hold it.
  return forS === 0 || notedAt === undefined || Math.abs(nowMs - msOf(notedAt)) >= forS * 1000;
}

/** Part of `apply`: does the alarm of a condition say what its fact says? Where not, time must settle it. */
export function noteUnsettled(state: DeskState, deviceId: string, code: string): void {
  const key = keyOf(deviceId, code);
  const alarm = state.alarms.get(state.conditionAlarms.get(key) ?? '');
  const there = state.devices.get(deviceId)?.conditions.has(code) === true;
  if (there === (alarm?.active ?? false)) state.unsettled.delete(key);
  else state.unsettled.set(key, { deviceId, code });
}
