import { fromCloudEvent, toCloudEvent } from '../../domain/cloud-event.ts';
import type { DomainEvent } from '../../domain/event.ts';
import { datedMs } from '../../domain/sharing/retention.ts';
import type { Target } from '../../domain/target.ts';
import { LanewatchError, messageOf } from '../../errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Journal, Receipt, StoredEvent } from '../../ports/journal.ts';
import { genesis, linkHash } from './chain.ts';
import type { Sqlite } from './database.ts';
import { openProjections } from './projections.ts';
import { typeCondition } from './type-condition.ts';

/** Receipts of idempotent commands are kept this long. */
const receiptKeepMs = 48 * 3_600_000;

/** The journal on SQLite: one FULL commit per append; an event is serialised here, once, and leaves as these bytes. */
export function openJournal(db: Sqlite, siteId: string, clock: Clock): Journal {
  const insert = db.prepare('INSERT INTO events (sequence, type, json, previous, hash) VALUES (?, ?, ?, ?, ?)');
  const keep = db.prepare(
    'INSERT INTO receipts (key, digest, status, body, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const find = db.prepare<[string], Receipt>('SELECT key, digest, status, body FROM receipts WHERE key = ?');
  const page = db.prepare<[number, number], StoredEvent>(
    'SELECT sequence, type, json FROM events WHERE sequence > ? ORDER BY sequence LIMIT ?',
  );
  const newest = db.prepare<[], { sequence: number; hash: Buffer }>(
    'SELECT sequence, hash FROM events ORDER BY sequence DESC LIMIT 1',
  );
  const activeTargets = db
    .prepare<[], number>("SELECT event FROM targets WHERE state = 'active' ORDER BY event")
    .pluck();
  const endedTarget = db
    .prepare<[string], number>("SELECT event FROM targets WHERE id = ? AND state <> 'active'")
    .pluck();
  const body = db.prepare<[number], string>('SELECT json FROM events WHERE sequence = ?').pluck();
  const hash = db.prepare<[number], Buffer>('SELECT hash FROM events WHERE sequence = ?').pluck();
  const project = openProjections(db);
  db.prepare('DELETE FROM receipts WHERE at < ?').run(clock.now() - receiptKeepMs);

  let head = newest.get() ?? { sequence: 0, hash: genesis };
  const write = db.transaction((events: readonly DomainEvent[], receipts: readonly Receipt[]) => {
    let { sequence, hash } = head;
    const stored = events.map((event): StoredEvent => {
      if (event.sequence !== sequence + 1) {
        throw new LanewatchError('internal', `event ${event.sequence} does not follow ${sequence}`);
      }
      const json = JSON.stringify(toCloudEvent(event, siteId));
      const next = linkHash(hash, json);
      insert.run(event.sequence, event.type, json, hash, next);
      project(event);
      sequence = event.sequence;
      hash = next;
      return { sequence, type: event.type, json, datedMs: datedMs(event, event.recordedAt) };
    });
    for (const { key, digest, status, body } of receipts) keep.run(key, digest, status, body, clock.now());
    return { stored, head: { sequence, hash } };
  });

  return {
    head: () => ({ sequence: head.sequence, sha256: head.hash.toString('hex') }),
    append: async (events, receipts) => {
      try {
        const written = write.immediate(events, receipts);
        head = written.head;
        return written.stored;
      } catch (error) {
        if (error instanceof LanewatchError) throw error;
        throw new LanewatchError('journal-unavailable', messageOf(error), { cause: error });
      }
    },
    read: ({ after, limit, types }) => {
      if (types === undefined || types.length === 0) return page.all(after, limit);
      const condition = typeCondition(types);
      const sql = `SELECT sequence, type, json FROM events WHERE sequence > ? AND (${condition.sql}) ORDER BY sequence LIMIT ?`;
      return db.prepare<unknown[], StoredEvent>(sql).all(after, ...condition.values, limit);
    },
    replay: function* (from) {
      for (let after = from; ; ) {
        const rows = page.all(after, 1_000);
        for (const row of rows) yield fromCloudEvent(row.json);
        const last = rows.at(-1);
        if (last === undefined) return;
        after = last.sequence;
      }
    },
    targets: function* (others) {
      // No iterator of the database stays open while others use it.
      const sequences = [...activeTargets.all(), ...[...others].flatMap((id) => endedTarget.get(id) ?? [])];
      for (const sequence of sequences) {
        const json = body.get(sequence);
        if (json !== undefined) yield (JSON.parse(json) as { data: Target }).data;
      }
    },
    hashOf: (sequence) => hash.get(sequence)?.toString('hex'),
    receipt: (key) => find.get(key),
  };
}
