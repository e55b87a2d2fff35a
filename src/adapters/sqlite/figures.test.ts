import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type BenchPolicy,
  closing,
  type DeskBench,
  deskBench,
  examinationRequest,
  gamma,
  identity,
  morningMs,
  read,
  targetInput,
  xray,
} from '../../../tests/support/desk-bench.ts';
import { hasty, play, steps } from '../../../tests/support/desk-game.ts';
import { foldFigures } from '../../../tests/support/fold-figures.ts';
import { writeOldJournal } from '../../../tests/support/old-journal.ts';
import { AlarmPolicy } from '../../domain/alarm-policy.ts';
import type { DomainEvent } from '../../domain/event.ts';
import { ResultInput } from '../../domain/examination.ts';
import { systemClock } from '../../runtime/system-clock.ts';
import { openDatabase } from './database.ts';
import { readFigures } from './figures.ts';
import { openJournal } from './journal.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'lanewatch-figures-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const positions = { flood: { positions: [{ id: 'yard', lanes: ['container'] }] } };
const policy = AlarmPolicy.parse(positions);

async function figuresOf(events: readonly DomainEvent[], fromMs: number, toMs: number, nowMs: number) {
  const db = openDatabase(dataDir);
  await openJournal(db, 'post', systemClock).append(events, []);
  db.close();
  return readFigures({ dataDir, query: { fromMs, toMs, nowMs, policy } });
}

const examiner = { by: 'eva', role: 'examiner' } as const;

/** From nine o'clock for 100 minutes. */
function day(): DeskBench {
  const bench = deskBench({ alarms: positions, laneModes: { baggage: 'exercise' } });
  const at = (second: number, what: () => unknown) => {
    bench.atS = second;
    bench.feed({ type: 'tick' });
    what();
  };
  const raise = (laneId: string, deviceId: string) => bench.see(laneId, deviceId, gamma(bench.nowMs(), 1));
  const alarmId = (deviceId: string) => bench.alarms().find((alarm) => alarm.deviceId === deviceId)?.id ?? '';
  const fan = (active: boolean) => {
    const condition = { type: 'condition', code: 'fan', severity: 'warning', text: 'fan', active } as const;
    bench.see('vehicle', 'portal', { ...condition, observedAtMs: bench.nowMs() });
  };
  const examinations: string[] = [];
  const request = (about: Parameters<typeof examinationRequest>[0]) => {
    bench.tell({ type: 'request-examination', request: examinationRequest(about) });
    examinations.push([...bench.state.examinations.keys()].at(-1) ?? '');
  };
  const idOf = (nth: number) => examinations[nth] ?? '';
  const accept = (nth: number) => bench.tell({ type: 'accept-examination', examinationId: idOf(nth) }, examiner);
  const answer = (nth: number, code: string) => {
    const result = ResultInput.parse({ code });
    bench.tell({ type: 'result-examination', examinationId: idOf(nth), result }, examiner);
  };

  // Twelve alarms in two minutes on one operator's lane: a flood from the eleventh, at 100 s, until at 680 s fewer than
  // five are younger than ten minutes.
  for (let number = 1; number <= 12; number += 1) at((number - 1) * 10, () => raise('container', `d${number}`));
  // The last of them goes and comes again while the same subject stands there: one alarm.
  at(112, () => bench.see('container', 'd12', gamma(bench.nowMs(), 2, false)));
  at(114, () => bench.see('container', 'd12', gamma(bench.nowMs(), 3)));
  at(115, () => raise('baggage', 'exercise'));
  at(130, () => bench.tell({ type: 'acknowledge', alarmId: alarmId('d1') }));
  at(150, () => bench.tell({ type: 'acknowledge', alarmId: alarmId('d2') }));
  at(320, () => bench.tell({ type: 'acknowledge', alarmId: alarmId('d3') }));
  at(670, () => bench.tell({ type: 'dispose', alarmId: alarmId('d1'), class: 'false', code: 'nii-false' }));
  at(680, () => bench.tell({ type: 'dispose', alarmId: alarmId('d2'), class: 'innocent', code: 'norm' }));
  at(700, () => bench.tell({ type: 'dispose', alarmId: alarmId('d3'), class: 'test', code: 'authorised-test' }));
  // A fan that comes three times within a minute.
  for (const second of [900, 910, 920]) {
    at(second, () => fan(true));
    at(second + 5, () => fan(false));
  }
  // Reported half an hour late.
  at(1_500, () => bench.see('pedestrian', 'late', xray('x1', 'alarm', bench.nowMs() - 1_800_000)));
  at(1_510, () => {
    const late = bench.alarms().find(({ historical }) => historical)?.id ?? '';
    bench.tell({ type: 'dispose', alarmId: late, class: 'false', code: 'nii-false' });
  });

  at(1_800, () => {
    bench.tell({ type: 'put-target', target: targetInput({ reasons: ['route', 'new-company'] }) });
    bench.see('vehicle', 'ocr', identity('r1', [read('container', 'CSQU3054383')], bench.nowMs()));
    const [matchId = ''] = bench.state.matches.keys();
    bench.tell({ type: 'judge-match', matchId, verdict: 'confirmed' });
    const targetId = bench.targets()[0]?.id ?? '';
    const passageId = bench.passages().find(({ laneId }) => laneId === 'vehicle')?.id ?? '';
    request({ targetId, reason: 'targeting-recommendation' });
    request({ passageId, reason: 'random' });
    request({ targetId, reason: 'targeting-recommendation' });
    request({ passageId, reason: 'inspector-suspicion' });
    request({ passageId, reason: 'random', dueAt: new Date(morningMs + 86_400_000).toISOString() });
    for (const nth of [0, 1]) accept(nth);
  });
  at(3_000, () => answer(0, 'narcotics'));
  at(3_100, () => bench.tell({ type: 'acknowledge-delivery', examinationId: idOf(0) }));
  at(3_200, () => bench.tell({ type: 'cancel-examination', examinationId: idOf(2), reason: 'asked twice' }));
  // The random one was due at 3,600 s, and so was the suspicion, which nobody starts.
  at(4_000, () => answer(1, 'nothing-found'));
  // Time does one thing to an examination in a tick.
  for (let tick = 0; tick < 4; tick += 1) at(5_900, () => undefined);
  return bench;
}

test('a scripted day has the figures that can be counted by hand', async () => {
  const nowMs = morningMs + 6_000_000;
  const { alarms, devices, examinations, matches } = await figuresOf(day().events, morningMs, nowMs, nowMs);

  expect(alarms).toEqual({
    // Twelve in the flood, the fan, the late one, and the condition that its clock is off; the exercise not.
    ...{ total: 15, historical: 1, chattering: 1, stale: 0 },
    positions: [
      { position: 'site', alarms: 4, averagePer10Min: 0.4, peakPer10Min: 3, floodShare: 0 },
      { position: 'yard', alarms: 12, averagePer10Min: 1.2, peakPer10Min: 12, floodShare: 580 / 6_000 },
    ],
    lanes: [
      { laneId: 'container', alarms: 12, averagePer10Min: 1.2, peakPer10Min: 12 },
      { laneId: 'pedestrian', alarms: 1, averagePer10Min: 0.1, peakPer10Min: 1 },
      { laneId: 'vehicle', alarms: 3, averagePer10Min: 0.3, peakPer10Min: 3 },
    ],
    distribution: [
      { priority: 'critical', alarms: 0, share: 0 },
      { priority: 'high', alarms: 12, share: 12 / 14 },
      { priority: 'medium', alarms: 0, share: 0 },
      { priority: 'low', alarms: 2, share: 2 / 14 },
    ],
    // After 130, 140 and 300 s; 670, 670 and 680 s.
    timeToAcknowledge: { samples: 3, medianS: 140, p90S: 300, unanswered: 11 },
    timeToDispose: { samples: 3, medianS: 670, p90S: 680, undisposed: 9 },
    topSources: [
      { deviceId: 'portal', what: 'condition:fan', alarms: 3, share: 3 / 16 },
      ...['d1', 'd10', 'd11', 'd12', 'd2', 'd3', 'd4', 'd5', 'd6'].map((deviceId) => ({
        ...{ deviceId, what: 'gamma', alarms: 1, share: 1 / 16 },
      })),
    ],
    chatteringSources: [{ deviceId: 'portal', what: 'condition:fan', alarms: 1 }],
  });

  const device = (id: string) => devices.find(({ deviceId }) => deviceId === id);
  expect(device('d1')).toMatchObject({ alarms: 1, disposed: 1, falseShare: 1, innocentShare: 0 });
  expect(device('d2')).toMatchObject({ alarms: 1, disposed: 1, falseShare: 0, innocentShare: 1 });
  expect(device('d3'), 'a test').toMatchObject({ alarms: 1, disposed: 0, falseShare: null, innocentShare: null });
  expect(device('late')).toMatchObject({ alarms: 2, historical: 1, disposed: 1, falseShare: 1 });
  expect(device('exercise')).toBeUndefined();

  // The one that is due tomorrow is none of this day.
  const { byCriterion, byOriginator, byLane, byReason, bySelection, ...all } = examinations;
  expect(all).toEqual({
    ...{ examinations: 4, results: 2, onTime: 1, missed: 1, cancelled: 1, late: 0, open: 0, onTimeShare: 1 / 3 },
    timeToResult: { samples: 2, medianS: 1_200, p90S: 2_200 },
    ...{ delivered: 1, deliveredInTime: 1, deliveredInTimeShare: 0.5, examined: 2, hits: 1, hitRate: 0.5 },
  });
  expect(byCriterion).toMatchObject([
    { name: 'new-company', examinations: 2, examined: 1, hitRate: 1 },
    { name: 'route', examinations: 2, examined: 1, hitRate: 1 },
  ]);
  expect(byOriginator).toMatchObject([{ name: 'freight-targeting', examinations: 2, hitRate: 1 }]);
  expect(byLane).toMatchObject([{ name: 'vehicle', examinations: 4, hitRate: 0.5 }]);
  expect(byReason).toMatchObject([
    { name: 'random', examined: 1, hitRate: 0, onTimeShare: 0 },
    { name: 'targeting-recommendation', examined: 1, hitRate: 1, onTimeShare: 1 },
    { name: 'inspector-suspicion', examined: 0, hitRate: null, missed: 1 },
  ]);
  expect(bySelection).toMatchObject([
    { name: 'random', examined: 1, hitRate: 0 },
    { name: 'targeted', examined: 1, hitRate: 1 },
    { name: 'other', examined: 0, hitRate: null },
  ]);
  expect(matches).toMatchObject({
    ...{ proposed: 1, confirmed: 1, confirmedShare: 1 },
    byMethod: [{ name: 'exact', confirmed: 1 }],
    byOriginator: [{ name: 'freight-targeting', confirmed: 1 }],
  });
});

test('a period cuts a flood that began before it, and one that goes on ends for it now', async () => {
  const { events } = day();
  const at = (second: number) => morningMs + second * 1_000;
  const cut = await figuresOf(events, at(600), at(1_000), at(6_000));
  expect(cut.alarms.positions).toMatchObject([
    { position: 'site', alarms: 3 },
    { position: 'yard', alarms: 0, peakPer10Min: 0, floodShare: 0.2 },
  ]);
  const query = { fromMs: at(0), toMs: at(86_400), nowMs: at(200), policy };
  expect(readFigures({ dataDir, query }).alarms.positions[1]).toMatchObject({ floodShare: 0.5, averagePer10Min: 36 });
});

test('once stale is stale for the figures; an examination is of the lane to which its target came', async () => {
  const bench = deskBench({ alarms: { staleS: 600 } });
  bench.tell({ type: 'put-target', target: targetInput() });
  bench.tell({ type: 'request-examination', request: examinationRequest({ targetId: bench.targets()[0]?.id }) });
  bench.see('container', 'rpm', gamma(bench.nowMs(), 1));
  const marks = () => bench.alarms()[0]?.marks;
  bench.atS = 700;
  // The first tick tells the next role.
  for (let tick = 0; tick < 2; tick += 1) bench.feed({ type: 'tick' });
  expect(marks()).toEqual(['stale']);
  bench.see('container', 'rpm', closing(bench.nowMs()));
  bench.tell({ type: 'dispose', alarmId: bench.alarms()[0]?.id ?? '', class: 'false', code: 'nii-false' });
  expect(marks()).toEqual([]);
  bench.atS = 800;
  bench.see('container', 'ocr', identity('r1', [read('container', 'CSQU3054383')], bench.nowMs()));
  bench.feed({ type: 'tick' });
  const { alarms, examinations } = await figuresOf(bench.events, morningMs, morningMs + 4e6, bench.nowMs());
  expect(alarms.stale).toBe(1);
  expect(examinations.byLane).toMatchObject([{ name: 'container', open: 1 }]);
});

test('the figures of any history, over any period, are those of a fold over its events', async () => {
  // All of it, or a part.
  const window = fc.oneof(
    fc.constant({ fromS: 0, forS: 1_000_000, laterS: 60 }),
    fc.record({ fromS: fc.nat(4_000), forS: fc.integer({ min: 1, max: 20_000 }), laterS: fc.nat(4_000) }),
  );
  const modes = fc.constantFrom<BenchPolicy>(
    {},
    {},
    { deviceModes: { 'rpm-b': 'exercise' } },
    { laneModes: { container: 'exercise' } },
  );
  await fc.assert(
    fc.asyncProperty(steps, window, modes, async (taken, { fromS, forS, laterS }, mode) => {
      const bench = deskBench({ alarms: hasty, ...mode });
      for (const step of taken) play(bench, step);
      const fromMs = morningMs + fromS * 1_000;
      const query = { fromMs, toMs: fromMs + forS * 1_000, nowMs: bench.nowMs() + laterS * 1_000 };
      rmSync(dataDir, { recursive: true });
      expect(await figuresOf(bench.events, query.fromMs, query.toMs, query.nowMs)).toEqual(
        foldFigures(bench.events, { ...query, policy }),
      );
    }),
    { numRuns: 200 },
  );
});

test('a journal from before there were figures has them as soon as it is opened', async () => {
  const bench = day();
  // More than are read at once.
  for (let number = 0; number < 1_000; number += 1) {
    const identifiers = [{ kind: 'declaration' as const, value: `24NL${number}` }];
    bench.tell({ type: 'put-target', target: targetInput({ reference: `FT-X${number}`, identifiers }) });
  }
  bench.see('container', 'd13', gamma(bench.nowMs(), 1));
  const { events } = bench;
  const nowMs = morningMs + 6_000_000;
  const expected = await figuresOf(events, morningMs, nowMs, nowMs);
  rmSync(join(dataDir, 'journal.sqlite'));
  writeOldJournal(dataDir, 'figure_alarms', events);
  openDatabase(dataDir).close();
  const query = { fromMs: morningMs, toMs: nowMs, nowMs, policy };
  expect(readFigures({ dataDir, query })).toEqual(expected);
});
