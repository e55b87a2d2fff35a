import type { StoredEvent } from '../../ports/journal.ts';

/** An event as the client gets it. */
export type SharedEvent = Pick<StoredEvent, 'sequence' | 'json'>;

export interface EventOutboxParts {
  readonly limits: { readonly behindEvents: number; readonly behindBytes: number; readonly batchEvents: number };
  /** How events, and that the client has caught up, are written for its wire. */
  readonly frames: { events(events: readonly SharedEvent[]): string; caughtUp(sequence: number): string };
  /** Newest durable sequence. */
  head(): number;
  /** Durable events after a sequence, oldest first. */
  read(after: number, limit: number): readonly StoredEvent[];
  /** The event's text as the client may have it; null: it did not ask for it, or may not see it. */
  shared(event: StoredEvent): string | null;
  /** Hands a frame to the socket; `flushed` is called once, later, when the socket has taken it. */
  send(frame: string, flushed: () => void): void;
  /** Runs `turn` in a later turn of the event loop. */
  later(turn: () => void): void;
  /** The client is too far behind; nothing is sent any more. */
  behind(): void;
}

/**
 * The events of one subscriber: backfill from the journal, cut over to live without gap or repeat, in order. One frame
 * is on its way at a time; what becomes durable meanwhile goes with the next one, so a slow client gets larger frames,
 * a backfill moves at the client's own pace, and no memory is held for it but the queue of a live client.
 */
export interface EventOutbox extends Disposable {
  /** `after` null: from now on. To be called once, after the subscription to the feed. */
  start(after: number | null): void;
  /** Events of one commit. */
  offer(events: readonly StoredEvent[]): void;
  /** Nothing is on its way and nothing waits. */
  idle(): boolean;
}

export function createEventOutbox(parts: EventOutboxParts): EventOutbox {
  const { limits, frames } = parts;
  let phase: 'waiting' | 'backfill' | 'live' | 'ended' = 'waiting';
  let caughtUpSent = false;
  /** Every event up to here was sent, queued or is not for this client. */
  let cursor = 0;
  let queue: SharedEvent[] = [];
  let queueBytes = 0;
  let flying: { readonly events: number; readonly bytes: number } | null = null;

  const sharedOf = (events: readonly StoredEvent[]): SharedEvent[] =>
    events.flatMap((event) => {
      const json = parts.shared(event);
      return json === null ? [] : [{ sequence: event.sequence, json }];
    });
  const fly = (frame: string, events: number): void => {
    flying = { events, bytes: frame.length };
    parts.send(frame, () => {
      flying = null;
      advance();
    });
  };
  const advance = (): void => {
    if (flying !== null) return;
    if (phase === 'backfill') parts.later(backfill);
    else if (phase === 'live' && queue.length > 0) {
      const batch = queue.splice(0, limits.batchEvents);
      queueBytes -= bytesOf(batch);
      fly(frames.events(batch), batch.length);
    }
  };
  const backfill = (): void => {
    if (phase !== 'backfill') return;
    // The head is taken first: an empty read then means that everything up to it has been handled.
    const head = parts.head();
    const batch = parts.read(cursor, limits.batchEvents);
    const last = batch.at(-1);
    if (last === undefined) {
      goLive(head);
      return;
    }
    cursor = last.sequence;
    const wanted = sharedOf(batch);
    if (wanted.length === 0) parts.later(backfill);
    else fly(frames.events(wanted), wanted.length);
  };
  const goLive = (head: number): void => {
    cursor = Math.max(cursor, head);
    phase = 'live';
    if (caughtUpSent) return;
    caughtUpSent = true;
    fly(frames.caughtUp(head), 0);
  };
  const isBehind = (): boolean =>
    queue.length + (flying?.events ?? 0) > limits.behindEvents ||
    queueBytes + (flying?.bytes ?? 0) > limits.behindBytes;

  return {
    start: (after) => {
      if (after === null) return goLive(parts.head());
      cursor = after;
      phase = 'backfill';
      advance();
    },
    offer: (events) => {
      if (phase !== 'live') return;
      const fresh = events.filter((event) => event.sequence > cursor);
      const wanted = sharedOf(fresh);
      if (queue.length === 0 && wanted.length > limits.batchEvents) {
        // A commit larger than a frame is read back from the journal at the client's pace.
        phase = 'backfill';
        return advance();
      }
      cursor = fresh.at(-1)?.sequence ?? cursor;
      queue.push(...wanted);
      queueBytes += bytesOf(wanted);
      if (!isBehind()) return advance();
      phase = 'ended';
      queue = [];
      parts.behind();
    },
    idle: () => flying === null && queue.length === 0,
    [Symbol.dispose]: () => {
      phase = 'ended';
      queue = [];
    },
  };
}

/** UTF-16 length stands for bytes: events are almost all ASCII, and the limit is a guard, not a measure. */
function bytesOf(events: readonly SharedEvent[]): number {
  return events.reduce((sum, event) => sum + event.json.length, 0);
}
