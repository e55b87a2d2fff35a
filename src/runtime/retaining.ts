import { keptAs, type RetentionPolicy } from '../domain/sharing/retention.ts';
import type { Target } from '../domain/target.ts';
import { messageOf } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';

const everyMs = 24 * 3_600_000;
const againAfterMs = 60_000;

export interface RetentionParts {
  /** Withdraws what is still looked for and may not be kept any longer. */
  endTargets(): Promise<void>;
  /** Deletes what is due, for as long as one run takes; `done` when nothing is left. */
  erase(): Promise<{ readonly events: number; readonly done: boolean }>;
  /** Deletes files that are due. */
  sweep(): Promise<unknown>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Deletes personal data when its time has come: what is due now before it resolves, then once a day. A run that fails is tried again in a minute.
 */
export async function keepRetention(parts: RetentionParts): Promise<AsyncDisposable> {
  const { clock, log } = parts;
  const stopper = new AbortController();
  const eraseAll = async (): Promise<void> => {
    await parts.endTargets();
    await parts.sweep();
    for (let done = false, total = 0; !done && !stopper.signal.aborted; ) {
      const run = await parts.erase();
      total += run.events;
      done = run.done;
      if (done && total > 0) log.info({ events: total }, 'personal data that was due has been deleted');
    }
  };
  await eraseAll();
  const daily = async (): Promise<void> => {
    let waitMs = everyMs;
    while (!stopper.signal.aborted) {
      await clock.sleep(waitMs, stopper.signal).catch(() => undefined);
      if (stopper.signal.aborted) return;
      try {
        await eraseAll();
        waitMs = everyMs;
      } catch (error) {
        log.error({ reason: messageOf(error) }, 'personal data that is due cannot be deleted, retrying');
        waitMs = againAfterMs;
      }
    }
  };
  const running = daily();
  return {
    [Symbol.asyncDispose]: async () => {
      stopper.abort();
      await running;
    },
  };
}

/** A target is on the list for no longer than its names may be kept, unless its originator sends it again. */
export function targetsToEnd(targets: Iterable<Target>, retention: RetentionPolicy, nowMs: number): readonly Target[] {
  return [...targets].filter(({ sentAt, addedAt }) => {
    return keptAs(retention, 'passengers', Date.parse(sentAt ?? addedAt), nowMs) === 'deleted';
  });
}
