import type { AlarmPolicy } from '../../domain/alarm-policy.ts';
import { type AlarmTally, deviceFigures, totalsOf } from '../../domain/figures/alarms.ts';
import { type ExaminationCase, examinationFigures } from '../../domain/figures/examinations.ts';
import type { AlarmFigures, PeriodFigures } from '../../domain/figures/figures.ts';
import { type MatchTally, matchFigures } from '../../domain/figures/matches.ts';
import { type FloodTime, intervalMs, type LaneInterval, ratesOf } from '../../domain/figures/rates.ts';
import { shareOf, spreadOf } from '../../domain/figures/shares.ts';
import { openDatabase, type Sqlite } from './database.ts';

export interface FigureQuery {
  readonly fromMs: number;
  readonly toMs: number;
  /** A period that goes on ends here, as far as lengths and lateness go. */
  readonly nowMs: number;
  readonly policy: AlarmPolicy;
}

/** Run in a thread of its own: a million alarms take seconds. */
export function readFigures({ dataDir, query }: { dataDir: string; query: FigureQuery }): PeriodFigures {
  const db = openDatabase(dataDir, { readOnly: true });
  try {
    // One transaction: all figures are of one moment.
    return db.transaction(() => periodFigures(db, query))();
  } finally {
    db.close();
  }
}

function periodFigures(db: Sqlite, query: FigureQuery): PeriodFigures {
  const tallies = alarmTallies(db, query);
  return {
    alarms: alarmFigures(db, query, tallies),
    devices: [...deviceFigures(tallies)],
    examinations: examinationFigures(examinationCases(db, query), query.nowMs),
    matches: matchFigures(
      rowsOf<MatchTally>(
        db,
        query,
        `SELECT method, originator, verdict, count(*) AS matches FROM figure_matches
         WHERE at >= ? AND at < ? GROUP BY method, originator, verdict`,
      ),
    ),
  };
}

function alarmFigures(db: Sqlite, query: FigureQuery, tallies: readonly AlarmTally[]): AlarmFigures {
  const { fromMs, toMs, nowMs, policy } = query;
  const { unanswered, undisposed, ...totals } = totalsOf(tallies);
  const intervals = rowsOf<LaneInterval>(
    db,
    query,
    `SELECT lane AS laneId, at / ${intervalMs} AS interval, count(*) AS alarms FROM figure_annunciations
     WHERE at >= ? AND at < ? GROUP BY lane, interval`,
  );
  const rates = ratesOf(policy, Math.max(0, Math.min(toMs, nowMs) - fromMs), intervals, floodTimes(db, query));
  const announced = intervals.reduce((sum, { alarms }) => sum + alarms, 0);
  const top = rowsOf<AlarmFigures['chatteringSources'][number]>(
    db,
    query,
    `SELECT device AS deviceId, what, count(*) AS alarms FROM figure_annunciations
     WHERE at >= ? AND at < ? GROUP BY device, what ORDER BY alarms DESC, device, what LIMIT 10`,
  );
  const chatteringSources = rowsOf<AlarmFigures['chatteringSources'][number]>(
    db,
    query,
    `SELECT device AS deviceId, what, count(*) AS alarms FROM figure_alarms
     WHERE at >= ? AND at < ? AND chattering = 1
     GROUP BY device, what ORDER BY alarms DESC, device, what LIMIT 100`,
  );
  return {
    ...totals,
    ...rates,
    timeToAcknowledge: { ...spreadOf(durations(db, query, 'acknowledged_after')), unanswered },
    timeToDispose: { ...spreadOf(durations(db, query, 'disposed_after')), undisposed },
    topSources: top.map((source) => ({ ...source, share: shareOf(source.alarms, announced) })),
    chatteringSources: [...chatteringSources],
  };
}

function alarmTallies(db: Sqlite, query: FigureQuery): readonly AlarmTally[] {
  interface Row extends Omit<AlarmTally, 'detection' | 'historical'> {
    readonly detection: number;
    readonly historical: number;
  }
  return rowsOf<Row>(
    db,
    query,
    `SELECT device AS deviceId, priority, class, detection, historical, count(*) AS alarms,
       sum(acknowledged_after IS NULL) AS unanswered, sum(chattering) AS chattering, sum(stale) AS stale
     FROM figure_alarms WHERE at >= ? AND at < ? GROUP BY device, priority, class, detection, historical`,
  ).map((row) => ({ ...row, detection: row.detection === 1, historical: row.historical === 1 }));
}

/** What is long over cannot be answered in time. */
function durations(db: Sqlite, { fromMs, toMs }: FigureQuery, column: 'acknowledged_after' | 'disposed_after') {
  const sql = `SELECT ${column} FROM figure_alarms WHERE at >= ? AND at < ? AND historical = 0 AND ${column} IS NOT NULL`;
  return db.prepare<[number, number], number>(sql).pluck().all(fromMs, toMs);
}

function floodTimes(db: Sqlite, { fromMs, toMs, nowMs }: FigureQuery): readonly FloodTime[] {
  const endMs = Math.min(toMs, nowMs);
  return db
    .prepare<number[], FloodTime>(
      `SELECT position, min(coalesce(ended, ?), ?) - max(began, ?) AS ms FROM figure_floods
       WHERE began < ? AND coalesce(ended, ?) > ?`,
    )
    .all(endMs, endMs, fromMs, endMs, endMs, fromMs);
}

function examinationCases(db: Sqlite, query: FigureQuery): readonly ExaminationCase[] {
  interface Row extends Omit<ExaminationCase, 'criteria' | 'deliveryLate'> {
    readonly criteria: string;
    readonly deliveryLate: number;
  }
  return rowsOf<Row>(
    db,
    query,
    `SELECT state, requested AS requestedMs, due AS dueMs, result AS resultMs, code, delivery_late AS deliveryLate,
       reason, lane AS laneId, originator, criteria
     FROM figure_examinations WHERE at >= ? AND at < ?`,
  ).map((row) => ({ ...row, deliveryLate: row.deliveryLate === 1, criteria: JSON.parse(row.criteria) as string[] }));
}

function rowsOf<T>(db: Sqlite, { fromMs, toMs }: FigureQuery, sql: string): readonly T[] {
  return db.prepare<[number, number], T>(sql).all(fromMs, toMs);
}
