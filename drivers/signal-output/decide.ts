import type { Standing } from '../../src/ports/lane-board.ts';
import type { OutputSignal } from './options.ts';

/** What a signal is told to be, and since when it has been on (ms); null while off. */
export interface Wanted {
  readonly on: boolean;
  readonly onSinceMs: number | null;
}

export const atRest: Wanted = { on: false, onSinceMs: null };

/**
 * What a signal must be now. An alarm switches it on at once; it goes off when no alarm asks for it, it has been on long enough, and
 * nobody it holds for is in the portal. Where nobody can say whether there is an alarm, it is what is safe. Pure.
 */
export function decide(signal: OutputSignal, standing: Standing, before: Wanted, nowMs: number): Wanted {
  if (standing.alarms.some((alarm) => asks(signal, alarm))) return lit(before, nowMs);
  if (standing.blind) return signal.failSafe === 'on' ? lit(before, nowMs) : atRest;
  if (before.onSinceMs === null) return atRest;
  // Either way: a clock that was set back must not hold it.
  const young = Math.abs(nowMs - before.onSinceMs) < signal.minOnS * 1000;
  const held = signal.holdWhileOccupied && standing.occupied;
  return young || held ? before : atRest;
}

function lit(before: Wanted, nowMs: number): Wanted {
  return { on: true, onSinceMs: before.onSinceMs ?? nowMs };
}

function asks({ when }: OutputSignal, alarm: Standing['alarms'][number]): boolean {
  return (
    when.priorities.includes(alarm.priority) &&
    when.states.includes(alarm.state) &&
    when.modes.includes(alarm.mode) &&
    (when.signals?.includes(alarm.signal) ?? true)
  );
}
