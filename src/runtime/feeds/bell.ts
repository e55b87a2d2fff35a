import type { Clock } from '../../ports/clock.ts';

/** Wakes one who waits. A ring while nobody waits is heard by the next. */
export interface Bell {
  ring(): void;
  /** Resolves at a ring, after `ms` (null: never by itself), or when the signal aborts; never rejects. */
  wait(ms: number | null, signal: AbortSignal): Promise<void>;
}

export function createBell(clock: Clock): Bell {
  let rung = false;
  let wake: (() => void) | null = null;
  return {
    ring: () => {
      rung = true;
      wake?.();
    },
    wait: async (ms, signal) => {
      if (!rung && !signal.aborted) {
        const waiting = new AbortController();
        const heard = new Promise<void>((resolve) => {
          wake = resolve;
        });
        const either = AbortSignal.any([signal, waiting.signal]);
        const over = ms === null ? aborted(either) : clock.sleep(ms, either).catch(() => undefined);
        await Promise.race([heard, over]);
        waiting.abort();
        wake = null;
      }
      rung = false;
    },
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
