import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { closing, deskBench, gamma, identity, keepMs, read, targetInput } from '../../../tests/support/desk-bench.ts';
import { restartedState } from '../../../tests/support/restarted-desk.ts';
import { toCloudEvent } from '../../domain/cloud-event.ts';
import { apply } from '../../domain/desk/apply.ts';
import { emptyState } from '../../domain/desk/state.ts';
import { systemClock } from '../../runtime/system-clock.ts';
import { openDatabase } from './database.ts';
import { openJournal } from './journal.ts';
import { migrations } from './migrations.ts';
import { standingEvents } from './standing.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lanewatch-standing-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

type Bench = ReturnType<typeof deskBench>;

function truck(bench: Bench, number: number): void {
  bench.see('container', 'ocr', identity(`r${number}`, [read('container', 'CSQU3054383')], bench.nowMs()));
  bench.see('container', 'rpm', { type: 'occupancy-opened', complete: true, observedAtMs: bench.nowMs() });
  bench.see('container', 'rpm', gamma(bench.nowMs(), 1));
  bench.see('container', 'rpm', closing(bench.nowMs()));
  const alarmId = bench.alarms().at(-1)?.id ?? '';
  bench.tell({ type: 'dispose', alarmId, class: 'innocent', code: 'norm' });
  bench.atS += 60;
  bench.feed({ type: 'tick' });
}

test('a desk starts from as many events after a day as after an hour', async () => {
  const bench = deskBench();
  bench.tell({ type: 'put-target', target: targetInput() });
  const counts: number[] = [];
  const db = openDatabase(folder);
  const journal = openJournal(db, 'post', systemClock);
  let written = 0;
  for (const hours of [3, 9]) {
    for (let minute = 0; minute < hours * 60; minute += 1) truck(bench, bench.events.length);
    await journal.append(bench.events.slice(written), []);
    written = bench.events.length;
    counts.push([...standingEvents(db, keepMs)].length);
  }
  db.close();
  expect(counts[1]).toBe(counts[0]);
  expect(counts[0]).toBeLessThan(bench.events.length / 10);
});

test('an alarm that has been answered is at hand as long as its passage is', async () => {
  const bench = deskBench();
  truck(bench, 1);
  expect(bench.alarms().map(({ state }) => state)).toEqual(['normal']);
  expect(await restartedState(bench.events, keepMs)).toEqual(bench.state);
});

test('a journal from before there was a list of what stands is brought up to it', () => {
  const bench = deskBench();
  const fault = { type: 'condition', severity: 'error', text: 'mains', observedAtMs: bench.nowMs() } as const;
  bench.see('vehicle', 'rpm', { ...fault, code: 'power-fail', active: true });
  bench.see('vehicle', 'rpm', { ...fault, code: 'tamper', active: true });
  bench.see('vehicle', 'rpm', { ...fault, code: 'tamper', active: false });
  bench.tell({ type: 'put-target', target: targetInput() });
  truck(bench, 1);
  bench.feed({ type: 'link', deviceId: 'rpm', laneId: 'container', state: 'online', reason: null });

  const old = new Database(join(folder, 'journal.sqlite'));
  for (const step of migrations.slice(0, 2)) old.exec(step);
  const insert = old.prepare('INSERT INTO events VALUES (?, ?, ?, zeroblob(32), zeroblob(32))');
  for (const event of bench.events) insert.run(event.sequence, event.type, JSON.stringify(toCloudEvent(event, 'post')));
  for (const [table, columns] of [
    ['alarms', `'state', 'container', 'high', 'gamma', 'at', 'search'`],
    ['passages', `'container', 'at'`],
    ['targets', `'active', 'at', 'search'`],
    ['matches', ''],
  ] as const) {
    old.exec(`INSERT INTO ${table} SELECT json_extract(json, '$.data.id'), max(sequence)${columns === '' ? '' : `, ${columns}`}
      FROM events WHERE json_extract(json, '$.subject') LIKE '${table}/%' GROUP BY 1`);
  }
  old.pragma('user_version = 2');
  old.close();

  const db = openDatabase(folder);
  const state = emptyState(keepMs);
  for (const event of standingEvents(db, keepMs)) apply(state, event);
  db.close();
  expect({ ...state, sequence: bench.state.sequence }).toEqual(bench.state);
});
