import type { Examination } from '../../domain/examination.ts';
import type { Records, WorkQueue } from '../../ports/journal.ts';
import type { Sqlite } from './database.ts';

/** Writes what an examination's event changes; runs inside the event's own transaction. */
export function openExaminationProjection(db: Sqlite): (examination: Examination, sequence: number) => void {
  const put = db.prepare(
    `INSERT INTO examinations (id, event, state, unit, kind, reason, assignee, overdue, alarm, target, passage, at, due)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET
       event = excluded.event, state = excluded.state, assignee = excluded.assignee, overdue = excluded.overdue,
       passage = excluded.passage`,
  );
  const use = db.prepare('INSERT INTO attachment_uses (sha256, examination) VALUES (?, ?) ON CONFLICT DO NOTHING');
  return (examination, sequence) => {
    const { id, state, unit, kind, reason, assignee, alarmId, targetId, passageId } = examination;
    const overdue = examination.overdue ? 1 : 0;
    const at = examination.requested.at;
    const about = [alarmId, targetId, passageId];
    put.run(id, sequence, state, unit, kind, reason, assignee, overdue, ...about, at, examination.dueAt);
    for (const sha256 of examination.result?.attachments ?? []) use.run(sha256, id);
  };
}

/** What is asked about examinations beside their lists. */
export function openExaminationRecords(db: Sqlite): Pick<Records, 'workQueues' | 'examinationsWith'> {
  const queues = db.prepare<[], WorkQueue>(
    `SELECT unit,
       sum(state = 'requested') AS requested, sum(state = 'accepted') AS accepted, sum(state = 'started') AS started,
       sum(overdue) AS overdue, min(due) AS nextDueAt, min(at) AS oldestRequestedAt
     FROM examinations WHERE state IN ('requested', 'accepted', 'started') GROUP BY unit ORDER BY unit`,
  );
  const uses = db.prepare<[string], string>('SELECT examination FROM attachment_uses WHERE sha256 = ?').pluck();
  return { workQueues: () => queues.all(), examinationsWith: (sha256) => uses.all(sha256) };
}
