import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Course, FeedEvent, FeedFailure } from '../../ports/feeds.ts';
import type { Journal } from '../../ports/journal.ts';
import { attempt, type FeedLine } from './attempts.ts';
import type { Bell } from './bell.ts';
import { afterFailure, type RetrySchedule } from './retry-schedule.ts';

/** Read from the journal at once: what a feed holds in memory. */
const pageEvents = 50;

export interface CourseParts {
  readonly line: FeedLine;
  readonly course: Course;
  readonly replay: boolean;
  readonly journal: Pick<Journal, 'head' | 'read'>;
  readonly schedule: RetrySchedule;
  readonly random: () => number;
  /** Rung while the next attempt is waited for, to make it at once. */
  readonly hurry: Bell;
  /** Keeps the course as it is now. */
  save(): void;
  /** An event was accepted after attempts that failed. */
  recovered(): void;
  /** The other side wants no more. The course waits until it is aborted, or tries again where that could not be put down. */
  gone(reason: string): Promise<void>;
}

/**
 * Sends what the journal holds after the course's cursor up to `until`, in order, each event again until it is accepted or parked.
 * Resolves when `until` is reached; rejects when the signal aborts, or the journal cannot be read.
 */
export async function runCourse(parts: CourseParts, until: number, signal: AbortSignal): Promise<void> {
  const { course, journal, line, save } = parts;
  while (course.cursor < until) {
    signal.throwIfAborted();
    const page = journal.read({ after: course.cursor, limit: pageEvents }).filter(({ sequence }) => sequence <= until);
    const last = page.at(-1);
    if (last === undefined) course.cursor = until;
    else
      await sendPage(
        parts,
        page.flatMap((event) => line.share(event) ?? []),
        last.sequence,
        signal,
      );
    save();
    // A long way without an event for this feed must not hold up the others.
    await nextTurn();
  }
}

async function sendPage(
  parts: CourseParts,
  events: readonly FeedEvent[],
  upTo: number,
  signal: AbortSignal,
): Promise<void> {
  const { course, line, save } = parts;
  for (let at = 0; at < events.length; ) {
    await untilDue(parts, signal);
    const batch = events.slice(at, at + line.sink.window);
    const { accepted, failure } = await attempt(line, batch, parts.replay, signal);
    at += accepted;
    const sent = batch[accepted - 1];
    if (sent !== undefined) {
      course.cursor = sent.sequence;
      if (course.failingSinceMs !== null) parts.recovered();
      Object.assign(course, settled);
    }
    const stuck = batch[accepted];
    if (failure !== null && stuck !== undefined) {
      if (await isGivenUp(parts, stuck, failure)) at += 1;
    }
    save();
  }
  course.cursor = upTo;
}

/** No attempt has failed. */
export const settled: Pick<Course, 'failed' | 'failingSinceMs' | 'nextAtMs'> = {
  failed: 0,
  failingSinceMs: null,
  nextAtMs: null,
};

/** Plans the next attempt, or parks the event: then it is behind us. */
async function isGivenUp(parts: CourseParts, stuck: FeedEvent, failure: FeedFailure): Promise<boolean> {
  const { course, line, schedule, random } = parts;
  const nowMs = line.clock.now();
  course.failingSinceMs ??= nowMs;
  const next = afterFailure(schedule, course, { nowMs, random: random(), retryAfterMs: failure.retryAfterMs });
  if (failure.gone === true) {
    // Should that not be put down, the target is asked again, and says so again.
    course.nextAtMs = nowMs + (schedule.delaysMs[0] ?? schedule.leastRetryAfterMs);
    await parts.gone(failure.reason);
    return false;
  }
  if (next !== 'park') {
    Object.assign(course, next);
    return false;
  }
  const { id } = line.record;
  line.book.park(id, { sequence: stuck.sequence, atMs: nowMs, attempts: course.failed + 1, reason: failure.reason });
  Object.assign(course, settled);
  course.cursor = stuck.sequence;
  return true;
}

async function untilDue({ course, line, hurry }: CourseParts, signal: AbortSignal): Promise<void> {
  const waitMs = course.nextAtMs === null ? 0 : course.nextAtMs - line.clock.now();
  if (waitMs > 0) await hurry.wait(waitMs, signal);
  // What is stopped while it waits is to wait on afterwards.
  signal.throwIfAborted();
  course.nextAtMs = null;
}
