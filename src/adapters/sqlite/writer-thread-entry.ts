import { parentPort, workerData } from 'node:worker_threads';
import { LanewatchError, messageOf } from '../../errors.ts';
import { connect } from './database.ts';
import { type Batch, openWriter } from './journal-writer.ts';
import type { Written } from './writer-thread.ts';

/** The writer in its thread, with a connection of its own: a batch comes in, what became of it goes out; null ends it. */
const db = connect((workerData as { file: string }).file);
const write = openWriter(db);
parentPort?.on('message', (batch: Batch | null) => {
  if (batch === null) {
    db.close();
    parentPort?.close();
    return;
  }
  parentPort?.postMessage(written(batch));
});

function written(batch: Batch): Written {
  try {
    return { ok: true, head: write(batch) };
  } catch (error) {
    const code = error instanceof LanewatchError ? error.code : 'journal-unavailable';
    return { ok: false, code, detail: messageOf(error) };
  }
}
