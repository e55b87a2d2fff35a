import type { Alarm } from '../alarm.ts';
import { isoTime, msOf } from '../iso-time.ts';
import { askedAnew, changed, resurfaced } from './alarm-machine.ts';
import type { DeskContext, Draft, Refusal } from './decision.ts';
import type { DeskState } from './state.ts';

/** In whose name the service acts by itself. */
export const self = 'lanewatch';

/** Why an alarm cannot be shelved until then, or null. */
export function shelvingFault(alarm: Alarm, until: string, { alarms, nowMs, at }: DeskContext): Refusal | null {
  const longestS = alarms.shelving[`${alarm.priority}S`];
  const latest = isoTime(nowMs + longestS * 1000);
  if (until > at && until <= latest) return null;
  return {
    code: 'invalid-request',
    detail:
      longestS === 0
        ? `an alarm of priority ${alarm.priority} is not shelved`
        : `until must be in the future and, for priority ${alarm.priority}, at most ${longestS} s away: ${latest}`,
    extra: { priority: alarm.priority, longestS, latest },
  };
}

/** The shelving is over. */
export function unshelved(alarm: Alarm, by: string, at: string, reason: string): Partial<Alarm> {
  return { shelved: null, unshelved: { by, at, reason }, ...resurfaced(alarm) };
}

/**
 * What a rise of priority brings with it. It must be answered anew, and it ends a shelving: the reason was given for
 * what was seen then, and the limit belongs to the former priority. A new occurrence at the same priority stays
 * shelved until its time is up, because that is what shelving a nuisance is for (ISA-18.2); it is counted, and what is
 * still there then comes back unacknowledged.
 */
export function risen(alarm: Alarm, at: string): Partial<Alarm> {
  if (alarm.shelved === null) return askedAnew;
  return { ...unshelved(alarm, self, at, 'its priority rose'), ...askedAnew };
}

/** What a change is called: an unshelving, where it is one. */
export function updateOf(before: Alarm, after: Alarm): 'lanewatch.alarm.unshelved' | 'lanewatch.alarm.updated' {
  return before.shelved !== null && after.shelved === null ? 'lanewatch.alarm.unshelved' : 'lanewatch.alarm.updated';
}

/** Set back by more than this, the clock says no more how long an alarm has been shelved. */
const setBackMs = 60_000;

/** Shelvings whose time is up, or would come later than was asked for. Few are shelved at a time, each by hand: all are looked at. */
export function expiredShelvings(state: DeskState, context: DeskContext): readonly Draft[] {
  if (state.waiting.shelved.size === 0) return [];
  const { at } = context;
  return [...state.waiting.shelved].flatMap((id): readonly Draft[] => {
    const alarm = state.alarms.get(id);
    if (alarm?.shelved == null) return [];
    const setBack = msOf(alarm.shelved.at) > context.nowMs + setBackMs;
    if (!setBack && alarm.shelved.until > at) return [];
    const reason = setBack ? 'the clock was set back' : 'its time is up';
    const data = changed(alarm, unshelved(alarm, self, at, reason), at);
    return [{ type: 'lanewatch.alarm.unshelved', data, subject: `alarms/${id}` }];
  });
}
