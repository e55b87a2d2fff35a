import type { Alarm, AlarmState } from '../alarm.ts';
import type { Refusal } from './decision.ts';

/**
 * ISA-18.2 / IEC 62682 as facts and a rule: a state is never stored by hand, it follows from what is true. `latched`
 * keeps a detection on the board until it has a disposition, whatever the device does next.
 */
export function stateOf(
  facts: Pick<Alarm, 'active' | 'latched' | 'acknowledged' | 'disposition' | 'shelved'>,
): AlarmState {
  if (facts.shelved !== null) return 'shelved';
  const acknowledged = facts.acknowledged !== null;
  if (facts.active) return acknowledged ? 'acknowledged' : 'unacknowledged';
  if (!acknowledged) return 'returned';
  return facts.latched && facts.disposition === null ? 'acknowledged' : 'normal';
}

export type AlarmVerb = 'acknowledge' | 'comment' | 'dispose' | 'clear' | 're-alarm';

/** The states in which each verb is allowed (domain.md, "Transitions"). */
export const allowedIn: Readonly<Record<AlarmVerb, readonly AlarmState[]>> = {
  acknowledge: ['unacknowledged', 'returned'],
  comment: ['normal', 'unacknowledged', 'acknowledged', 'returned', 'shelved', 'suppressed', 'out-of-service'],
  dispose: ['unacknowledged', 'acknowledged', 'returned'],
  clear: ['unacknowledged', 'acknowledged', 'shelved', 'suppressed', 'out-of-service'],
  're-alarm': ['acknowledged', 'returned', 'normal'],
};

/** Why a verb is forbidden now, or null. An alarm is disposed of once. */
export function forbids(alarm: Alarm, verb: AlarmVerb): Refusal | null {
  const allowed = allowedIn[verb].includes(alarm.state);
  const again =
    (verb === 'acknowledge' && alarm.acknowledged !== null) || (verb === 'dispose' && alarm.disposition !== null);
  if (allowed && !again) return null;
  return {
    code: 'forbidden-transition',
    detail: `cannot ${verb} alarm ${alarm.id}: it is ${alarm.state}${again ? `, ${verb === 'dispose' ? 'disposed of' : 'acknowledged'} already` : ''}`,
    extra: { state: alarm.state, verb },
  };
}

/** The alarm with `change` made, its state following, one version on. */
export function changed(alarm: Alarm, change: Partial<Alarm>, at: string): Alarm {
  const next = { ...alarm, ...change, version: alarm.version + 1, updatedAt: at };
  return { ...next, state: stateOf(next) };
}
