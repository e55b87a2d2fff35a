import type { Priority } from '../words.ts';

/** Alarms in the order in which they began to wait, each with that time in milliseconds. */
export type Queue = Map<string, number>;
export type Queues = Readonly<Record<Priority, Queue>>;

/**
 * The alarms that time may do something to. Each delay of the policy is one for all alarms of a priority, so those whose
 * turn comes first stand first: a tick looks at what is due and at one more.
 */
export interface Waiting {
  /** Nobody has answered, and there is still a role to tell; from the last telling. */
  readonly unanswered: Queues;
  /** Answered, and the cause still there. */
  readonly acknowledged: Queues;
  /** What must not stand for long and is not marked stale yet. */
  readonly standing: Queue;
  readonly shelved: Set<string>;
  readonly chattering: Set<string>;
}

export function nobodyWaits(): Waiting {
  const queues = () => ({ critical: new Map(), high: new Map(), medium: new Map(), low: new Map() });
  return {
    unanswered: queues(),
    acknowledged: queues(),
    standing: new Map(),
    shelved: new Set(),
    chattering: new Set(),
  };
}
