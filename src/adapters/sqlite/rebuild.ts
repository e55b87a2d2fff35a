import type { Sqlite } from './database.ts';
import { openProjections } from './projections.ts';
import { type Chained, unsealed } from './sealing.ts';

/** So many events at once: no iterator of the database stays open while its tables are written. */
const pageLength = 1_000;

/** Writes the projections anew from the events, where a step of the schema has asked for it. All or nothing. */
export function rebuildProjections(db: Sqlite): void {
  const asked = db.prepare<[], number>('SELECT count(*) FROM rebuilds').pluck();
  if (asked.get() === 0) return;
  const project = openProjections(db);
  const page = db.prepare<[number, number], Chained & { sequence: number }>(
    'SELECT sequence, json, personal FROM events WHERE sequence > ? ORDER BY sequence LIMIT ?',
  );
  db.transaction(() => {
    for (let after = 0; ; ) {
      const rows = page.all(after, pageLength);
      for (const row of rows) project(unsealed(row));
      const last = rows.at(-1);
      if (last === undefined) break;
      after = last.sequence;
    }
    db.exec('DELETE FROM rebuilds');
  })();
}
