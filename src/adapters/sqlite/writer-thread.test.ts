import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { deskBench, gamma, targetInput } from '../../../tests/support/desk-bench.ts';
import { silentLog } from '../../../tests/support/driver-bench.ts';
import { until } from '../../../tests/support/until.ts';
import { createCommitter } from '../../runtime/committer.ts';
import { systemClock } from '../../runtime/system-clock.ts';
import { verifyChain } from './chain.ts';
import { openDatabase } from './database.ts';
import { openJournal } from './journal.ts';
import { openRecords } from './records.ts';
import { startWriterThread } from './writer-thread.ts';

function openFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'lanewatch-writer-'));
  const db = openDatabase(folder);
  onTestFinished(() => {
    db.close();
    rmSync(folder, { recursive: true });
  });
  return db;
}

function morning() {
  const bench = deskBench();
  bench.tell({ type: 'put-target', target: targetInput() });
  bench.see('container', 'rpm', gamma(bench.nowMs(), 1));
  return bench.events;
}

test('what the thread has written is there for whoever reads, in one chain, over its end and a new one', async () => {
  const db = openFolder();
  const events = morning();
  {
    await using thread = startWriterThread(db.name);
    const journal = openJournal(db, 'post', systemClock, thread.write);
    const receipt = { key: 'k', digest: 'd', status: 200, body: '{}' };
    // Asked for before the first is written: they are written in this order.
    const [first, rest] = await Promise.all([
      journal.append(events.slice(0, 1), [receipt]),
      journal.append(events.slice(1), []),
    ]);
    const texts = [...first, ...rest].map(({ json }) => json);
    expect(journal.read({ after: 0, limit: 100 }).map(({ json }) => json)).toEqual(texts);
    expect(openRecords(db).targets({ limit: 10 }).items).toHaveLength(1);
    expect(journal.receipt('k')).toEqual(receipt);
  }
  await using thread = startWriterThread(db.name);
  const journal = openJournal(db, 'post', systemClock, thread.write);
  await journal.append(
    events.slice(-1).map((event) => ({ ...event, sequence: event.sequence + 1 })),
    [],
  );
  expect(verifyChain(db)).toEqual({ ok: true, events: events.length + 1, sha256: journal.head().sha256 });
});

test('what does not follow is refused, and leaves nothing; what follows is written afterwards', async () => {
  const db = openFolder();
  const events = morning();
  await using thread = startWriterThread(db.name);
  const journal = openJournal(db, 'post', systemClock, thread.write);
  const gap = journal.append([...events.slice(0, 1), ...events.slice(2)], []);
  await expect(gap).rejects.toMatchObject({ code: 'internal', message: expect.stringMatching(/does not follow/) });
  expect(openRecords(db).targets({ limit: 10 }).items).toEqual([]);
  await journal.append(events, []);
  expect(journal.head().sequence).toBe(events.length);
});

test('a journal that cannot be written is one later, with everything that was decided meanwhile', async () => {
  const db = openFolder();
  const events = morning();
  await using thread = startWriterThread(db.name);
  await using committer = createCommitter(openJournal(db, 'post', systemClock, thread.write), systemClock, silentLog);
  committer.add(events.slice(0, 1), []);
  await committer.durable();
  const other = new Database(db.name);
  onTestFinished(() => void other.close());
  other.exec('ALTER TABLE receipts RENAME TO elsewhere');
  committer.add(events.slice(1, 3), [{ key: 'k', digest: 'd', status: 200, body: '{}' }]);
  await until('the failure is known', () => /no such table/.test(committer.failure() ?? ''));
  expect(verifyChain(db)).toMatchObject({ ok: true, events: 1 });
  committer.add(events.slice(3), []);
  other.exec('ALTER TABLE elsewhere RENAME TO receipts');
  await committer.durable();
  expect(committer.failure()).toBeNull();
  expect(verifyChain(db)).toMatchObject({ ok: true, events: events.length });
});
