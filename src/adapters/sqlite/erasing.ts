import { join } from 'node:path';
import {
  firstDue,
  keptAs,
  type RetainedKind,
  type RetentionPolicy,
  retainedKinds,
} from '../../domain/sharing/retention.ts';
import { connect, type Sqlite } from './database.ts';
import { type Chained, erased, unsealed } from './sealing.ts';
import { openSearchRewriter } from './search-texts.ts';

/** So many events in one transaction: the journal's writer waits no longer than that takes. */
const together = 200;
/** A run ends by then, and says that there is more. */
const longestRunMs = 10_000;

interface Row extends Chained {
  readonly sequence: number;
  readonly dated: number;
}

/**
 * Deletes personal data that is older than the policy keeps it, from the events and from what is searched; their chained text stays
 * as it is. SQLite overwrites what was there (`secure_delete`). Called in a worker, with a connection of its own.
 */
export function eraseDue({
  dataDir,
  retention,
  nowMs,
}: {
  dataDir: string;
  retention: RetentionPolicy;
  nowMs: number;
}): {
  readonly events: number;
  readonly done: boolean;
} {
  const db = connect(join(dataDir, 'journal.sqlite'));
  try {
    db.pragma('busy_timeout = 10000');
    const endsMs = Date.now() + longestRunMs;
    const erase = openEraser(db, retention, nowMs);
    let events = 0;
    let done = false;
    for (let from: Row | null = null; !done && Date.now() < endsMs; ) {
      const page: { last: Row | undefined; changed: number } = erase(from);
      events += page.changed;
      from = page.last ?? null;
      done = page.last === undefined;
    }
    if (done) forgetCriteria(db, retention, nowMs);
    // What was overwritten may still stand in the log: it is brought home and cut.
    db.pragma('wal_checkpoint(TRUNCATE)');
    return { events, done };
  } finally {
    db.close();
  }
}

/** One page of events with personal data that may be due, oldest data first. */
function openEraser(db: Sqlite, retention: RetentionPolicy, nowMs: number) {
  const due = db.prepare<[number, number, number, number], Row>(
    `SELECT sequence, json, personal, dated FROM events
     WHERE personal IS NOT NULL AND dated <= ? AND (dated, sequence) > (?, ?) ORDER BY dated, sequence LIMIT ?`,
  );
  const put = db.prepare<[string | null, number]>('UPDATE events SET personal = ? WHERE sequence = ?');
  const rewrite = openSearchRewriter(db);
  return db.transaction((from: Row | null) => {
    const after = from ?? { dated: Number.MIN_SAFE_INTEGER, sequence: 0 };
    const rows = due.all(firstDue(retention, 'deleteAfterDays', nowMs), after.dated, after.sequence, together);
    let changed = 0;
    for (const { sequence, json, personal, dated } of rows) {
      if (personal === null) continue;
      const kinds = retainedKinds.filter((kind: RetainedKind) => keptAs(retention, kind, dated, nowMs) === 'deleted');
      const left = erased(personal, kinds);
      if (left === personal) continue;
      put.run(left, sequence);
      rewrite(unsealed({ json, personal: left }));
      changed += 1;
    }
    return { last: rows.at(-1), changed };
  }).immediate;
}

/** The figures go on counting the examination; by which of its target's reasons is forgotten with them. */
function forgetCriteria(db: Sqlite, retention: RetentionPolicy, nowMs: number): void {
  const beforeMs = nowMs - retention.texts.deleteAfterDays * 86_400_000;
  db.prepare("UPDATE figure_examinations SET criteria = '[]' WHERE requested < ? AND criteria <> '[]'").run(beforeMs);
}
