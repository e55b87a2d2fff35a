import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../runtime/system-clock.ts';
import { openAttachments } from './attachments.ts';
import { openDatabase, type Sqlite } from './database.ts';

let folder: string;
let db: Sqlite;
let nowMs: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lanewatch-attachments-'));
  db = openDatabase(folder);
  nowMs = 1_000_000;
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

const open = () => openAttachments(db, folder, { ...systemClock, now: () => nowMs });
async function* chunksOf(text: string): AsyncGenerator<Uint8Array> {
  for (const character of text) yield Buffer.from(character);
}
const use = (sha256: string) =>
  db.prepare('INSERT INTO attachment_uses (sha256, examination) VALUES (?, ?)').run(sha256, 'e1');
const fileOf = (sha256: string) => join(folder, 'attachments', sha256.slice(0, 2), sha256);

test('what no result names is swept after its time, also when sent again since; what one names stays', async () => {
  const attachments = open();
  const used = await attachments.keep(chunksOf('used'), 'text/plain', 'eva');
  const old = await attachments.keep(chunksOf('old'), 'text/plain', 'eva');
  const again = await attachments.keep(chunksOf('again'), 'text/plain', 'eva');
  nowMs += 1_000;
  await attachments.keep(chunksOf('again'), 'text/plain', 'otto');
  use(used.sha256);
  expect(await attachments.sweep({ unusedBeforeMs: 1_000_500, beforeMs: 0 })).toBe(1);
  expect(attachments.find(old.sha256)).toBeUndefined();
  expect(existsSync(fileOf(old.sha256))).toBe(false);
  expect(attachments.find(used.sha256)).toMatchObject({ size: 4, uploadedBy: ['eva'] });
  expect(attachments.find(again.sha256)).toMatchObject({ uploadedBy: ['eva', 'otto'] });
  expect(await attachments.sweep({ unusedBeforeMs: 0, beforeMs: 1_000_500 }), 'kept long enough').toBe(1);
  expect(attachments.find(used.sha256)).toBeUndefined();
});

test('what was being written at a kill is gone at the next start; a file that is lost is not found', async () => {
  const kept = await open().keep(chunksOf('kept'), 'text/plain', 'eva');
  writeFileSync(join(folder, 'attachments', 'unfinished', 'half'), 'ha');
  const attachments = open();
  expect(readdirSync(join(folder, 'attachments', 'unfinished'))).toEqual([]);
  expect(attachments.find(kept.sha256)).toMatchObject({ type: 'text/plain' });
  rmSync(fileOf(kept.sha256));
  expect(attachments.find(kept.sha256)).toBeUndefined();
});

test('a folder that cannot be written is a journal that cannot', async () => {
  const attachments = open();
  rmSync(join(folder, 'attachments'), { recursive: true });
  await expect(attachments.keep(chunksOf('x'), 'text/plain', 'eva')).rejects.toMatchObject({
    code: 'journal-unavailable',
  });
});
