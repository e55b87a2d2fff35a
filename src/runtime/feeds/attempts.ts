import { sequenceText } from '../../domain/event.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Attempt, FeedBook, FeedEvent, FeedRecord, FeedSink } from '../../ports/feeds.ts';
import type { StoredEvent } from '../../ports/journal.ts';

/** What all courses of one feed share. */
export interface FeedLine {
  readonly record: FeedRecord;
  readonly book: FeedBook;
  readonly sink: FeedSink;
  readonly clock: Clock;
  /** The event as this feed may have it; null: it is not for this feed. */
  share(event: StoredEvent): FeedEvent | null;
}

/** Makes one attempt, counts it, and writes it into the log where each event has an attempt of its own. */
export async function attempt(
  line: FeedLine,
  events: readonly FeedEvent[],
  replay: boolean,
  signal: AbortSignal,
): Promise<Attempt> {
  const { record, book, sink, clock } = line;
  const atMs = clock.now();
  const result = await sink.send(events, signal);
  const doneMs = clock.now();
  const { accepted, status = null, failure } = result;
  record.accepted += accepted;
  if (accepted > 0) record.acceptedAtMs = doneMs;
  if (failure !== null) {
    record.retries += 1;
    record.lastError = { reason: failure.reason, atMs: doneMs };
  }
  book.save(record);
  const [only] = events;
  if (sink.window === 1 && only !== undefined) {
    book.log(record.id, {
      ...entryOf(only),
      at: new Date(atMs).toISOString(),
      durationMs: Math.max(0, Math.round(doneMs - atMs)),
      status,
      outcome: failure === null ? 'accepted' : failure.gone === true ? 'gone' : 'failed',
      error: failure?.reason ?? null,
      replay,
    });
  }
  return result;
}

function entryOf({ id, sequence, type }: FeedEvent) {
  return { eventId: id, sequence: sequenceText(sequence), type };
}
