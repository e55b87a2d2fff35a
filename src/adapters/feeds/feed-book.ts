import { sequenceText } from '../../domain/event.ts';
import type { FeedDelivery, FeedStatus } from '../../domain/feed.ts';
import { messageOf } from '../../errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Course, FeedBook, FeedRecord, ParkedRow, Replay } from '../../ports/feeds.ts';
import type { Log } from '../../ports/log.ts';
import type { FeedsDatabase } from './feeds-database.ts';

/** What has changed is written together, at most this often. */
const flushEveryMs = 100;
/** Attempts that the delivery log keeps of each feed. */
const keptDeliveries = 200;

interface FeedRow extends Course {
  readonly id: string;
  readonly accepted: number;
  readonly retries: number;
  readonly acceptedAtMs: number | null;
  readonly errorReason: string | null;
  readonly errorAtMs: number | null;
}

type Acknowledged = NonNullable<FeedStatus['acknowledged']>;

/** The stored cursors on SQLite. One that cannot be written is kept and tried again; sending goes on meanwhile. */
export function openFeedBook(db: FeedsDatabase, clock: Clock, log: Log): FeedBook {
  const statements = prepare(db);
  const records = new Map<string, FeedRecord>();
  const dirty = new Set<FeedRecord>();
  const replays = new Set<Replay>();
  const deliveries = new Map<string, FeedDelivery[]>();
  const acknowledgements = new Map<string, Acknowledged>();
  const closing = new AbortController();
  let lookedAt = statements.looked.get()?.sequence ?? null;
  let due: Promise<void> | null = null;

  const writeAll = db.transaction(() => {
    for (const { lastError, ...row } of dirty) {
      statements.put.run({ ...row, errorReason: lastError?.reason ?? null, errorAtMs: lastError?.atMs ?? null });
    }
    for (const replay of replays) statements.putReplay.run(replay);
    for (const [id, entries] of deliveries) {
      for (const entry of entries) statements.log.run(id, JSON.stringify(entry));
      statements.trimLog.run(id, id, keptDeliveries);
    }
    for (const [agency, entry] of acknowledgements) statements.acknowledge.run(agency, JSON.stringify(entry));
    if (lookedAt !== null) statements.look.run(lookedAt);
  });
  const flush = (): void => {
    try {
      writeAll();
    } catch (error) {
      log.error({ reason: messageOf(error) }, 'the cursors of the feeds cannot be written, retrying');
      if (!closing.signal.aborted) soon();
      return;
    }
    dirty.clear();
    replays.clear();
    deliveries.clear();
    acknowledgements.clear();
  };
  const soon = (): void => {
    due ??= clock.sleep(flushEveryMs, closing.signal).then(
      () => {
        due = null;
        flush();
      },
      () => undefined,
    );
  };

  return {
    open: (id, startAfter) => {
      const known = records.get(id);
      if (known !== undefined) return known;
      const row = statements.get.get(id);
      const record = row === undefined ? newRecord(id, startAfter) : recordOf(row);
      records.set(id, record);
      if (row === undefined) dirty.add(record);
      soon();
      return record;
    },
    save: (record) => {
      dirty.add(record);
      soon();
    },
    drop: db.transaction((id: string) => {
      const record = records.get(id);
      if (record !== undefined) dirty.delete(record);
      records.delete(id);
      deliveries.delete(id);
      for (const statement of statements.drop) statement.run(id);
    }),
    replays: (id) => {
      if (replays.size > 0) flush();
      return statements.replays.all(id);
    },
    addReplay: (id, after, until) => void statements.addReplay.run(id, after, until),
    saveReplay: (replay) => {
      replays.add(replay);
      soon();
    },
    endReplay: (replay) => {
      replays.delete(replay);
      statements.endReplay.run(replay.key);
    },
    park: (id, { sequence, atMs, attempts, reason }) => void statements.park.run(id, sequence, atMs, attempts, reason),
    wanted: (id) => statements.wanted.all(id),
    want: (id) => statements.want.run(id).changes,
    unpark: (id, sequence) => void statements.unpark.run(id, sequence),
    discard: (id) => statements.discard.run(id).changes,
    parked: (id, limit) => ({
      total: statements.countParked.get(id)?.total ?? 0,
      items: statements.parked.all(id, limit).map(({ sequence, atMs, attempts, reason }) => {
        return { sequence: sequenceText(sequence), at: new Date(atMs).toISOString(), attempts, reason };
      }),
    }),
    log: (id, delivery) => {
      const entries = deliveries.get(id) ?? [];
      entries.push(delivery);
      deliveries.set(id, entries.slice(-keptDeliveries));
      soon();
    },
    deliveries: (id, limit) => {
      if (deliveries.has(id)) flush();
      return statements.deliveries.all(id, limit).map(({ json }) => JSON.parse(json) as FeedDelivery);
    },
    acknowledge: (agency, entry) => {
      acknowledgements.set(agency, entry);
      soon();
    },
    acknowledged: (agency) => {
      const row = acknowledgements.has(agency) ? undefined : statements.acknowledged.get(agency);
      return acknowledgements.get(agency) ?? (row === undefined ? null : (JSON.parse(row.json) as Acknowledged));
    },
    lookedUpTo: () => lookedAt,
    looked: (sequence) => {
      lookedAt = sequence;
    },
    [Symbol.asyncDispose]: async () => {
      closing.abort();
      await due;
      flush();
    },
  };
}

function newRecord(id: string, cursor: number): FeedRecord {
  return {
    ...{ id, cursor, failed: 0, failingSinceMs: null, nextAtMs: null },
    ...{ accepted: 0, retries: 0, acceptedAtMs: null, lastError: null },
  };
}

function recordOf({ errorReason, errorAtMs, ...row }: FeedRow): FeedRecord {
  const lastError = errorReason === null || errorAtMs === null ? null : { reason: errorReason, atMs: errorAtMs };
  return { ...row, lastError };
}

function prepare(db: FeedsDatabase) {
  const parkedRow = 'sequence, atMs, attempts, reason';
  return {
    get: db.prepare<[string], FeedRow>('SELECT * FROM feeds WHERE id = ?'),
    put: db.prepare(
      `INSERT INTO feeds VALUES (@id, @cursor, @failed, @failingSinceMs, @nextAtMs, @accepted, @retries, @acceptedAtMs, @errorReason, @errorAtMs)
       ON CONFLICT (id) DO UPDATE SET cursor = excluded.cursor, failed = excluded.failed, failingSinceMs = excluded.failingSinceMs,
         nextAtMs = excluded.nextAtMs, accepted = excluded.accepted, retries = excluded.retries, acceptedAtMs = excluded.acceptedAtMs,
         errorReason = excluded.errorReason, errorAtMs = excluded.errorAtMs`,
    ),
    drop: ['feeds WHERE id', 'replays WHERE feed', 'parked WHERE feed', 'deliveries WHERE feed'].map((of) =>
      db.prepare<[string]>(`DELETE FROM ${of} = ?`),
    ),
    replays: db.prepare<[string], Replay>(
      'SELECT key, cursor, until, failed, failingSinceMs, nextAtMs FROM replays WHERE feed = ? ORDER BY key',
    ),
    addReplay: db.prepare('INSERT INTO replays (feed, cursor, until, failed) VALUES (?, ?, ?, 0)'),
    putReplay: db.prepare(
      'UPDATE replays SET cursor = @cursor, failed = @failed, failingSinceMs = @failingSinceMs, nextAtMs = @nextAtMs WHERE key = @key',
    ),
    endReplay: db.prepare('DELETE FROM replays WHERE key = ?'),
    park: db.prepare(
      `INSERT INTO parked VALUES (?, ?, ?, ?, ?, 0) ON CONFLICT DO UPDATE SET
         atMs = excluded.atMs, attempts = excluded.attempts, reason = excluded.reason, wanted = 0`,
    ),
    wanted: db.prepare<[string], ParkedRow>(
      `SELECT ${parkedRow} FROM parked WHERE feed = ? AND wanted = 1 ORDER BY sequence LIMIT 100`,
    ),
    want: db.prepare('UPDATE parked SET wanted = 1 WHERE feed = ?'),
    unpark: db.prepare('DELETE FROM parked WHERE feed = ? AND sequence = ?'),
    discard: db.prepare('DELETE FROM parked WHERE feed = ?'),
    parked: db.prepare<[string, number], ParkedRow>(
      `SELECT ${parkedRow} FROM parked WHERE feed = ? ORDER BY sequence LIMIT ?`,
    ),
    countParked: db.prepare<[string], { total: number }>('SELECT count(*) AS total FROM parked WHERE feed = ?'),
    log: db.prepare('INSERT INTO deliveries (feed, json) VALUES (?, ?)'),
    trimLog: db.prepare(
      `DELETE FROM deliveries WHERE feed = ? AND key <= (
         SELECT key FROM deliveries WHERE feed = ? ORDER BY key DESC LIMIT 1 OFFSET ?)`,
    ),
    deliveries: db.prepare<[string, number], { json: string }>(
      'SELECT json FROM deliveries WHERE feed = ? ORDER BY key DESC LIMIT ?',
    ),
    acknowledge: db.prepare(
      'INSERT INTO acknowledgements VALUES (?, ?) ON CONFLICT DO UPDATE SET json = excluded.json',
    ),
    acknowledged: db.prepare<[string], { json: string }>('SELECT json FROM acknowledgements WHERE agency = ?'),
    look: db.prepare(
      `INSERT INTO looked VALUES ('acknowledgements', ?) ON CONFLICT DO UPDATE SET sequence = excluded.sequence`,
    ),
    looked: db.prepare<[], { sequence: number }>(`SELECT sequence FROM looked WHERE what = 'acknowledgements'`),
  };
}
