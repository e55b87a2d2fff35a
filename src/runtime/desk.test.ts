import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  examinationRequest,
  gamma,
  identity,
  morningMs,
  only,
  read,
  targetInput,
} from '../../tests/support/desk-bench.ts';
import { silentLog } from '../../tests/support/driver-bench.ts';
import { englishGuidance } from '../../tests/support/guidance.ts';
import { noSnapshots } from '../../tests/support/restarted-desk.ts';
import { openDatabase } from '../adapters/sqlite/database.ts';
import { openJournal } from '../adapters/sqlite/journal.ts';
import { openRecords } from '../adapters/sqlite/records.ts';
import { AlarmPolicy } from '../domain/alarm-policy.ts';
import type { DeskObservation } from '../domain/desk/decision.ts';
import { ExaminationPolicy } from '../domain/examination-policy.ts';
import { Lane, MatchingPolicy, Site } from '../domain/site.ts';
import type { Clock } from '../ports/clock.ts';
import { createCommitter } from './committer.ts';
import { openDesk } from './desk.ts';
import { systemClock } from './system-clock.ts';

const site = Site.parse({ id: 'post', name: 'Post', unlocode: 'NLRTM', timeZone: 'Europe/Amsterdam' });
const lane = Lane.parse({ id: 'lane-1', name: 'Lane 1', kind: 'vehicle' });
const anna = { by: 'anna', role: 'operator' };

/** The desk on a real journal, under a hand-turned clock; each `open` gives another one on the same journal. */
function benchDesk() {
  const folder = mkdtempSync(join(tmpdir(), 'lanewatch-desk-'));
  const db = openDatabase(folder);
  onTestFinished(() => {
    db.close();
    rmSync(folder, { recursive: true });
  });
  const time = { nowMs: morningMs };
  const clock: Clock = { ...systemClock, now: () => time.nowMs };
  const journal = openJournal(db, site.id, clock);
  const records = openRecords(db);
  const committer = createCommitter(journal, clock, silentLog);
  let ids = 0;
  const context = {
    newId: () => `id-${++ids}`,
    site,
    lanes: new Map([[lane.id, lane]]),
    deviceIds: new Set(['rpm']),
    deviceModes: new Map(),
    alarms: AlarmPolicy.parse({}),
    guidance: englishGuidance(),
    examinations: ExaminationPolicy.parse({ missedAfterS: 0 }),
    matching: MatchingPolicy.parse({ retroactiveS: 60 }),
  };
  const open = () => openDesk({ journal, snapshots: noSnapshots, records, committer, clock, context });
  return { time, open, records };
}

test('an alarm that has left the live state is reopened, stands on the board again, and after a restart too', async () => {
  const { time, open, records } = benchDesk();
  const desk = open();
  const portal = { deviceId: 'rpm', laneId: lane.id };
  const pass = () => {
    const raw = { deviceId: 'rpm', receivedAt: new Date(time.nowMs).toISOString(), sha256: 'a'.repeat(64) };
    desk.take({ type: 'observation', ...portal, observation: gamma(time.nowMs, 1), raw, receivedAtMs: time.nowMs });
    desk.take({ type: 'link', ...portal, state: 'stale', reason: null });
    time.nowMs += 10_000;
    desk.take({ type: 'tick' });
    const alarm = [...desk.state.alarms.values()].find(({ signal, disposition }) => signal === 'gamma' && !disposition);
    return alarm?.id ?? '';
  };
  const alarmId = pass();
  await desk.command({ type: 'dispose', alarmId, class: 'innocent', code: 'norm' }, anna);
  time.nowMs += 3_600_000;
  const later = pass();
  expect(later).not.toBe(alarmId);
  expect(desk.state.alarms.has(alarmId), 'forgotten').toBe(false);
  expect(records.alarm(alarmId)?.state).toBe('normal');

  await desk.command({ type: 'comment', alarmId, text: 'look again' }, anna);
  expect(desk.state.alarms.has(alarmId), 'a comment does not bring it back').toBe(false);
  const said = ['one', 'two', 'three'];
  await Promise.all(said.map((text) => desk.command({ type: 'comment', alarmId, text }, anna)));
  const texts = records.alarm(alarmId)?.comments.map(({ text }) => text);
  expect(texts, 'said at once, none is lost').toEqual(['look again', ...said]);
  const { resource } = await desk.command({ type: 'reopen', alarmId, note: 'the seal was broken' }, anna);
  expect(resource).toMatchObject({ state: 'returned', disposition: null, reopened: { by: 'anna' } });
  expect(desk.state.alarms.get(alarmId)).toEqual(resource);
  expect(records.alarm(alarmId)).toEqual(resource);
  expect(open().state).toEqual(desk.state);

  await desk.command({ type: 'dispose', alarmId, class: 'real', code: 'contraband' }, anna);
  expect(desk.state.alarms.has(alarmId), 'answered again, it leaves again').toBe(false);
  expect(open().state).toEqual(desk.state);
});

test('a match is judged though its passage has left the live state; its alarm shows it, and nothing comes back to stay', async () => {
  const { time, open, records } = benchDesk();
  const desk = open();
  const see = (deviceId: string, observation: DeskObservation) => {
    const raw = { deviceId, receivedAt: new Date(time.nowMs).toISOString(), sha256: 'a'.repeat(64) };
    desk.take({ type: 'observation', deviceId, laneId: lane.id, observation, raw, receivedAtMs: time.nowMs });
  };
  const pass = (id: string) => {
    see('rpm', gamma(time.nowMs, 1));
    see('anpr', identity(id, [read('plate', 'AB123C')], time.nowMs));
    desk.take({ type: 'link', deviceId: 'rpm', laneId: lane.id, state: 'stale', reason: null });
    time.nowMs += 10_000;
    desk.take({ type: 'tick' });
  };
  const target = targetInput({ kind: 'vehicle', identifiers: [{ kind: 'plate', value: 'AB123C' }] });
  const { resource } = await desk.command({ type: 'put-target', target }, anna);
  pass('r1');
  const match = only([...desk.state.matches.values()]);
  const alarmId = match.alarmId ?? '';
  await desk.command({ type: 'withdraw-target', targetId: resource.id }, anna);
  time.nowMs += 7_200_000;
  pass('r2');
  expect([desk.state.passages.has(match.passageId), desk.state.alarms.has(alarmId)]).toEqual([false, true]);

  for (const verdict of ['rejected', 'confirmed'] as const) {
    const judged = await desk.command({ type: 'judge-match', matchId: match.id, verdict }, anna);
    expect(judged.resource).toMatchObject({ id: match.id, verdict: { verdict, by: 'anna' } });
    expect(records.match(match.id)).toEqual(judged.resource);
    expect(records.passage(match.passageId)?.matches).toEqual([judged.resource]);
    expect(records.alarm(alarmId)?.matches).toMatchObject([{ id: match.id, verdict: { verdict } }]);
    expect([desk.state.passages.size, desk.state.matches.size]).toEqual([1, 0]);
    expect(open().state).toEqual(desk.state);
  }
  expect(desk.state.alarms.get(alarmId)?.rule).toContain('confirmed-match');

  await desk.command({ type: 'dispose', alarmId, class: 'innocent', code: 'norm' }, anna);
  await desk.command({ type: 'judge-match', matchId: match.id, verdict: 'unsure' }, anna);
  expect(records.alarm(alarmId)).toMatchObject({ state: 'normal', matches: [{ verdict: { verdict: 'unsure' } }] });
  expect(desk.state.alarms.has(alarmId)).toBe(false);
  expect(open().state).toEqual(desk.state);
});

describe('a target that ended so long ago that only the records have it', () => {
  /** Added, withdrawn, and another one put long after. */
  async function longGone() {
    const { time, open, records } = benchDesk();
    const desk = open();
    const put = async (change: object = {}, targetId?: string) =>
      (await desk.command({ type: 'put-target', target: targetInput(change), targetId }, anna)).resource;
    const { id } = await put();
    await desk.command({ type: 'withdraw-target', targetId: id }, anna);
    time.nowMs += 3_600_000;
    const other = await put({ reference: 'FT-2', identifiers: [{ kind: 'container', value: 'TGHU7654321' }] });
    expect([...desk.state.targets.keys()], 'the desk has let go of it').toEqual([other.id]);
    return { desk, open, records, put, id, other };
  }

  test('is the same target again when it is sent again, matches, and stays after a restart', async () => {
    const { desk, open, put, id, other } = await longGone();
    expect(await put()).toMatchObject({ id, version: 3, state: 'active' });
    expect(desk.state.targetIndex.keys.find('container', 'CSQU3054383')).toContain(id);
    expect(await put(), 'as it was').toMatchObject({ id, version: 3 });
    expect([...open().state.targets.keys()].sort()).toEqual([id, other.id].sort());
    expect(open().state).toEqual(desk.state);
  });

  test('is changed by its id, under another reference too; the former one is free then', async () => {
    const { desk, put, id } = await longGone();
    expect(await put({ reference: 'FT-9' }, id)).toMatchObject({ id, version: 3, reference: 'FT-9' });
    const fresh = await put();
    expect(fresh.id).not.toBe(id);
    expect([...desk.state.targetRefs.values()].sort()).toEqual([...desk.state.targets.keys()].sort());
  });

  test('keeps its reference for itself', async () => {
    const { desk, put, id, other } = await longGone();
    await expect(put({ reference: 'FT-1' }, other.id)).rejects.toMatchObject({ code: 'forbidden-transition' });
    expect(desk.state.targets.has(id), 'given back').toBe(false);
    expect(desk.state.targetRefs.size, 'given back').toBe(1);
  });

  test('is withdrawn already, and may be examined', async () => {
    const { desk, id } = await longGone();
    const { resource } = await desk.command({ type: 'withdraw-target', targetId: id }, anna);
    expect(resource).toMatchObject({ id, version: 2, state: 'withdrawn' });
    const dueAt = new Date(morningMs + 86_400_000).toISOString();
    const request = examinationRequest({ targetId: id, dueAt });
    const asked = await desk.command({ type: 'request-examination', request }, anna);
    expect(asked.resource).toMatchObject({ targetId: id, target: { reference: 'FT-1' } });
    expect(desk.state.targets.has(id), 'given back').toBe(false);
  });
});

test('what has moved to another reference in the same turn is not found by the former one', async () => {
  const { open } = benchDesk();
  const desk = open();
  const { resource } = await desk.command({ type: 'put-target', target: targetInput() }, anna);
  const moved = targetInput({ reference: 'FT-9' });
  const answers = await desk.commands(
    [
      { type: 'put-target', target: moved, targetId: resource.id },
      { type: 'put-target', target: targetInput() },
    ],
    anna,
  );
  const ids = answers.map((answer) => (answer instanceof Error ? answer.message : answer.resource.id));
  expect(ids[0]).toBe(resource.id);
  expect(ids[1]).not.toBe(resource.id);
});

test('targets expired on arrival are one target, also in one turn, before the records have it', async () => {
  const { open } = benchDesk();
  const put = { type: 'put-target', target: targetInput({ validUntil: '2020-01-01T00:00:00Z' }) } as const;
  const answers = await open().commands([put, put], anna);
  expect(answers.map((answer) => !(answer instanceof Error) && answer.created)).toEqual([true, false]);
});
