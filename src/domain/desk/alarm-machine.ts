import type { Alarm, AlarmState } from '../alarm.ts';
import type { Command } from '../command.ts';
import type { Refusal } from './decision.ts';

/** What the state of an alarm follows from. */
export type AlarmFacts = Pick<Alarm, 'active' | 'latched' | 'acknowledged' | 'disposition' | 'shelved' | 'service'>;

/**
 * ISA-18.2 / IEC 62682 as facts and a rule: a state is never stored by hand, it follows from what is true. `latched`
 * keeps a detection on the board until it has a disposition, whatever the device does next.
 */
export function stateOf(facts: AlarmFacts): AlarmState {
  if (facts.service != null) return facts.service.service;
  if (facts.shelved !== null) return 'shelved';
  const acknowledged = facts.acknowledged !== null;
  if (facts.active) return acknowledged ? 'acknowledged' : 'unacknowledged';
  if (!acknowledged) return 'returned';
  return facts.latched && facts.disposition === null ? 'acknowledged' : 'normal';
}

/** What a person may say to an alarm. */
export type AlarmVerb = Extract<Command, { alarmId: string }>['type'];

/** The states in which each verb is allowed (domain.md, "Transitions"). */
export const allowedIn: Readonly<Record<AlarmVerb, readonly AlarmState[]>> = {
  acknowledge: ['unacknowledged', 'returned'],
  comment: ['normal', 'unacknowledged', 'acknowledged', 'returned', 'shelved', 'suppressed', 'out-of-service'],
  dispose: ['unacknowledged', 'acknowledged', 'returned'],
  shelve: ['normal', 'unacknowledged', 'acknowledged', 'returned'],
  unshelve: ['shelved'],
  reopen: ['normal', 'unacknowledged', 'acknowledged', 'returned', 'shelved', 'suppressed', 'out-of-service'],
};

/** Why a verb is forbidden now, or null. An alarm is disposed of once, until it is reopened. */
export function forbids(alarm: Alarm, verb: AlarmVerb): Refusal | null {
  const objection = allowedIn[verb].includes(alarm.state) ? objectionTo(alarm, verb) : '';
  if (objection === null) return null;
  return {
    code: 'forbidden-transition',
    detail: `cannot ${verb} alarm ${alarm.id}: it is ${alarm.state}${objection}`,
    extra: { state: alarm.state, verb },
  };
}

/** What the state alone does not tell. */
function objectionTo({ acknowledged, disposition, latched }: Alarm, verb: AlarmVerb): string | null {
  const disposed = disposition !== null;
  if (verb === 'acknowledge' && acknowledged !== null) return ', acknowledged already';
  if (verb === 'dispose' && disposed) return ', disposed of already';
  // A detection belongs to one passage: after the verdict nothing of it can come again.
  if (verb === 'shelve' && disposed && latched) return ', disposed of already';
  if (verb === 'reopen' && !disposed) return ', not disposed of';
  return null;
}

/** The alarm with `change` made, its state following, one version on. */
export function changed(alarm: Alarm, change: Partial<Alarm>, at: string): Alarm {
  const next: Alarm = Object.assign({ ...alarm }, change);
  next.version = alarm.version + 1;
  next.updatedAt = at;
  next.state = stateOf(next);
  const since = isUnanswered(alarm.state) ? (alarm.waitingSince ?? alarm.raisedAt) : at;
  next.waitingSince = isUnanswered(next.state) ? since : null;
  const { marks = [], escalation = null } = next;
  next.marks = isStanding(next) || !marks.includes('stale') ? marks : marks.filter((mark) => mark !== 'stale');
  next.escalation = next.acknowledged === null ? escalation : null;
  return next;
}

export function isUnanswered(state: AlarmState): boolean {
  return state === 'unacknowledged' || state === 'returned';
}

/** On the board with its cause still there or without an answer: nothing that may stand for long. */
export function isStanding({ state, active }: Pick<Alarm, 'state' | 'active'>): boolean {
  return isUnanswered(state) || (state === 'acknowledged' && active);
}

/** What an answer must be given to again: nobody has seen it as it is now, and no verdict waits. */
export const askedAnew = { acknowledged: null, proposedDisposition: null } as const;

/**
 * What is true of an alarm that comes back to the board: what is still there and has no verdict must be answered
 * again (ISA-18.2: from E, F and G to A or B, by the present condition).
 */
export function resurfaced({ active, disposition, acknowledged }: Alarm): Pick<Alarm, 'acknowledged'> {
  return { acknowledged: active && disposition === null ? null : acknowledged };
}
