import { sequenceText } from '../../domain/event.ts';
import { typeFilter } from '../../domain/event-types.ts';
import type { FeedStatus } from '../../domain/feed.ts';
import type { Sharer } from '../../domain/sharing/sharer.ts';
import type { Viewer } from '../../domain/sharing/viewer.ts';
import type { FeedTerms } from '../../domain/subscription.ts';
import { LanewatchError } from '../../errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { EventFeed } from '../../ports/feed.ts';
import type { FeedBook, FeedEvent, FeedPort, FeedSink, FeedSpec } from '../../ports/feeds.ts';
import type { Journal, StoredEvent } from '../../ports/journal.ts';
import type { Log } from '../../ports/log.ts';
import { followAcknowledgements } from './acknowledgements.ts';
import { recordedMs, sequenceAt } from './event-times.ts';
import { type RunningFeed, runFeed } from './feed.ts';
import type { RetrySchedule } from './retry-schedule.ts';
import { settled } from './run-course.ts';

/** Parts of the journal that may wait to be sent again, for one feed. */
const mostReplays = 20;
const shownParked = 100;

export interface FeedParts {
  readonly book: FeedBook;
  readonly journal: Pick<Journal, 'head' | 'read'>;
  readonly events: EventFeed;
  readonly sharer: Pick<Sharer, 'event'>;
  /** What an agency may have by such terms, from the sharing policy. */
  viewerOf(terms: FeedTerms): Viewer;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
}

export interface FeedRun {
  readonly sink: FeedSink;
  readonly schedule: RetrySchedule;
  /** The other side wants no more. */
  gone?(reason: string): Promise<void>;
  /** What failed before is tried at once, as if for the first time. */
  readonly afresh?: boolean;
}

/** All feeds that are known, running or not. */
export interface Feeds extends FeedPort, AsyncDisposable {
  /** Takes a feed up, so that it has a status; it runs once it is started. */
  know(spec: FeedSpec): void;
  start(id: string, run: FeedRun): void;
  stop(id: string): Promise<void>;
  /** Forgets a feed, its cursor included. It must have been stopped. */
  forget(id: string): void;
}

/** Readers of the one journal, with a stored cursor each; none waits for another. */
export function openFeeds(parts: FeedParts): Feeds {
  const { book, journal, clock } = parts;
  const specs = new Map<string, FeedSpec>();
  const running = new Map<string, RunningFeed>();
  const held = new DisposableStack();
  held.use(
    parts.events.subscribe(() => {
      for (const feed of running.values()) feed.news();
    }),
  );
  held.use(followAcknowledgements(parts));

  const statusOf = (spec: FeedSpec): FeedStatus => {
    const { id, kind, terms } = spec;
    const record = book.open(id, spec.startAfter);
    const { total: parked } = book.parked(id, 0);
    const failing = record.failingSinceMs !== null;
    const state = !running.has(id) ? 'stopped' : failing ? 'retrying' : parked > 0 ? 'parked' : 'running';
    return {
      ...{ id, kind, agency: terms.agency, state, cursor: sequenceText(record.cursor) },
      lag: lagBehind(journal, record.cursor, clock.now()),
      accepted: record.accepted,
      acceptedAt: isoOrNull(record.acceptedAtMs),
      retries: record.retries,
      attempts: record.failed,
      nextAttemptAt: isoOrNull(record.nextAtMs),
      lastError: record.lastError && {
        reason: record.lastError.reason,
        at: new Date(record.lastError.atMs).toISOString(),
      },
      parked,
      replaying: book.replays(id).length,
      acknowledged: book.acknowledged(terms.agency),
    };
  };
  const stop = async (id: string): Promise<void> => {
    const feed = running.get(id);
    running.delete(id);
    await feed?.[Symbol.asyncDispose]();
  };

  return {
    know: (spec) => {
      specs.set(spec.id, spec);
      book.open(spec.id, spec.startAfter);
    },
    start: (id, { sink, schedule, gone = async () => undefined, afresh = false }) => {
      const spec = specs.get(id);
      if (spec === undefined || running.has(id)) throw new LanewatchError('internal', `feed ${id} cannot start`);
      if (afresh) Object.assign(book.open(id, spec.startAfter), settled);
      const share = sharing(parts, spec.terms);
      running.set(id, runFeed(parts, { spec, sink, schedule, share, gone }));
    },
    stop,
    forget: (id) => {
      specs.delete(id);
      book.drop(id);
    },
    statuses: () => [...specs.values()].map(statusOf),
    status: (id) => {
      const spec = specs.get(id);
      return spec && statusOf(spec);
    },
    parked: (id) => book.parked(id, shownParked),
    deliveries: (id, limit) => book.deliveries(id, limit),
    replay: (id, request) => {
      if (request !== 'parked' && book.replays(id).length >= mostReplays) {
        throw new LanewatchError('forbidden-transition', `${mostReplays} replays wait already`);
      }
      const feed = running.get(id);
      if (feed === undefined) throw new LanewatchError('forbidden-transition', 'it is stopped: enable it first');
      feed.replay(request);
    },
    discard: (id) => void book.discard(id),
    sequenceAt: (timeMs) => sequenceAt(journal, timeMs),
    [Symbol.asyncDispose]: async () => {
      held.dispose();
      await Promise.all([...running.keys()].map(stop));
    },
  };
}

/** Of an event what the feed's terms leave of it. */
function sharing({ sharer, viewerOf }: FeedParts, terms: FeedTerms): (event: StoredEvent) => FeedEvent | null {
  const viewer = viewerOf(terms);
  const wanted = typeFilter(terms.types);
  return (event) => {
    const json = wanted(event.type) ? sharer.event(viewer, event) : null;
    if (json === null) return null;
    const { id } = JSON.parse(json) as { readonly id: string };
    return { sequence: event.sequence, id, type: event.type, json };
  };
}

function lagBehind(journal: FeedParts['journal'], cursor: number, nowMs: number): FeedStatus['lag'] {
  const events = Math.max(0, journal.head().sequence - cursor);
  const [first] = events === 0 ? [] : journal.read({ after: cursor, limit: 1 });
  return { events, seconds: first === undefined ? 0 : Math.max(0, (nowMs - recordedMs(first)) / 1_000) };
}

function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
