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
];

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
