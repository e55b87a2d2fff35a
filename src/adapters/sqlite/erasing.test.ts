import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeOldJournal } from '../../../tests/support/old-journal.ts';
import { betraying, planted, plantedHistory } from '../../../tests/support/planted.ts';
import { RetentionPolicy } from '../../domain/sharing/retention.ts';
import { systemClock } from '../../runtime/system-clock.ts';
import { verifyChain } from './chain.ts';
import { openDatabase, type Sqlite } from './database.ts';
import { eraseDue } from './erasing.ts';
import { openJournal } from './journal.ts';
import { openRecords } from './records.ts';

const { events } = plantedHistory();
const newestMs = Date.parse(events.at(-1)?.recordedAt ?? '');
const dayMs = 86_400_000;
const short = { maskAfterDays: 10, deleteAfterDays: 20 };
const retention = RetentionPolicy.parse({ texts: short, messages: short });

let dataDir = '';
let db: Sqlite;
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'erasing-'));
  db = openDatabase(dataDir);
  await openJournal(db, 'post', systemClock).append(events, []);
});
afterEach(() => {
  db.close();
  rmSync(dataDir, { recursive: true });
});

/** Whatever stands on the disk of the journal. */
function onDisk(): readonly string[] {
  const bytes = ['journal.sqlite', 'journal.sqlite-wal']
    .map((name) => readFileSync(join(dataDir, name), { encoding: 'latin1', flag: 'a+' }))
    .join('');
  const lower = bytes.toLowerCase();
  return betraying.filter((value) => lower.includes(value.toLowerCase()));
}
function eraseAfter(days: number): number {
  const { events: changed, done } = eraseDue({ dataDir, retention, nowMs: newestMs + days * dayMs });
  expect(done).toBe(true);
  return changed;
}

test('nothing is deleted before its time, kind by kind afterwards, and the chain verifies throughout', () => {
  expect(onDisk()).toEqual(betraying);
  expect(eraseAfter(19)).toBe(0);
  expect(eraseAfter(21)).toBeGreaterThan(0);
  expect(onDisk()).not.toContain(planted.text);
  expect(onDisk()).toContain(planted.passport);
  expect(verifyChain(db).ok).toBe(true);
  expect(eraseAfter(21), 'done once').toBe(0);
  expect(eraseAfter(1_827)).toBeGreaterThan(0);
  expect(onDisk()).toEqual([]);
  expect(verifyChain(db)).toMatchObject({ ok: true, events: events.length });
});

test('what is left reads as what it was, with the rest withheld; nobody finds it by what was deleted', () => {
  const found = () => openRecords(db).targets({ limit: 10, q: planted.passport }).items.length;
  expect(found()).toBe(1);
  eraseAfter(1_827);
  expect(found()).toBe(0);
  const read = openJournal(db, 'post', systemClock).read({ after: 0, limit: 1_000 });
  expect(read.map(({ type }) => type)).toEqual(events.map(({ type }) => type));
  const [target] = openRecords(db).targets({ limit: 10 }).items;
  expect(target).toMatchObject({ originator: 'piu-nl', reference: 'P-1', kind: 'passenger', state: 'active' });
  expect(target?.name).toBeUndefined();
  expect([...openJournal(db, 'post', systemClock).replay(0)]).toHaveLength(events.length);
});

test('a value that was put back by another hand is found by verify', () => {
  db.exec(`UPDATE events SET personal = replace(personal, 'QUENTIN', 'QUINTUS')`);
  expect(verifyChain(db)).toMatchObject({ ok: false, problem: expect.stringMatching(/personal data/) });
});

test('a journal from before personal data was kept apart has it apart once it is opened, and can be erased too', () => {
  db.close();
  rmSync(join(dataDir, 'journal.sqlite'));
  writeOldJournal(dataDir, 'resealings', events);
  db = openDatabase(dataDir);
  expect(verifyChain(db)).toMatchObject({ ok: true, events: events.length });
  const chained = db.prepare<[], string>('SELECT json FROM events').pluck().all();
  expect(betraying.filter((value) => chained.some((text) => text.includes(value)))).toEqual([]);
  eraseAfter(1_827);
  expect(onDisk()).toEqual([]);
});
