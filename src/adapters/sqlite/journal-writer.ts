import { fromCloudEvent } from '../../domain/cloud-event.ts';
import { LanewatchError } from '../../errors.ts';
import type { Head, Receipt, StoredEvent } from '../../ports/journal.ts';
import { headOf, linkHash } from './chain.ts';
import type { Sqlite } from './database.ts';
import { openProjections } from './projections.ts';
import { seal } from './sealing.ts';

/** What becomes durable together: plain values, so that another thread can write it. */
export interface Batch {
  readonly events: readonly StoredEvent[];
  readonly receipts: readonly (Receipt & { readonly at: number })[];
}

/** Writes all of a batch or nothing, and says what the newest event is then. */
export type WriteBatch = (batch: Batch) => Head | Promise<Head>;

/**
 * The only writer of events: each sealed, with its link of the chain and the projections it changes; one FULL commit a batch.
 */
export function openWriter(db: Sqlite): (batch: Batch) => Head {
  const insert = db.prepare(
    'INSERT INTO events (sequence, type, json, previous, hash, personal, dated) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const keep = db.prepare(
    'INSERT INTO receipts (key, digest, status, body, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const project = openProjections(db);
  let head = headOf(db);
  const write = db.transaction(({ events, receipts }: Batch) => {
    let { sequence, hash } = head;
    for (const { sequence: next, type, json } of events) {
      if (next !== sequence + 1) throw new LanewatchError('internal', `event ${next} does not follow ${sequence}`);
      const event = fromCloudEvent(json);
      const sealed = seal(event, json);
      const previous = hash;
      hash = linkHash(previous, sealed.json);
      insert.run(next, type, sealed.json, previous, hash, sealed.personal, sealed.dated);
      project(event);
      sequence = next;
    }
    for (const { key, digest, status, body, at } of receipts) keep.run(key, digest, status, body, at);
    return { sequence, hash };
  });
  return (batch) => {
    head = write.immediate(batch);
    return { sequence: head.sequence, sha256: head.hash.toString('hex') };
  };
}
