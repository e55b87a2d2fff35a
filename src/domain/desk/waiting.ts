import type { Alarm } from '../alarm.ts';
import type { Priority } from '../words.ts';
import { isStanding, isUnanswered } from './alarm-machine.ts';
import { sourceOf } from './raises.ts';
import { type DeskState, index, minuteOf } from './state.ts';

/** Minute → the alarms that began to wait in it. */
export type Minutes = Map<string, Set<string>>;
type ByPriority = Readonly<Record<Priority, Minutes>>;

/**
 * The alarms that time may do something to, by the minute in which they began to wait: a tick looks at what is due and
 * not at all of them. It follows from the alarms alone, so that a desk that starts has the same.
 */
export interface Waiting {
  /** Nobody has answered, and there is a role to tell; since the last telling. */
  readonly unanswered: ByPriority;
  /** Answered, and the cause still there; since the answer. */
  readonly acknowledged: ByPriority;
  /** What must not stand for long and is not marked stale yet; since it was raised. */
  readonly standing: Minutes;
  readonly shelved: Set<string>;
  /** Source → its alarms that are marked chattering. */
  readonly chattering: Map<string, Set<string>>;
}

export function nobodyWaits(): Waiting {
  const minutes = () => ({ critical: new Map(), high: new Map(), medium: new Map(), low: new Map() });
  return {
    unanswered: minutes(),
    acknowledged: minutes(),
    standing: new Map(),
    shelved: new Set(),
    chattering: new Map(),
  };
}

/** Since when an alarm waits for what its policy does after a time; null: it does not. */
export function sinceOf(alarm: Alarm): Readonly<Record<'unanswered' | 'acknowledged' | 'standing', string | null>> {
  const { state, escalation = null, acknowledged, active, disposition, raisedAt, waitingSince, marks = [] } = alarm;
  const escalates = isUnanswered(state) && !alarm.historical && (escalation === null || escalation.next !== null);
  const answered = state === 'acknowledged' && active && disposition === null;
  return {
    unanswered: escalates ? (escalation?.at ?? waitingSince ?? raisedAt) : null,
    acknowledged: answered ? (acknowledged?.at ?? null) : null,
    standing: isStanding(alarm) && !marks.includes('stale') ? raisedAt : null,
  };
}

/** Part of `apply`: an alarm is no longer as it was (`present` false), or is as it is now. */
export function wait({ waiting }: DeskState, alarm: Alarm, present: boolean): void {
  const { unanswered, acknowledged, standing } = sinceOf(alarm);
  const put = (minutes: Minutes, since: string | null) => {
    if (since !== null) index(minutes, String(minuteOf(Date.parse(since))), alarm.id, present);
  };
  put(waiting.unanswered[alarm.priority], unanswered);
  put(waiting.acknowledged[alarm.priority], acknowledged);
  put(waiting.standing, standing);
  if (alarm.shelved !== null) member(waiting.shelved, present, alarm.id);
  const chatters = alarm.marks?.includes('chattering') === true && alarm.state !== 'normal';
  if (chatters) index(waiting.chattering, sourceOf(alarm), alarm.id, present);
}

function member(set: Set<string>, present: boolean, id: string): void {
  if (present) set.add(id);
  else set.delete(id);
}
