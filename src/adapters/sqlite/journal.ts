import { toCloudEvent } from '../../domain/cloud-event.ts';
import { datedMs } from '../../domain/sharing/retention.ts';
import type { Target } from '../../domain/target.ts';
import { LanewatchError, messageOf } from '../../errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Head, Journal, Receipt, StoredEvent } from '../../ports/journal.ts';
import { headOf } from './chain.ts';
import type { Sqlite } from './database.ts';
import { openWriter, type WriteBatch } from './journal-writer.ts';
import { type Chained, unsealed, unsealedText } from './sealing.ts';
import { typeCondition } from './type-condition.ts';

/** Receipts of idempotent commands are kept this long. */
const receiptKeepMs = 48 * 3_600_000;

/**
 * The journal on SQLite: an event is serialised here, once, and leaves as these bytes. `write` is the one writer of the
 * database, and keeps what is personal apart from what is chained; reading is done on `db`.
 */
export function openJournal(db: Sqlite, siteId: string, clock: Clock, write: WriteBatch = openWriter(db)): Journal {
  const find = db.prepare<[string], Receipt>('SELECT key, digest, status, body FROM receipts WHERE key = ?');
  const page = db.prepare<[number, number], EventRow>(
    'SELECT sequence, type, json, personal, dated FROM events WHERE sequence > ? ORDER BY sequence LIMIT ?',
  );
  const activeTargets = db
    .prepare<[], number>("SELECT event FROM targets WHERE state = 'active' ORDER BY event")
    .pluck();
  const endedTarget = db
    .prepare<[string], number>("SELECT event FROM targets WHERE id = ? AND state <> 'active'")
    .pluck();
  const body = db.prepare<[number], Chained>('SELECT json, personal FROM events WHERE sequence = ?');
  const hash = db.prepare<[number], Buffer>('SELECT hash FROM events WHERE sequence = ?').pluck();
  db.prepare('DELETE FROM receipts WHERE at < ?').run(clock.now() - receiptKeepMs);

  const newest = headOf(db);
  let head: Head = { sequence: newest.sequence, sha256: newest.hash.toString('hex') };

  return {
    head: () => head,
    append: async (events, receipts) => {
      const stored = events.map((event): StoredEvent => {
        const { sequence, type, recordedAt } = event;
        const json = JSON.stringify(toCloudEvent(event, siteId));
        return { sequence, type, json, datedMs: datedMs(event, recordedAt) };
      });
      const at = clock.now();
      try {
        head = await write({ events: stored, receipts: receipts.map((receipt) => ({ ...receipt, at })) });
        return stored;
      } catch (error) {
        if (error instanceof LanewatchError) throw error;
        throw new LanewatchError('journal-unavailable', messageOf(error), { cause: error });
      }
    },
    read: ({ after, limit, types }) => {
      if (types === undefined || types.length === 0) return page.all(after, limit).map(storedOf);
      const condition = typeCondition(types);
      const sql = `SELECT sequence, type, json, personal, dated FROM events WHERE sequence > ? AND (${condition.sql}) ORDER BY sequence LIMIT ?`;
      return db
        .prepare<unknown[], EventRow>(sql)
        .all(after, ...condition.values, limit)
        .map(storedOf);
    },
    replay: function* (from) {
      for (let after = from; ; ) {
        const rows = page.all(after, 1_000);
        for (const row of rows) yield unsealed(row);
        const last = rows.at(-1);
        if (last === undefined) return;
        after = last.sequence;
      }
    },
    targets: function* (others) {
      // No iterator of the database stays open while others use it.
      const sequences = [...activeTargets.all(), ...[...others].flatMap((id) => endedTarget.get(id) ?? [])];
      for (const sequence of sequences) {
        const row = body.get(sequence);
        if (row !== undefined) yield unsealed(row).data as Target;
      }
    },
    hashOf: (sequence) => hash.get(sequence)?.toString('hex'),
    receipt: (key) => find.get(key),
  };
}

interface EventRow extends Chained {
  readonly sequence: number;
  readonly type: string;
  readonly dated: number | null;
}

/** What has no personal data is of no age: it is the same for ever. */
function storedOf({ sequence, type, dated, ...chained }: EventRow): StoredEvent {
  return { sequence, type, json: unsealedText(chained), datedMs: dated ?? Number.POSITIVE_INFINITY };
}
