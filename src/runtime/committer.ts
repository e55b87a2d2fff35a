import type { DomainEvent } from '../domain/event.ts';
import { LanewatchError, messageOf } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { EventFeed, EventListener } from '../ports/feed.ts';
import type { Journal, Receipt, StoredEvent } from '../ports/journal.ts';
import type { Log } from '../ports/log.ts';

/** While the journal cannot be written, this many events are kept for it; then nothing more is taken in. */
const mostPending = 20_000;
const retryMs = 250;

/** Group commit: everything decided in one turn of the event loop becomes durable together, then is published. */
export interface Committer extends AsyncDisposable {
  readonly events: EventFeed;
  /** Takes events over. Throws `journal-unavailable` when too many wait already. */
  add(events: readonly DomainEvent[], receipts: readonly Receipt[]): void;
  /** Resolves when everything added so far is durable. */
  durable(): Promise<void>;
  /** Is everything added so far durable? */
  settled(): boolean;
  /** Why the journal cannot be written now, or null. */
  failure(): string | null;
}

export function createCommitter(journal: Journal, clock: Clock, log: Log): Committer {
  const listeners = new Set<EventListener>();
  const closing = new AbortController();
  let batch = emptyBatch();
  let newest: Promise<void> = Promise.resolve();
  let writing = false;
  let failure: string | null = null;

  const write = async (): Promise<void> => {
    // The turn ends first: whatever else arrives in it shares the commit.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (batch.events.length + batch.receipts.length > 0) {
      const full = batch;
      batch = emptyBatch();
      newest = full.done.promise;
      const stored = await append(full.events, full.receipts);
      if (stored === null) {
        const stopped = new LanewatchError('journal-unavailable', 'stopped while the journal could not be written');
        full.done.reject(stopped);
        // What has come meanwhile waits in vain too.
        batch.done.reject(stopped);
        break;
      }
      publish(stored);
      full.done.resolve();
    }
    writing = false;
  };
  const publish = (stored: readonly StoredEvent[]): void => {
    for (const listener of listeners) {
      try {
        listener(stored);
      } catch (error) {
        // One reader's fault must not keep the others, or the next commit, from theirs.
        log.error({ reason: messageOf(error) }, 'a reader of events failed');
      }
    }
  };
  const append = async (events: readonly DomainEvent[], receipts: readonly Receipt[]) => {
    for (;;) {
      try {
        const stored = await journal.append(events, receipts);
        if (failure !== null) log.info({ events: events.length }, 'the journal can be written again');
        failure = null;
        return stored;
      } catch (error) {
        if (failure === null) log.error({ reason: messageOf(error) }, 'the journal cannot be written, retrying');
        failure = messageOf(error);
        if (closing.signal.aborted) return null;
        await clock.sleep(retryMs, closing.signal).catch(() => undefined);
      }
    }
  };

  return {
    events: {
      subscribe: (listener) => {
        listeners.add(listener);
        return { [Symbol.dispose]: () => void listeners.delete(listener) };
      },
    },
    add: (events, receipts) => {
      if (batch.events.length + events.length > mostPending) {
        throw new LanewatchError('journal-unavailable', failure ?? `${mostPending} events wait for the journal`);
      }
      batch.events.push(...events);
      batch.receipts.push(...receipts);
      if (writing) return;
      writing = true;
      void write();
    },
    durable: () => (batch.events.length + batch.receipts.length > 0 ? batch.done.promise : newest),
    settled: () => !writing,
    failure: () => failure,
    [Symbol.asyncDispose]: async () => {
      closing.abort();
      const waiting = batch.events.length + batch.receipts.length > 0 ? batch.done.promise : newest;
      await waiting.catch(() => undefined);
    },
  };
}

function emptyBatch() {
  const done = Promise.withResolvers<void>();
  // Nobody may be waiting for it when it fails at the very end.
  done.promise.catch(() => undefined);
  return { events: [] as DomainEvent[], receipts: [] as Receipt[], done };
}
