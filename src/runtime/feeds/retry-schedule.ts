import type { Course } from '../../ports/feeds.ts';

/** When an attempt that failed is made again. Milliseconds. */
export interface RetrySchedule {
  /** After the first failed attempt, the second, and so on. */
  readonly delaysMs: readonly number[];
  /** Each delay is longer by up to this share of itself, so that many do not come back at once. */
  readonly jitter: number;
  /** Then the event is parked, or tried again after the last delay for as long as it takes. */
  readonly whenOver: 'park' | 'repeat';
  /** What the other side asks for is kept to within these. */
  readonly leastRetryAfterMs: number;
  readonly mostRetryAfterMs: number;
}

const minuteMs = 60_000;
const hourMs = 3_600_000;

/** That of Standard Webhooks: ten attempts in three days and a half. */
export const webhookSchedule: RetrySchedule = {
  delaysMs: [5_000, 5 * minuteMs, 30 * minuteMs, ...[2, 5, 10, 14, 20, 24].map((hours) => hours * hourMs)],
  jitter: 0.1,
  whenOver: 'park',
  leastRetryAfterMs: 1_000,
  mostRetryAfterMs: 24 * hourMs,
};

/** For brokers: they are our own side's, and come back. */
export const brokerSchedule: RetrySchedule = {
  delaysMs: [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000],
  jitter: 0.5,
  whenOver: 'repeat',
  leastRetryAfterMs: 500,
  mostRetryAfterMs: hourMs,
};

/**
 * When to try again after one more failure, or `park`. A time that the other side asked for takes no step of the schedule, so that one
 * who is only busy is not given up; but neither is it waited for beyond the time the whole schedule takes. Pure.
 */
export function afterFailure(
  schedule: RetrySchedule,
  { failed, failingSinceMs }: Pick<Course, 'failed' | 'failingSinceMs'>,
  now: { readonly nowMs: number; readonly random: number; readonly retryAfterMs?: number | undefined },
): { readonly failed: number; readonly nextAtMs: number } | 'park' {
  const { nowMs, random, retryAfterMs } = now;
  const over = schedule.whenOver === 'park';
  if (retryAfterMs !== undefined) {
    const wholeMs = schedule.delaysMs.reduce((sum, delay) => sum + delay, 0);
    if (over && nowMs - (failingSinceMs ?? nowMs) >= wholeMs) return 'park';
    const waitMs = Math.min(Math.max(retryAfterMs, schedule.leastRetryAfterMs), schedule.mostRetryAfterMs);
    return { failed, nextAtMs: nowMs + waitMs };
  }
  const delayMs = schedule.delaysMs[failed] ?? (over ? undefined : schedule.delaysMs.at(-1));
  if (delayMs === undefined) return 'park';
  return { failed: failed + 1, nextAtMs: nowMs + delayMs * (1 + schedule.jitter * random) };
}
