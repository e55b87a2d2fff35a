import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { closing, deskBench, examinationRequest, gamma, only } from '../../tests/support/desk-bench.ts';
import { openDatabase } from '../adapters/sqlite/database.ts';
import { openJournal } from '../adapters/sqlite/journal.ts';
import { openRecords } from '../adapters/sqlite/records.ts';
import { borrow } from './borrow.ts';
import { systemClock } from './system-clock.ts';

/** A truck whose alarm was disposed of, and its cancelled examination, all of which the desk has let go of since. */
async function longAgo() {
  const bench = deskBench();
  const pass = () => {
    bench.see('vehicle', 'rpm', { type: 'occupancy-opened', complete: true, observedAtMs: bench.nowMs() });
    bench.see('vehicle', 'rpm', gamma(bench.nowMs(), 1));
    bench.see('vehicle', 'rpm', closing(bench.nowMs()));
    const alarmId = bench.alarms().at(-1)?.id ?? '';
    const request = examinationRequest({ alarmId, dueAt: new Date(bench.nowMs() + 60_000).toISOString() });
    bench.tell({ type: 'request-examination', request });
    const examinationId = [...bench.state.examinations.keys()].at(-1) ?? '';
    bench.tell({ type: 'cancel-examination', examinationId, reason: 'x' });
    bench.tell({ type: 'dispose', alarmId, class: 'innocent', code: 'norm' });
    bench.atS += 60;
    bench.feed({ type: 'tick' });
    return { alarmId, examinationId, passageId: bench.passages().at(-1)?.id ?? '' };
  };
  const old = pass();
  bench.atS += 2 * 3_600;
  pass();
  expect([bench.passages().length, bench.alarms().length, bench.state.examinations.size]).toEqual([1, 1, 1]);

  const folder = mkdtempSync(join(tmpdir(), 'lanewatch-borrow-'));
  const db = openDatabase(folder);
  onTestFinished(() => {
    db.close();
    rmSync(folder, { recursive: true });
  });
  await openJournal(db, 'post', systemClock).append(bench.events, []);
  return { bench, old, records: openRecords(db) };
}

test('what the desk has let go of is lent for one decision, and given back', async () => {
  const { bench, old, records } = await longAgo();
  const dueAt = new Date(bench.nowMs() + 60_000).toISOString();
  for (const about of [{ passageId: old.passageId }, { alarmId: old.alarmId }]) {
    const command = { type: 'request-examination', request: examinationRequest({ ...about, dueAt }) } as const;
    expect(bench.refusal(command).code).toBe('not-found');
    {
      using _lent = borrow(bench.state, records, command);
      const [requested] = bench.tell(command);
      expect(requested).toMatchObject({ type: 'lanewatch.examination.requested', data: { passageId: old.passageId } });
    }
    expect(bench.refusal(command).code, 'given back').toBe('not-found');
  }
  expect(only(bench.passages()).id, 'nothing came back to stay').not.toBe(old.passageId);
});

test('an examination that ended long ago is refused for what it is', async () => {
  const { bench, old, records } = await longAgo();
  const command = { type: 'accept-examination', examinationId: old.examinationId } as const;
  expect(bench.refusal(command).code).toBe('not-found');
  using _lent = borrow(bench.state, records, command);
  expect(bench.refusal(command)).toMatchObject({ code: 'forbidden-transition', extra: { state: 'cancelled' } });
});
