import type { Alarm } from '../../domain/alarm.ts';
import { isUnanswered } from '../../domain/desk/alarm-machine.ts';
import { counts, whatOf } from '../../domain/desk/raises.ts';
import type { FloodFact } from '../../domain/event.ts';
import type { Examination } from '../../domain/examination.ts';
import type { Passage } from '../../domain/passage.ts';
import type { Target } from '../../domain/target.ts';
import type { Sqlite } from './database.ts';
import { type Chained, unsealed } from './sealing.ts';

/** Writes what is counted in figures; runs inside the event's own transaction. Only what is operational is. */
export interface FigureRows {
  alarm(alarm: Alarm, raised: boolean, sequence: number): void;
  passage(passage: Passage): void;
  examination(examination: Examination): void;
  flood(fact: FloodFact, began: boolean): void;
}

export function openFigureRows(db: Sqlite): FigureRows {
  const former = db
    .prepare<[number, string], number>('SELECT active FROM figure_alarms WHERE at = ? AND id = ?')
    .pluck();
  const putAlarm = db.prepare(
    `INSERT INTO figure_alarms VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (at, id) DO UPDATE SET
       priority = excluded.priority, active = excluded.active, class = excluded.class,
       chattering = max(chattering, excluded.chattering), stale = max(stale, excluded.stale),
       acknowledged_after = coalesce(acknowledged_after, excluded.acknowledged_after),
       disposed_after = excluded.disposed_after`,
  );
  const announce = db.prepare('INSERT OR REPLACE INTO figure_annunciations VALUES (?, ?, ?, ?, ?)');
  const beginFlood = db.prepare('INSERT OR REPLACE INTO figure_floods VALUES (?, ?, NULL)');
  const endFlood = db.prepare('UPDATE figure_floods SET ended = ? WHERE position = ? AND ended IS NULL');
  const putExamination = db.prepare(
    `INSERT INTO figure_examinations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET
       at = excluded.at, state = excluded.state, result = excluded.result, code = excluded.code, lane = excluded.lane,
       delivery_late = excluded.delivery_late`,
  );
  const known = db.prepare<[string], number>('SELECT 1 FROM figure_examinations WHERE id = ?').pluck();
  const targetOf = db.prepare<[string], Chained>(
    'SELECT json, personal FROM targets JOIN events ON sequence = event WHERE id = ?',
  );
  const criteriaOf = (targetId: string): string => {
    const row = targetOf.get(targetId);
    return JSON.stringify(row === undefined ? [] : (unsealed(row).data as Target).reasons);
  };
  const putMatch = db.prepare(
    `INSERT INTO figure_matches VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (at, id) DO UPDATE SET method = excluded.method, verdict = excluded.verdict`,
  );

  return {
    alarm: (alarm, raised, sequence) => {
      if (alarm.mode !== 'operational') return;
      const { id, deviceId, laneId, priority, historical, active, acknowledged, disposition, marks = [] } = alarm;
      const at = Date.parse(alarm.raisedAt);
      const what = whatOf(alarm);
      const detection = alarm.evidence.kind !== 'condition';
      // As the desk counts an operator's load (raises.ts): a detection once, a condition each time it comes.
      const anew = raised || (!detection && active && former.get(at, id) === 0);
      if (anew && counts(alarm) && isUnanswered(alarm.state)) {
        announce.run(Date.parse(alarm.updatedAt), sequence, laneId, deviceId, what);
      }
      const after = (then: { at: string } | null) => (then === null ? null : Math.max(0, Date.parse(then.at) - at));
      const flags = [detection, historical, active, marks.includes('chattering'), marks.includes('stale')].map(Number);
      const answers = [after(acknowledged), after(disposition), disposition?.class ?? null];
      putAlarm.run(at, id, deviceId, what, priority, ...flags, ...answers);
    },
    passage: ({ mode, matches }) => {
      if (mode !== 'operational') return;
      for (const { id, proposedAt, method, target, verdict } of matches) {
        putMatch.run(Date.parse(proposedAt), id, method, target.originator, verdict?.verdict ?? null);
      }
    },
    examination: (examination) => {
      if (examination.mode !== 'operational') return;
      const { id, state, dueAt, requested, result, overdueAt, reason, laneId, target, targetId } = examination;
      const settled = state === 'missed' || state === 'cancelled' ? examination.updatedAt : (result?.at ?? dueAt);
      // The criteria of the target as they were when it was asked for.
      const criteria = targetId === null || known.get(id) !== undefined ? '[]' : criteriaOf(targetId);
      const [at, requestedMs, due] = [settled, requested.at, dueAt].map(Date.parse);
      const resulted = result === null ? null : Date.parse(result.at);
      const late = overdueAt.delivery === null ? 0 : 1;
      const about = [reason, laneId, target?.originator ?? null, criteria];
      putExamination.run(id, at, requestedMs, due, state, resulted, result?.code ?? null, late, ...about);
    },
    flood: ({ position, at }, began) => {
      if (began) beginFlood.run(position, Date.parse(at));
      else endFlood.run(Date.parse(at), position);
    },
  };
}
