import { messageOf } from '../../errors.ts';
import type { FeedSink, FeedSpec, Replay, ReplayRequest } from '../../ports/feeds.ts';
import type { StoredEvent } from '../../ports/journal.ts';
import { attempt, type FeedLine } from './attempts.ts';
import { createBell } from './bell.ts';
import type { FeedParts } from './feeds.ts';
import type { RetrySchedule } from './retry-schedule.ts';
import { runCourse } from './run-course.ts';

/** After a fault of our own (the journal cannot be read), a feed goes on after this. */
const faultPauseMs = 5_000;

export interface RunningFeed extends AsyncDisposable {
  readonly spec: FeedSpec;
  /** There may be something to send. */
  news(): void;
  /** A replay was asked for: it begins, and what waits for its next attempt is tried now. */
  replay(request: ReplayRequest): void;
}

interface FeedCourses {
  readonly spec: FeedSpec;
  readonly sink: FeedSink;
  readonly schedule: RetrySchedule;
  /** What an event is for this feed, or null. */
  share(event: StoredEvent): ReturnType<FeedLine['share']>;
  gone(reason: string): Promise<void>;
}

/**
 * One feed: the live course from its stored cursor, and beside it what is sent again, so that neither holds up the other. Each is in
 * order by itself. Disposing of it ends the attempts under way.
 */
export function runFeed(parts: FeedParts, { spec, sink, schedule, share, gone }: FeedCourses): RunningFeed {
  const { book, journal, clock, random, log } = parts;
  const record = book.open(spec.id, spec.startAfter);
  const line: FeedLine = { record, book, sink, clock, share };
  const ended = new AbortController();
  const { signal } = ended;
  const news = createBell(clock);
  const asked = createBell(clock);
  const hurryLive = createBell(clock);
  const hurryReplay = createBell(clock);
  let replaying: Replay | null = null;

  const live = async (): Promise<void> => {
    const save = () => book.save(record);
    // What was parked while the target was away is tried once more when it is back.
    const recovered = () => {
      if (book.want(spec.id) > 0) asked.ring();
    };
    const course = { line, course: record, replay: false, journal, schedule, random, hurry: hurryLive, save };
    await runCourse({ ...course, recovered, gone }, journal.head().sequence, signal);
    await news.wait(null, signal);
  };
  const again = async (): Promise<void> => {
    for (const parked of book.wanted(spec.id)) await oneMore(parked.sequence);
    const [replay] = book.replays(spec.id);
    replaying = replay ?? null;
    if (replay === undefined) return asked.wait(null, signal);
    const save = () => book.saveReplay(replay);
    const recovered = () => undefined;
    const course = { line, course: replay, replay: true, journal, schedule, random, hurry: hurryReplay, save };
    await runCourse({ ...course, recovered, gone }, replay.until, signal);
    replaying = null;
    book.endReplay(replay);
  };
  /** A parked event has one attempt more, which holds up nothing. */
  const oneMore = async (sequence: number): Promise<void> => {
    const [stored] = journal.read({ after: sequence - 1, limit: 1 });
    const event = stored === undefined ? null : share(stored);
    // What is not for this feed any more is not owed either.
    if (event === null) return book.unpark(spec.id, sequence);
    const { failure } = await attempt(line, [event], true, signal);
    if (failure === null) return book.unpark(spec.id, sequence);
    book.park(spec.id, { sequence, atMs: clock.now(), attempts: record.failed + 1, reason: failure.reason });
  };
  const forever = async (turn: () => Promise<void>): Promise<void> => {
    while (!signal.aborted) {
      try {
        await turn();
      } catch (error) {
        if (signal.aborted) return;
        log.error({ feed: spec.id, reason: messageOf(error) }, 'a feed failed, and goes on soon');
        await clock.sleep(faultPauseMs, signal).catch(() => undefined);
      }
    }
  };
  const done = Promise.all([forever(live), forever(again)]);

  return {
    spec,
    news: () => news.ring(),
    replay: (request) => {
      if (request === 'parked') book.want(spec.id);
      else book.addReplay(spec.id, request.from - 1, request.to);
      asked.ring();
      if (record.nextAtMs !== null) hurryLive.ring();
      if (replaying?.nextAtMs != null) hurryReplay.ring();
    },
    [Symbol.asyncDispose]: async () => {
      ended.abort();
      await done;
      await sink[Symbol.asyncDispose]();
    },
  };
}
