import { fromCloudEvent } from '../../domain/cloud-event.ts';
import { mostPerLane } from '../../domain/desk/forget.ts';
import type { DomainEvent } from '../../domain/event.ts';
import type { Passage } from '../../domain/passage.ts';
import type { Sqlite } from './database.ts';

/**
 * The events a desk starts from: of everything that is still at hand the newest, which carries it whole. Applied in this
 * order they leave the state of a desk that never stopped, in a time that does not depend on how long the journal is.
 * `keepMs`: how long closed passages stay at hand (src/domain/desk/forget.ts).
 */
export function* standingEvents(db: Sqlite, keepMs: number): IterableIterator<DomainEvent> {
  const alarmIds: string[] = [];
  const matchIds: string[] = [];
  for (const event of passagesAtHand(db, keepMs)) {
    const passage = event.data as Passage;
    alarmIds.push(...passage.alarmIds);
    matchIds.push(...passage.matches.map(({ id }) => id));
    yield event;
  }
  yield* alarmsAtHand(db, alarmIds);
  const match = db.prepare<[string], number>('SELECT event FROM matches WHERE id = ?').pluck();
  yield* eventsOf(
    db,
    matchIds.flatMap((id) => match.get(id) ?? []),
  );
  yield* eventsOf(db, ascending(numbersIn(db, 'targets')));
  yield* examinationsAtHand(db, keepMs);
  yield* eventsOf(db, ascending(numbersIn(db, 'standing')));
}

/** In the order in which they opened: of each lane all since the oldest that is open or closed lately, within bounds. */
function* passagesAtHand(db: Sqlite, keepMs: number): IterableIterator<DomainEvent> {
  const newest = db.prepare<[], number | null>('SELECT max(first) FROM passages').pluck().get();
  const [last] = [...eventsOf(db, newest == null ? [] : [newest])];
  if (last === undefined) return;
  const since = new Date(Date.parse(last.recordedAt) - keepMs).toISOString();
  const lanes = db
    .prepare<[string], { lane: string; oldest: number }>(
      'SELECT lane, min(first) AS oldest FROM passages WHERE closed IS NULL OR closed > ? GROUP BY lane',
    )
    .all(since);
  const bound = db
    .prepare<[string, number], number>('SELECT first FROM passages WHERE lane = ? ORDER BY first DESC LIMIT 1 OFFSET ?')
    .pluck();
  const open = db
    .prepare<[string], number | null>('SELECT min(first) FROM passages WHERE lane = ? AND closed IS NULL')
    .pluck();
  const from = lanes.map(({ lane, oldest }) => {
    const bounded = Math.min(bound.get(lane, mostPerLane) ?? 0, open.get(lane) ?? Number.MAX_SAFE_INTEGER);
    return { lane, first: Math.max(oldest, bounded) };
  });
  const ofLane = db.prepare<[string, number], { first: number; event: number }>(
    'SELECT first, event FROM passages WHERE lane = ? AND first >= ?',
  );
  const found = from.flatMap(({ lane, first }) => ofLane.all(lane, first));
  const inOrder = found.sort((a, b) => a.first - b.first).map(({ event }) => event);
  yield* eventsOf(db, inOrder);
}

/**
 * Those that wait for an answer or are active, and every one of a passage that is at hand; the last raised first: an old one
 * that was reopened does not take its place.
 */
function* alarmsAtHand(db: Sqlite, ofPassages: readonly string[]): IterableIterator<DomainEvent> {
  const columns = 'SELECT event, at FROM alarms WHERE';
  const waiting = db.prepare<[], AlarmRow>(`${columns} state <> 'normal'`).all();
  const ofPassage = db.prepare<[string], AlarmRow>(`${columns} id = ?`);
  const rows = new Map([...waiting, ...ofPassages.flatMap((id) => ofPassage.all(id))].map((row) => [row.event, row]));
  const order = [...rows.values()].sort((a, b) => (a.at === b.at ? b.event - a.event : a.at < b.at ? 1 : -1));
  yield* eventsOf(
    db,
    order.map(({ event }) => event),
  );
}

interface AlarmRow {
  readonly event: number;
  readonly at: string;
}

/** Those that go on, and those that ended lately; no later than the last, as the desk forgets them with each that comes. */
function* examinationsAtHand(db: Sqlite, keepMs: number): IterableIterator<DomainEvent> {
  const newest = db.prepare<[], number | null>('SELECT max(event) FROM examinations').pluck().get();
  const [last] = [...eventsOf(db, newest == null ? [] : [newest])];
  if (last === undefined) return;
  const since = new Date(Date.parse(last.recordedAt) - keepMs).toISOString();
  const numbers = db
    .prepare<[number], number>(
      `SELECT event FROM examinations WHERE state IN ('requested', 'accepted', 'started', 'resulted') OR event >= ?`,
    )
    .pluck()
    .all(firstAfter(db, since));
  yield* eventsOf(db, ascending(numbers));
}

/** The first event recorded after a moment, by halving: an index of times for this alone would cost every append. */
function firstAfter(db: Sqlite, since: string): number {
  const recorded = db
    .prepare<[number], string>(`SELECT json_extract(json, '$.recordedtime') FROM events WHERE sequence = ?`)
    .pluck();
  let low = 1;
  let high = (db.prepare<[], number | null>('SELECT max(sequence) FROM events').pluck().get() ?? 0) + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((recorded.get(middle) ?? '') > since) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The events of these numbers, in their order. No iterator of the database stays open between them. */
function* eventsOf(db: Sqlite, numbers: readonly number[]): IterableIterator<DomainEvent> {
  const json = db.prepare<[number], string>('SELECT json FROM events WHERE sequence = ?').pluck();
  for (const number of numbers) {
    const text = json.get(number);
    if (text !== undefined) yield fromCloudEvent(text);
  }
}

function ascending(numbers: readonly number[]): readonly number[] {
  return numbers.toSorted((a, b) => a - b);
}

function numbersIn(db: Sqlite, table: 'targets' | 'standing'): readonly number[] {
  return db.prepare<[], number>(`SELECT event FROM ${table}`).pluck().all();
}
