import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type ErrorCode, LanewatchError } from '../../errors.ts';
import type { Head } from '../../ports/journal.ts';
import type { Batch, WriteBatch } from './journal-writer.ts';

/** What became of a batch. */
export type Written =
  | { readonly ok: true; readonly head: Head }
  | { readonly ok: false; readonly code: ErrorCode; readonly detail: string };

/**
 * The journal's writer in a thread of its own, so that neither a slow disk nor a long list holds up the lanes. Batches are
 * written in the order in which they come. It fails with the process and never without it: what it was writing then was
 * not answered.
 */
export function startWriterThread(file: string): AsyncDisposable & { readonly write: WriteBatch } {
  const thread = new Worker(new URL('./writer-thread-entry.ts', import.meta.url), { workerData: { file } });
  const waiting: PromiseWithResolvers<Head>[] = [];
  thread.on('message', (written: Written) => {
    const batch = waiting.shift();
    if (written.ok) batch?.resolve(written.head);
    else batch?.reject(new LanewatchError(written.code, written.detail));
  });
  return {
    write: (batch: Batch) => {
      const written = Promise.withResolvers<Head>();
      waiting.push(written);
      thread.postMessage(batch);
      return written.promise;
    },
    [Symbol.asyncDispose]: async () => {
      const ended = once(thread, 'exit');
      thread.postMessage(null);
      await ended;
    },
  };
}
