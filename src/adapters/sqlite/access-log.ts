import type { DomainEvent } from '../../domain/event.ts';
import { LanewatchError } from '../../errors.ts';
import type { AccessLog, AccessRecord } from '../../ports/audit.ts';
import type { Sqlite } from './database.ts';
import { type Chained, unsealed } from './sealing.ts';

type AccessEvent = Extract<DomainEvent, { type: 'lanewatch.access.granted' | 'lanewatch.access.denied' }>;

/** Writes the row by which an entry is found; runs inside the event's own transaction. */
export function openAccessProjection(db: Sqlite): (event: AccessEvent) => void {
  const put = db.prepare('INSERT INTO access_log (event, at, by, action, granted) VALUES (?, ?, ?, ?, ?)');
  const name = db.prepare('INSERT INTO access_subjects (subject, event) VALUES (?, ?) ON CONFLICT DO NOTHING');
  return ({ sequence, type, recordedAt, data: { by, action, subjects } }) => {
    put.run(sequence, recordedAt, by, action, type === 'lanewatch.access.granted' ? 1 : 0);
    for (const subject of subjects) name.run(subject, sequence);
  };
}

/** The record of access, newest first. */
export function openAccessLog(db: Sqlite): AccessLog {
  return {
    page: ({ limit, cursor, granted, ...query }) => {
      const asked: readonly (readonly [string, string | number | undefined])[] = [
        ['event < ?', cursor === undefined ? undefined : sequenceOf(cursor)],
        ['by = ?', query.by],
        ['action = ?', query.action],
        ['event IN (SELECT event FROM access_subjects WHERE subject = ?)', query.subject],
        ['granted = ?', granted === undefined ? undefined : Number(granted)],
        ['at >= ?', query.from],
        ['at < ?', query.to],
      ];
      const conditions = asked.filter(([, value]) => value !== undefined);
      const where = ['TRUE', ...conditions.map(([condition]) => condition)].join(' AND ');
      const rows = db
        .prepare<unknown[], Chained & { event: number }>(
          `SELECT event, json, personal FROM access_log JOIN events ON sequence = event WHERE ${where} ORDER BY event DESC LIMIT ?`,
        )
        .all(...conditions.map(([, value]) => value), limit + 1);
      const shown = rows.slice(0, limit);
      return {
        items: shown.map(recordOf),
        next: rows.length > limit ? String(shown.at(-1)?.event) : null,
      };
    },
  };
}

function recordOf(row: Chained): AccessRecord {
  const { sequence, recordedAt, type, data } = unsealed(row) as AccessEvent;
  return { sequence, at: recordedAt, granted: type === 'lanewatch.access.granted', ...data };
}

function sequenceOf(cursor: string): number {
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor);
  throw new LanewatchError('cursor-unknown', 'the cursor is not one that a list of ours gave');
}
