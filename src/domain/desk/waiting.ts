import type { Alarm } from '../alarm.ts';
import { msOf } from '../iso-time.ts';
import type { Priority } from '../words.ts';
import { isStanding, isUnanswered } from './alarm-machine.ts';
import { setChattering } from './raises.ts';
import { type DeskState, index, type Minutes, minuteOf } from './state.ts';

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
}

export function nobodyWaits(): Waiting {
  const minutes = () => ({ critical: new Map(), high: new Map(), medium: new Map(), low: new Map() });
  return {
    unanswered: minutes(),
    acknowledged: minutes(),
    standing: new Map(),
    shelved: new Set(),
  };
}

/** Since when an alarm waits for what its policy does after a time; null: it does not. One that is normal waits for nothing. */
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

const nothing: ReturnType<typeof sinceOf> = { unanswered: null, acknowledged: null, standing: null };

/** Part of `apply`: an alarm is no longer as it was, but as it is now. */
export function wait(state: DeskState, former: Alarm | undefined, alarm: Alarm): void {
  const { waiting } = state;
  const before = former === undefined ? nothing : sinceOf(former);
  const now = sinceOf(alarm);
  const { id, priority } = alarm;
  const was = former?.priority ?? priority;
  move(id, waiting.unanswered[was], before.unanswered, waiting.unanswered[priority], now.unanswered);
  move(id, waiting.acknowledged[was], before.acknowledged, waiting.acknowledged[priority], now.acknowledged);
  move(id, waiting.standing, before.standing, waiting.standing, now.standing);
  if (alarm.shelved !== null) waiting.shelved.add(id);
  else if (former?.shelved != null) waiting.shelved.delete(id);
  const chatters = isChattering(alarm);
  if (chatters !== (former !== undefined && isChattering(former))) setChattering(state, alarm, chatters);
}

function move(id: string, from: Minutes, before: string | null, to: Minutes, now: string | null): void {
  if (from === to && before === now) return;
  if (before !== null) index(from, minuteOf(msOf(before)), id, false);
  if (now !== null) index(to, minuteOf(msOf(now)), id, true);
}

function isChattering({ marks, state }: Alarm): boolean {
  return state !== 'normal' && marks?.includes('chattering') === true;
}
