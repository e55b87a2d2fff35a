import type { Alarm } from '../../domain/alarm.ts';
import type { Examination } from '../../domain/examination.ts';
import type { Match } from '../../domain/match.ts';
import type { Passage } from '../../domain/passage.ts';
import type { Target } from '../../domain/target.ts';
import { LanewatchError } from '../../errors.ts';
import type { Page, PageQuery, Records } from '../../ports/journal.ts';
import type { Sqlite } from './database.ts';
import { openExaminationRecords } from './examinations.ts';
import { type Chained, unsealed } from './sealing.ts';

type Table = 'alarms' | 'passages' | 'targets' | 'matches' | 'examinations';
interface Row extends Chained {
  readonly id: string;
  readonly at: string;
}

/** One condition of a query; left out when it asks for nothing. */
interface Condition {
  readonly sql: string;
  readonly values: readonly string[];
}

/** By which column, which way; ids break the tie. */
interface Order {
  readonly column: 'at' | 'due';
  readonly way: 'ASC' | 'DESC';
}
const newestFirst: Order = { column: 'at', way: 'DESC' };

/** The projections on SQLite, newest first, paged by (time, id) so that a page is as cheap at the end as at the start. */
export function openRecords(db: Sqlite): Records {
  const one = <T>(table: Table, id: string): T | undefined => {
    const row = db
      .prepare<[string], Row>(
        `SELECT json, personal FROM ${table} JOIN events ON sequence = event WHERE ${table}.id = ?`,
      )
      .get(id);
    return row === undefined ? undefined : bodyOf<T>(row);
  };
  const list = <T>(
    table: Table,
    query: PageQuery,
    asked: readonly (Condition | null)[],
    order = newestFirst,
  ): Page<T> => {
    const { column, way } = order;
    const conditions = [...asked, after(query.cursor, order)].filter((condition) => condition !== null);
    const where = conditions.length === 0 ? '' : `WHERE ${conditions.map((condition) => condition.sql).join(' AND ')}`;
    const sql = `SELECT ${table}.id, ${column} AS at, json, personal FROM ${table} JOIN events ON sequence = event ${where} ORDER BY ${column} ${way}, ${table}.id ${way} LIMIT ?`;
    const values = conditions.flatMap((condition) => condition.values);
    const rows = db.prepare<unknown[], Row>(sql).all(...values, query.limit + 1);
    const shown = rows.slice(0, query.limit);
    const last = shown.at(-1);
    const next = rows.length > query.limit && last !== undefined ? cursorOf(last) : null;
    return { items: shown.map((row) => bodyOf<T>(row)), next };
  };
  // Asked for with every target that is new to the desk, a million in an import.
  const ended = db
    .prepare<[string, string], string>(
      `SELECT id FROM targets WHERE originator = ? AND reference = ? AND state <> 'active'`,
    )
    .pluck();
  return {
    alarms: (query) =>
      list<Alarm>('alarms', query, [
        oneOf('state', query.state),
        oneOf('priority', query.priority),
        oneOf('signal', query.signal),
        compare('lane =', query.lane),
        compare('at >=', query.from),
        compare('at <', query.to),
        contains(query.q),
      ]),
    alarm: (id) => one<Alarm>('alarms', id),
    passages: (query) =>
      list<Passage>('passages', query, [
        compare('lane =', query.lane),
        compare('at >=', query.from),
        compare('at <', query.to),
        query.open === undefined ? null : { sql: `closed IS ${query.open ? '' : 'NOT '}NULL`, values: [] },
        contains(query.q),
      ]),
    passage: (id) => one<Passage>('passages', id),
    targets: (query) => list<Target>('targets', query, [compare('state =', query.state), contains(query.q)]),
    target: (id) => one<Target>('targets', id),
    endedTarget: (originator, reference) => {
      const id = ended.get(originator, reference);
      return id === undefined ? undefined : one<Target>('targets', id);
    },
    match: (id) => one<Match>('matches', id),
    examinations: ({ order, ...query }) =>
      list<Examination>(
        'examinations',
        query,
        [
          oneOf('state', query.state),
          compare('unit =', query.unit),
          oneOf('kind', query.kind),
          oneOf('reason', query.reason),
          compare('assignee =', query.assignee),
          compare('overdue =', query.overdue === undefined ? undefined : query.overdue ? '1' : '0'),
          compare('alarm =', query.alarm),
          compare('target =', query.target),
          compare('passage =', query.passage),
        ],
        order === 'due' ? { column: 'due', way: 'ASC' } : newestFirst,
      ),
    examination: (id) => one<Examination>('examinations', id),
    ...openExaminationRecords(db),
    atOnce: (work) => db.transaction(work)(),
  };
}

function bodyOf<T>(row: Row): T {
  return unsealed(row).data as T;
}

function oneOf(column: string, values: readonly string[] | undefined): Condition | null {
  if (values === undefined || values.length === 0) return null;
  return { sql: `${column} IN (${values.map(() => '?').join(', ')})`, values };
}

function compare(column: string, value: string | undefined): Condition | null {
  return value === undefined ? null : { sql: `${column} ?`, values: [value] };
}

function contains(text: string | undefined): Condition | null {
  return text === undefined || text === '' ? null : { sql: 'instr(search, ?) > 0', values: [text.toLowerCase()] };
}

function cursorOf(row: Row): string {
  return Buffer.from(JSON.stringify([row.at, row.id])).toString('base64url');
}

function after(cursor: string | undefined, { column, way }: Order): Condition | null {
  if (cursor === undefined) return null;
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(parts) && parts.length === 2 && parts.every((part) => typeof part === 'string')) {
      return { sql: `(${column}, id) ${way === 'DESC' ? '<' : '>'} (?, ?)`, values: parts };
    }
  } catch (error) {
    throw new LanewatchError('cursor-unknown', 'the cursor is not one that a list of ours gave', { cause: error });
  }
  throw new LanewatchError('cursor-unknown', 'the cursor is not one that a list of ours gave');
}
