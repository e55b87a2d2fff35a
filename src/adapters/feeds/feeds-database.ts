import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { LanewatchError, messageOf } from '../../errors.ts';

export type FeedsDatabase = Database.Database;

/** One step per version, as in the journal: never edit a released one. Times are milliseconds since the epoch. */
const migrations: readonly string[] = [
  `
  CREATE TABLE feeds (
    id TEXT PRIMARY KEY,
    cursor INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    failingSinceMs INTEGER,
    nextAtMs INTEGER,
    accepted INTEGER NOT NULL,
    retries INTEGER NOT NULL,
    acceptedAtMs INTEGER,
    errorReason TEXT,
    errorAtMs INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE replays (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    feed TEXT NOT NULL,
    cursor INTEGER NOT NULL,
    until INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    failingSinceMs INTEGER,
    nextAtMs INTEGER
  ) STRICT;
  CREATE TABLE parked (
    feed TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    atMs INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    reason TEXT NOT NULL,
    wanted INTEGER NOT NULL,
    PRIMARY KEY (feed, sequence)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE deliveries (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    feed TEXT NOT NULL,
    json TEXT NOT NULL
  ) STRICT;
  CREATE INDEX deliveries_feed ON deliveries (feed, key);
  CREATE TABLE acknowledgements (
    agency TEXT PRIMARY KEY,
    json TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE looked (
    what TEXT PRIMARY KEY,
    sequence INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE secrets (
    subscription TEXT NOT NULL,
    version INTEGER NOT NULL,
    secret TEXT NOT NULL,
    endsAtMs INTEGER,
    PRIMARY KEY (subscription, version)
  ) STRICT, WITHOUT ROWID;
  `,
];

/**
 * Opens the database of the feeds, beside the journal: cursors, what is parked, the delivery log and the signing secrets. Readable
 * by the service's user only. Throws `configuration-fault`.
 */
export function openFeedsDatabase(dataDir: string): FeedsDatabase {
  const file = join(dataDir, 'feeds.sqlite');
  try {
    const db = new Database(file);
    chmodSync(file, 0o600);
    db.pragma('journal_mode = WAL');
    // A cursor that a power cut takes back is sent again from there; what must not be lost says so (`durably`).
    db.pragma('synchronous = NORMAL');
    db.transaction(() => {
      const version = Number(db.pragma('user_version', { simple: true }));
      if (version > migrations.length) throw new Error(`schema version ${version} is newer than this program`);
      for (const step of migrations.slice(version)) db.exec(step);
      db.pragma(`user_version = ${migrations.length}`);
    }).immediate();
    return db;
  } catch (error) {
    throw new LanewatchError('configuration-fault', `${file}: ${messageOf(error)}`, { cause: error });
  }
}

/** Runs `work` in one transaction that a power cut does not take back. */
export function durably<T>(db: FeedsDatabase, work: () => T): T {
  db.pragma('synchronous = FULL');
  try {
    return db.transaction(work).immediate();
  } finally {
    db.pragma('synchronous = NORMAL');
  }
}
