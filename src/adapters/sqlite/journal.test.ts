import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { deskBench, gamma, identity, read, targetInput } from '../../../tests/support/desk-bench.ts';
import { fromCloudEvent } from '../../domain/cloud-event.ts';
import type { StoredEvent } from '../../ports/journal.ts';
import { systemClock } from '../../runtime/system-clock.ts';
import { verifyChain } from './chain.ts';
import { lockDataDir, openDatabase, type Sqlite } from './database.ts';
import { openJournal } from './journal.ts';
import { migrations } from './migrations.ts';
import { openRecords } from './records.ts';

let folder: string;
let db: Sqlite;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lanewatch-journal-'));
  db = openDatabase(folder);
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

/** A morning of real facts: a target, a read, an occupancy with an alarm, answered. */
function morning() {
  const bench = deskBench();
  bench.tell({ type: 'put-target', target: targetInput() });
  bench.see('container', 'ocr', identity('r1', [read('container', 'CSQU3054383')], bench.nowMs()));
  bench.see('container', 'rpm', gamma(bench.nowMs(), 1));
  bench.tell({ type: 'acknowledge', alarmId: bench.alarms()[0]?.id ?? '' });
  return bench;
}
const open = () => openJournal(db, 'post', systemClock);

describe('append and read', () => {
  test('what goes in comes out, in order, as it was', async () => {
    const { events } = morning();
    const journal = open();
    const stored = await journal.append(events, []);
    expect(stored.map(({ sequence }) => sequence)).toEqual(events.map(({ sequence }) => sequence));
    expect(journal.head().sequence).toBe(events.length);
    expect(stored.map(({ json }) => fromCloudEvent(json))).toEqual(events);
    const text = ({ sequence, type, json }: StoredEvent) => ({ sequence, type, event: fromCloudEvent(json) });
    expect(journal.read({ after: 0, limit: 1_000 }).map(text)).toEqual(stored.map(text));
    expect(journal.read({ after: 2, limit: 1 }).map(({ sequence }) => sequence)).toEqual([3]);
    expect(open().head(), 'opened again').toEqual(journal.head());
  });

  test('types are exact, or prefixes that end in a star', async () => {
    const journal = open();
    await journal.append(morning().events, []);
    const types = (...asked: string[]) => journal.read({ after: 0, limit: 100, types: asked }).map(({ type }) => type);
    expect(types('lanewatch.alarm.raised')).toEqual(['lanewatch.alarm.raised']);
    expect(new Set(types('lanewatch.alarm.*'))).toEqual(
      new Set(['lanewatch.alarm.raised', 'lanewatch.alarm.acknowledged']),
    );
    expect(types('lanewatch.alarm')).toEqual([]);
    expect(types('nothing.*', 'lanewatch.target.*')).toEqual(['lanewatch.target.added']);
  });

  test('an append that fails leaves nothing: no event, no projection, no receipt', async () => {
    const { events } = morning();
    const journal = open();
    const gap = [...events.slice(0, 3), ...events.slice(4)];
    await expect(journal.append(gap, [{ key: 'k', digest: 'd', status: 200, body: '{}' }])).rejects.toThrow(
      /does not follow/,
    );
    expect(journal.head().sequence).toBe(0);
    expect(openRecords(db).targets({ limit: 10 }).items).toEqual([]);
    expect(journal.receipt('k')).toBeUndefined();
    await journal.append(events, [{ key: 'k', digest: 'd', status: 200, body: '{}' }]);
    expect(journal.receipt('k')).toEqual({ key: 'k', digest: 'd', status: 200, body: '{}' });
  });
});

describe('the hash chain', () => {
  test('of an untouched journal is whole', async () => {
    const journal = open();
    expect(verifyChain(db)).toMatchObject({ ok: true, events: 0 });
    await journal.append(morning().events, []);
    expect(verifyChain(db)).toEqual({ ok: true, events: journal.head().sequence, sha256: journal.head().sha256 });
  });

  test.each([
    [
      'one changed letter',
      `UPDATE events SET json = replace(json, 'anna', 'anne') WHERE json LIKE '%anna%'`,
      /content/,
    ],
    ['a deleted row', 'DELETE FROM events WHERE sequence = 3', /3 is missing/],
    [
      'two rows swapped',
      'UPDATE events SET json = (SELECT json FROM events AS other WHERE other.sequence = 5 - events.sequence) WHERE sequence IN (2, 3)',
      /content/,
    ],
    ['a changed type', `UPDATE events SET type = 'lanewatch.alarm.updated' WHERE sequence = 4`, /columns/],
    [
      'a row written over with a hash of its own',
      `UPDATE events SET previous = zeroblob(32) WHERE sequence = 4`,
      /hash of the event before/,
    ],
  ])('%s breaks it, and it says where', async (_name, sql, problem) => {
    await open().append(morning().events, []);
    expect(db.prepare(sql).run().changes).toBeGreaterThan(0);
    const report = verifyChain(db);
    expect(report.ok === false && report.problem).toMatch(problem);
  });
});

describe('the projections', () => {
  test('hold the latest of each resource, newest first, page by page without gap or repeat', async () => {
    const bench = deskBench();
    for (let number = 0; number < 25; number += 1) {
      bench.atS += number % 3 === 0 ? 1 : 0;
      bench.tell({ type: 'put-target', target: targetInput({ reference: `FT-${number}` }) });
    }
    bench.tell({ type: 'put-target', target: targetInput({ reference: 'FT-7', risk: 'critical' }) });
    await open().append(bench.events, []);
    const records = openRecords(db);
    const seen: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = records.targets({ limit: 4, ...(cursor === undefined ? {} : { cursor }) });
      seen.push(...page.items.map(({ reference }) => reference));
      if (page.next === null) break;
      cursor = page.next;
    }
    expect(new Set(seen).size).toBe(25);
    expect(seen).toHaveLength(25);
    expect(records.targets({ limit: 100, q: 'ft-7' }).items).toMatchObject([
      { reference: 'FT-7', version: 2, risk: 'critical' },
    ]);
  });

  test('alarms by state, lane, priority, signal, time and text; an unknown cursor is refused', async () => {
    await open().append(morning().events, []);
    const records = openRecords(db);
    const found = (query: object) => records.alarms({ limit: 10, ...query }).items.length;
    for (const query of [
      {},
      { state: ['acknowledged'] },
      { lane: 'container' },
      { priority: ['high'] },
      { signal: ['gamma', 'neutron'] },
      { q: 'CSQU305' },
      { from: '2026-11-23T00:00:00Z' },
    ]) {
      expect(found(query), JSON.stringify(query)).toBe(1);
    }
    for (const query of [
      { state: ['normal'] },
      { lane: 'vehicle' },
      { priority: ['low'] },
      { signal: ['neutron'] },
      { q: 'nobody' },
      { from: '2026-11-24T00:00:00Z' },
      { to: '2026-11-23T00:00:00Z' },
    ]) {
      expect(found(query), JSON.stringify(query)).toBe(0);
    }
    expect(() => records.alarms({ limit: 10, cursor: 'bm9uc2Vuc2U' })).toThrow(/cursor/);
  });
});

describe('passages', () => {
  test.each([
    [{ lane: 'container' }, 1],
    [{ lane: 'vehicle' }, 0],
    [{ q: 'csqu305' }, 1],
    [{ q: 'TGHU' }, 0],
    [{ open: true }, 1],
    [{ open: false }, 0],
    [{ from: '2026-11-23T00:00:00Z', to: '2026-11-24T00:00:00Z' }, 1],
    [{ from: '2026-11-24T00:00:00Z' }, 0],
  ])('by %j: %i', async (query, count) => {
    await open().append(morning().events, []);
    expect(openRecords(db).passages({ limit: 10, ...query }).items).toHaveLength(count);
  });
});

describe('targets', () => {
  /** Two on the list, one of them changed, and one withdrawn. */
  async function listed() {
    const bench = deskBench();
    for (const reference of ['A', 'B', 'C']) bench.tell({ type: 'put-target', target: targetInput({ reference }) });
    const [a, b, c] = bench.targets().map(({ id }) => id);
    bench.tell({ type: 'withdraw-target', targetId: b ?? '' });
    bench.tell({ type: 'put-target', target: targetInput({ reference: 'D' }), targetId: a });
    const journal = open();
    await journal.append(bench.events, []);
    return { journal, ids: [a ?? '', b ?? '', c ?? ''] as const };
  }

  test('for a start: those on the list as they are now, and which others are asked for', async () => {
    const { journal, ids } = await listed();
    const [a, b, c] = ids;
    const given = (others: readonly string[]) => [...journal.targets(others)].map(({ id, version }) => [id, version]);
    expect(given([])).toEqual([
      [c, 1],
      [a, 2],
    ]);
    expect(given([a, b, 'nobody'])).toEqual([
      [c, 1],
      [a, 2],
      [b, 2],
    ]);
  });

  test('that have ended, by their originator’s reference; also in a journal from before that was kept', async () => {
    const { ids } = await listed();
    const [, b] = ids;
    const by = (reference: string) => openRecords(db).endedTarget('freight-targeting', reference)?.id;
    const all = () => ['A', 'B', 'C', 'D', 'E'].map(by);
    expect(all()).toEqual([undefined, b, undefined, undefined, undefined]);
    expect(openRecords(db).endedTarget('somebody', 'B')).toBeUndefined();
    const before = migrations.findIndex((step) => step.includes('targets_reference'));
    db.exec(`DROP TABLE access_log; DROP TABLE access_subjects; DROP TABLE resealings; DROP INDEX events_dated;
      ALTER TABLE events DROP COLUMN personal; ALTER TABLE events DROP COLUMN dated;
      DROP INDEX targets_ended; DROP INDEX targets_active;
      ALTER TABLE targets DROP COLUMN originator; ALTER TABLE targets DROP COLUMN reference`);
    db.pragma(`user_version = ${before}`);
    db.close();
    db = openDatabase(folder);
    expect(all()).toEqual([undefined, b, undefined, undefined, undefined]);
  });
});

describe('the file', () => {
  test('of a newer program is refused, saying so', () => {
    const other = mkdtempSync(join(tmpdir(), 'lanewatch-newer-'));
    const newer = new Database(join(other, 'journal.sqlite'));
    newer.pragma('user_version = 99');
    newer.close();
    expect(() => openDatabase(other)).toThrow(/schema version 99/);
    rmSync(other, { recursive: true });
  });

  test('is full-synchronous WAL, and belongs to one service at a time', () => {
    expect([db.pragma('journal_mode', { simple: true }), db.pragma('synchronous', { simple: true })]).toEqual([
      'wal',
      2,
    ]);
    using _held = lockDataDir(folder);
    expect(() => lockDataDir(folder)).toThrow(/in use by another Lanewatch/);
  });
});
