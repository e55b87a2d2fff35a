import type { BusMessage } from '../../src/ports/message-bus.ts';

/** Messages between a broker and a driver, in order of arrival. The side that fills it bounds it. */
export interface Inbox {
  put(message: BusMessage): void;
  /** Takes a message back that nobody has read yet. */
  remove(message: BusMessage): void;
  /** Ends the reading with this error at once: what is unread can no longer be acknowledged. */
  fail(error: Error): void;
  /** Ends when the signal aborts. A message that is owed no acknowledgement is settled as it is read. */
  read(signal: AbortSignal): AsyncGenerator<BusMessage, void>;
}

export function createInbox(): Inbox {
  const unread = new Set<BusMessage>();
  let failure: Error | undefined;
  let news = Promise.withResolvers<void>();
  return {
    put(message) {
      unread.add(message);
      news.resolve();
    },
    remove(message) {
      unread.delete(message);
    },
    fail(error) {
      failure ??= error;
      news.resolve();
    },
    async *read(signal) {
      const onAbort = () => news.resolve();
      signal.addEventListener('abort', onAbort, { once: true });
      try {
        while (!signal.aborted) {
          news = Promise.withResolvers<void>();
          for (const message of unread) {
            if (signal.aborted || failure !== undefined) break;
            unread.delete(message);
            if (!message.held) message.acknowledge(true);
            yield message;
          }
          if (failure !== undefined && !signal.aborted) throw failure;
          await news.promise;
        }
      } finally {
        signal.removeEventListener('abort', onAbort);
      }
    },
  };
}
