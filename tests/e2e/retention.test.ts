import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../src/adapters/sqlite/database.ts';
import { openJournal } from '../../src/adapters/sqlite/journal.ts';
import type { Target } from '../../src/domain/target.ts';
import type { Page } from '../../src/ports/journal.ts';
import { systemClock } from '../../src/runtime/system-clock.ts';
import { betraying, plantedHistory } from '../support/planted.ts';
import { runCommand, startService } from '../support/service.ts';

/** The planted history is of 2026-11-23: long ago by these periods. */
const soon = { maskAfterDays: 0.01, deleteAfterDays: 0.02 };
const config = {
  version: 1,
  site: { id: 'post', name: 'Post', unlocode: 'NLRTM', timeZone: 'Europe/Amsterdam' },
  lanes: [{ id: 'container', name: 'Container', kind: 'container' }],
  devices: [],
  retention: { passengers: soon, vehicles: soon, texts: soon, messages: soon },
};

function betrayedOnDisk(dataDir: string): readonly string[] {
  const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const text = files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1')).join('\n');
  return betraying.filter((value) => text.toLowerCase().includes(value.toLowerCase()));
}

test('a journal that comes back from a backup serves nobody whose data is due to be deleted, and keeps none of it', async () => {
  await using service = await startService(config);
  await service.end('SIGTERM');
  const db = openDatabase(service.dataDir);
  const journal = openJournal(db, 'post', systemClock);
  const { sequence: before } = journal.head();
  const restored = plantedHistory().events.map((event) => ({ ...event, sequence: before + event.sequence }));
  await journal.append(restored, []);
  db.close();
  expect(betrayedOnDisk(service.dataDir)).toEqual(betraying);

  await service.start();
  const targets = await service.request<Page<Target>>('GET', '/targets');
  expect(targets.body.items).toMatchObject([{ reference: 'P-1', state: 'withdrawn' }]);
  const events = await service.request<unknown>('GET', '/events?limit=1000');
  const answered = JSON.stringify([targets.body, events.body]);
  expect(betraying.filter((value) => answered.includes(value))).toEqual([]);
  await service.end('SIGTERM');
  expect(betrayedOnDisk(service.dataDir)).toEqual([]);
  expect((await runCommand(['verify', '--data', service.dataDir])).code).toBe(0);
});
