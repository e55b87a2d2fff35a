import type { Clock } from '../../src/ports/clock.ts';

/** A clock that a test turns. */
export interface TurnedClock extends Clock {
  /** Time passes: everybody whose time has come wakes, in order. */
  turn(ms: number): void;
}

export function turnedClock(startMs: number): TurnedClock {
  let nowMs = startMs;
  const sleepers = new Set<{ readonly atMs: number; wake(): void }>();
  return {
    now: () => nowMs,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const sleeper = {
          atMs: nowMs + ms,
          wake: () => {
            sleepers.delete(sleeper);
            signal.removeEventListener('abort', abort);
            resolve();
          },
        };
        const abort = () => {
          sleepers.delete(sleeper);
          reject(signal.reason);
        };
        signal.addEventListener('abort', abort, { once: true });
        sleepers.add(sleeper);
      }),
    turn: (ms) => {
      nowMs += ms;
      const due = [...sleepers].filter(({ atMs }) => atMs <= nowMs).toSorted((a, b) => a.atMs - b.atMs);
      for (const sleeper of due) sleeper.wake();
    },
  };
}
