import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { LanewatchError, messageOf } from '../../errors.ts';
import { migrations } from './migrations.ts';
import { rebuildProjections } from './rebuild.ts';
import { resealEvents } from './reseal.ts';

export type Sqlite = Database.Database;

/**
 * Opens the journal's database in `dataDir`, at the newest schema version. `readOnly` is for
 * looking on (verify, history) while the service writes; it never migrates.
 */
export function openDatabase(dataDir: string, options: { readonly readOnly?: boolean } = {}): Sqlite {
  const file = join(dataDir, 'journal.sqlite');
  try {
    if (options.readOnly === true) return new Database(file, { readonly: true, fileMustExist: true });
    mkdirSync(dataDir, { recursive: true });
    const db = connect(file);
    migrate(db, file);
    resealEvents(db);
    rebuildProjections(db);
    return db;
  } catch (error) {
    if (error instanceof LanewatchError) throw error;
    throw new LanewatchError('journal-unavailable', `${file}: ${messageOf(error)}`, { cause: error });
  }
}

/** A connection that writes: WAL, `synchronous=FULL`. The schema is as `openDatabase` left it. */
export function connect(file: string): Sqlite {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  // What is replaced or deleted is overwritten: it may be somebody's name.
  db.pragma('secure_delete = ON');
  return db;
}

function migrate(db: Sqlite, file: string): void {
  const version = Number(db.pragma('user_version', { simple: true }));
  if (version > migrations.length) {
    db.close();
    throw new LanewatchError(
      'journal-unavailable',
      `${file} has schema version ${version}, this program knows ${migrations.length}: use a newer program`,
    );
  }
  for (const [index, step] of migrations.entries()) {
    if (index < version) continue;
    db.transaction(() => {
      db.exec(step);
      db.pragma(`user_version = ${index + 1}`);
    })();
  }
}

/**
 * Takes the data directory for this process, so that no two services write one journal. The lock is SQLite's own and
 * ends with the process, however it ends.
 */
export function lockDataDir(dataDir: string): Disposable {
  mkdirSync(dataDir, { recursive: true });
  const lock = new Database(join(dataDir, 'lock.sqlite'), { timeout: 500 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    throw new LanewatchError('journal-unavailable', `${dataDir} is in use by another Lanewatch`, { cause: error });
  }
  return { [Symbol.dispose]: () => lock.close() };
}
