import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { LanewatchError, messageOf } from '../../errors.ts';

/** One step per version, as in the journal: never edit a released one. Times are milliseconds since the epoch. */
const migrations: readonly string[] = [
  `
  CREATE TABLE tokens (hash BLOB PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, createdAtMs INTEGER NOT NULL) STRICT;
  CREATE TABLE sessions (
    hash BLOB PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    createdAtMs INTEGER NOT NULL,
    usedAtMs INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE codes (hash BLOB PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, createdAtMs INTEGER NOT NULL) STRICT;
  `,
  // What narrows a principal, as JSON; tokens that are known by an id and may end; sessions that end with what they come from.
  `
  ALTER TABLE tokens ADD COLUMN limits TEXT NOT NULL DEFAULT '{}';
  ALTER TABLE tokens ADD COLUMN id TEXT NOT NULL DEFAULT '';
  ALTER TABLE tokens ADD COLUMN createdBy TEXT;
  ALTER TABLE tokens ADD COLUMN endsAtMs INTEGER;
  ALTER TABLE tokens ADD COLUMN usedAtMs INTEGER;
  UPDATE tokens SET id = lower(hex(randomblob(8)));
  CREATE UNIQUE INDEX tokenById ON tokens (id);
  ALTER TABLE sessions ADD COLUMN limits TEXT NOT NULL DEFAULT '{}';
  ALTER TABLE sessions ADD COLUMN origin TEXT NOT NULL DEFAULT '';
  ALTER TABLE sessions ADD COLUMN endsAtMs INTEGER;
  CREATE INDEX sessionByOrigin ON sessions (origin);
  ALTER TABLE codes ADD COLUMN limits TEXT NOT NULL DEFAULT '{}';
  CREATE TABLE users (
    key TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    limits TEXT NOT NULL,
    passwordHash TEXT,
    issuer TEXT,
    subject TEXT,
    disabled INTEGER NOT NULL,
    createdAtMs INTEGER NOT NULL,
    changedAtMs INTEGER NOT NULL,
    signedInAtMs INTEGER,
    UNIQUE (issuer, subject)
  ) STRICT;
  `,
];

export type AccessDatabase = Database.Database;

/** Opens the access database; several processes may hold it (the service and `token create`). */
export function openAccessDatabase(file: string): Database.Database {
  try {
    mkdirSync(dirname(file), { recursive: true });
    const db = new Database(file, { timeout: 2_000 });
    db.pragma('journal_mode = WAL');
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
