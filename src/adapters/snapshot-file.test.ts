import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { deskBench, identity, read } from '../../tests/support/desk-bench.ts';
import { silentLog } from '../../tests/support/driver-bench.ts';
import { keptOf } from '../domain/desk/kept-state.ts';
import { openSnapshotFile } from './snapshot-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lanewatch-snapshot-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const hash = 'c'.repeat(64);
const journal = (sequence: number) => (sequence === 1 ? hash : undefined);

async function saved() {
  const bench = deskBench();
  bench.see('vehicle', 'anpr', identity('r1', [read('plate', 'AB123C')], bench.nowMs()));
  const kept = keptOf(bench.state);
  const snapshots = openSnapshotFile(folder, silentLog);
  await snapshots.save(kept, hash);
  return { kept, snapshots };
}

test('what is saved is what is loaded', async () => {
  const { kept, snapshots } = await saved();
  expect(snapshots.load(journal)).toEqual(kept);
});

test('the newest is the one that was saved, or could be loaded', async () => {
  const { snapshots } = await saved();
  expect(snapshots.newest()).toBe(1);
  const again = openSnapshotFile(folder, silentLog);
  expect(again.newest(), 'not loaded').toBe(0);
  again.load(() => undefined);
  expect(again.newest(), 'of another journal').toBe(0);
  again.load(journal);
  expect(again.newest()).toBe(1);
});

test('none is no fault', () => {
  const snapshots = openSnapshotFile(folder, silentLog);
  expect(snapshots.load(journal)).toBeNull();
  expect(snapshots.newest()).toBe(0);
});

test('one of another journal, or of more than the journal holds, is left aside', async () => {
  const { snapshots } = await saved();
  expect(snapshots.load(() => 'd'.repeat(64))).toBeNull();
  expect(snapshots.load(() => undefined)).toBeNull();
});

test('one of another program is left aside, whatever it holds', async () => {
  await saved();
  expect(openSnapshotFile(folder, silentLog, { program: 'another' }).load(journal)).toBeNull();
  expect(openSnapshotFile(folder, silentLog, { since: Date.now() + 1_000 }).load(journal)).toBeNull();
});

test.each<[string, (bytes: Buffer) => Buffer]>([
  ['cut short', (bytes) => bytes.subarray(0, bytes.length - 9)],
  ['with a changed byte', (bytes) => Buffer.concat([bytes.subarray(0, -1), Buffer.from([bytes.at(-1) === 0 ? 1 : 0])])],
  ['without a header', () => Buffer.from('nothing of the kind')],
  ['empty', () => Buffer.alloc(0)],
])('one %s is left aside', async (_name, spoil) => {
  const { snapshots } = await saved();
  const file = join(folder, 'desk.snapshot');
  writeFileSync(file, spoil(readFileSync(file)));
  expect(snapshots.load(journal)).toBeNull();
});
