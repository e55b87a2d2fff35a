import { fromCloudEvent } from '../../domain/cloud-event.ts';
import { genesis, linkHash } from './chain.ts';
import type { Sqlite } from './database.ts';
import { seal } from './sealing.ts';

/** So many events at once: no iterator of the database stays open while its tables are written. */
const pageLength = 1_000;

interface Row {
  readonly sequence: number;
  readonly json: string;
  readonly hash: Buffer;
}

/**
 * Takes personal data out of the chained text of a journal from before it was kept apart, where a step of the schema has asked for
 * it. From the first event with any the chain has other hashes than before. All or nothing; a chain that was broken stays so.
 */
export function resealEvents(db: Sqlite): void {
  const asked = db.prepare<[], number>('SELECT count(*) FROM resealings').pluck();
  if (asked.get() === 0) return;
  const page = db.prepare<[number, number], Row>(
    'SELECT sequence, json, hash FROM events WHERE sequence > ? ORDER BY sequence LIMIT ?',
  );
  const put = db.prepare(
    'UPDATE events SET json = ?, personal = ?, dated = ?, previous = ?, hash = ? WHERE sequence = ?',
  );
  db.transaction(() => {
    let before: Buffer = genesis;
    let previous: Buffer = genesis;
    for (let after = 0; ; ) {
      const rows = page.all(after, pageLength);
      for (const { sequence, json, hash } of rows) {
        const { personal, dated, ...sealed } = seal(fromCloudEvent(json), json);
        // What did not fit its hash before must not fit it now.
        const next = linkHash(before, json).equals(hash) ? linkHash(previous, sealed.json) : hash;
        put.run(sealed.json, personal, dated, previous, next, sequence);
        before = hash;
        previous = next;
      }
      const last = rows.at(-1);
      if (last === undefined) break;
      after = last.sequence;
    }
    db.exec('DELETE FROM resealings');
  })();
  // Pages that were split once still hold pieces of what stood there: the file is written anew.
  db.exec('VACUUM');
}
