import { describe, expect, test } from 'vitest';
import { AlarmPolicy } from '../alarm-policy.ts';
import { hitCodes } from '../examination-codes.ts';
import { type AlarmTally, deviceFigures, totalsOf } from './alarms.ts';
import { type ExaminationCase, examinationFigures, selectionOf } from './examinations.ts';
import { matchFigures } from './matches.ts';
import { intervalMs, ratesOf } from './rates.ts';
import { percentile, shareOf, spreadOf } from './shares.ts';

describe('shares and percentiles', () => {
  test.each([
    [0, 0, null],
    [0, 4, 0],
    [1, 4, 0.25],
    [4, 4, 1],
  ])('%i of %i is %j', (part, whole, share) => {
    expect(shareOf(part, whole)).toBe(share);
  });

  test.each([
    [[], 0.5, null],
    [[7], 0.5, 7],
    [[7], 0.9, 7],
    [[1, 2], 0.5, 1],
    [[1, 2, 3], 0.5, 2],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9, 9],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 0.9, 10],
    [[3, 4], 0, 3],
    [[3, 4], 1, 4],
  ])('of %j, %d: %j', (ascending, share, expected) => {
    expect(percentile(ascending, share)).toBe(expected);
  });

  test('a spread sorts by number and not by text, and of nothing is nothing', () => {
    expect(spreadOf([90_000, 10_000, 100_000])).toEqual({ samples: 3, medianS: 90, p90S: 100 });
    expect(spreadOf([])).toEqual({ samples: 0, medianS: null, p90S: null });
  });
});

describe('rates', () => {
  const policy = AlarmPolicy.parse({ flood: { positions: [{ id: 'yard', lanes: ['a', 'b'] }] } });
  const hour = 6 * intervalMs;

  test('are by lane, and by the position that looks after it; a position’s peak is of its lanes together', () => {
    const intervals = [
      { laneId: 'a', interval: 1, alarms: 3 },
      { laneId: 'b', interval: 1, alarms: 4 },
      { laneId: 'b', interval: 2, alarms: 5 },
      { laneId: 'c', interval: 2, alarms: 6 },
    ];
    const floods = [
      { position: 'yard', ms: hour / 4 },
      { position: 'yard', ms: hour / 4 },
    ];
    expect(ratesOf(policy, hour, intervals, floods)).toEqual({
      positions: [
        { position: 'site', alarms: 6, averagePer10Min: 1, peakPer10Min: 6, floodShare: 0 },
        { position: 'yard', alarms: 12, averagePer10Min: 2, peakPer10Min: 7, floodShare: 0.5 },
      ],
      lanes: [
        { laneId: 'a', alarms: 3, averagePer10Min: 0.5, peakPer10Min: 3 },
        { laneId: 'b', alarms: 9, averagePer10Min: 1.5, peakPer10Min: 5 },
        { laneId: 'c', alarms: 6, averagePer10Min: 1, peakPer10Min: 6 },
      ],
    });
  });

  test('of a period that has not begun are none, not infinite', () => {
    expect(ratesOf(policy, 0, [], []).positions).toEqual([
      { position: 'yard', alarms: 0, averagePer10Min: null, peakPer10Min: 0, floodShare: null },
    ]);
  });
});

const tally = (change: Partial<AlarmTally>): AlarmTally => ({
  deviceId: 'rpm',
  priority: 'high',
  class: null,
  detection: true,
  historical: false,
  alarms: 1,
  unanswered: 0,
  chattering: 0,
  stale: 0,
  ...change,
});

describe('alarms', () => {
  test('a historical alarm is in the total and nowhere else; a condition needs no verdict', () => {
    const totals = totalsOf([
      tally({ alarms: 3, unanswered: 1, chattering: 1 }),
      tally({ alarms: 4, historical: true, unanswered: 4, stale: 4, priority: 'low' }),
      tally({ alarms: 1, detection: false, priority: 'low', stale: 1 }),
    ]);
    expect(totals).toMatchObject({
      ...{ total: 8, historical: 4, chattering: 1, stale: 1, unanswered: 1, undisposed: 3 },
      distribution: [
        { priority: 'critical', alarms: 0, share: 0 },
        { priority: 'high', alarms: 3, share: 0.75 },
        { priority: 'medium', alarms: 0, share: 0 },
        { priority: 'low', alarms: 1, share: 0.25 },
      ],
    });
    expect(totalsOf([]).distribution.map(({ share }) => share)).toEqual([null, null, null, null]);
  });

  test('a device’s shares are of its verdicts, those of a test left out', () => {
    const figures = deviceFigures([
      tally({ deviceId: 'xray' }),
      tally({ class: 'false', alarms: 3 }),
      tally({ class: 'innocent', alarms: 4, historical: true }),
      tally({ class: 'real', alarms: 1 }),
      tally({ class: 'test', alarms: 9 }),
      tally({ alarms: 5 }),
    ]);
    expect(figures).toEqual([
      {
        ...{ deviceId: 'rpm', alarms: 22, historical: 4, disposed: 8, real: 1, innocent: 4, false: 3 },
        ...{ innocentShare: 0.5, falseShare: 0.375 },
      },
      {
        ...{ deviceId: 'xray', alarms: 1, historical: 0, disposed: 0, real: 0, innocent: 0, false: 0 },
        ...{ innocentShare: null, falseShare: null },
      },
    ]);
  });
});

const examined = (code: string, change: Partial<ExaminationCase> = {}): ExaminationCase => ({
  ...{ state: 'resulted', requestedMs: 0, dueMs: 100_000, resultMs: 60_000, code, deliveryLate: false },
  ...{ reason: 'radiation-alarm', laneId: null, originator: null, criteria: [] },
  ...change,
});
const without = (state: ExaminationCase['state'], change: Partial<ExaminationCase> = {}) =>
  examined('', { state, resultMs: null, code: null, ...change });

describe('examinations', () => {
  test('of none: no share is a number', () => {
    expect(examinationFigures([], 0)).toMatchObject({ onTimeShare: null, hitRate: null, deliveredInTimeShare: null });
  });

  test('on time is by the due time, of all that should have had a result', () => {
    const nowMs = 150_000;
    const figures = examinationFigures(
      [
        examined('norm', { resultMs: 100_000 }),
        examined('norm', { resultMs: 100_001 }),
        without('missed'),
        without('cancelled'),
        without('requested', { dueMs: nowMs - 1 }),
        without('started', { dueMs: nowMs }),
      ],
      nowMs,
    );
    expect(figures).toMatchObject({
      ...{ examinations: 6, results: 2, onTime: 1, missed: 1, cancelled: 1, late: 1, open: 1, onTimeShare: 0.25 },
      timeToResult: { samples: 2, medianS: 100, p90S: 100.001 },
    });
  });

  test('a hit is what its code says, of what was looked at', () => {
    const codes = ['narcotics', 'snm', 'nothing-found', 'norm', 'unknown-cause', 'not-examined', 'test'];
    expect(
      examinationFigures(
        codes.map((code) => examined(code)),
        0,
      ),
    ).toMatchObject({
      ...{ results: 7, examined: 5, hits: 2, hitRate: 0.4 },
    });
    expect(hitCodes).toEqual([
      ...['illegal-radioactive', 'snm', 'illegal-chemical', 'illegal-biological', 'explosives', 'weapons'],
      ...['narcotics', 'banned-substances', 'human-smuggling', 'other-suspicious', 'other-threat'],
    ]);
  });

  test('delivery in time is of what was delivered, or should have been', () => {
    expect(
      examinationFigures(
        [
          examined('norm', { state: 'delivered' }),
          examined('norm', { state: 'delivered', deliveryLate: true }),
          examined('norm', { deliveryLate: true }),
          examined('norm'),
        ],
        0,
      ),
    ).toMatchObject({ delivered: 2, deliveredInTime: 1, deliveredInTimeShare: 1 / 3 });
  });

  test('each criterion is judged by all that was examined for it; the most examined comes first', () => {
    const { byCriterion, byOriginator } = examinationFigures(
      [
        examined('narcotics', { criteria: ['route', 'company'], originator: 'freight' }),
        examined('norm', { criteria: ['route', 'route'], originator: 'freight' }),
      ],
      0,
    );
    expect(byCriterion).toMatchObject([
      { name: 'route', examined: 2, hits: 1, hitRate: 0.5 },
      { name: 'company', examined: 1, hits: 1, hitRate: 1 },
    ]);
    expect(byOriginator).toMatchObject([{ name: 'freight', examined: 2, hits: 1 }]);
  });

  test.each([
    ['random', null, 'random'],
    ['random', 'freight', 'random'],
    ['radiation-alarm', 'freight', 'targeted'],
    ['targeting-recommendation', null, 'targeted'],
    ['foreign-intelligence', null, 'targeted'],
    ['radiation-alarm', null, 'other'],
    ['inspector-suspicion', null, 'other'],
  ])('%s of target by %j is %s', (reason, originator, selection) => {
    expect(selectionOf({ reason, originator })).toBe(selection);
  });
});

test('a match’s share is of what was judged either way', () => {
  const [method, originator] = ['exact', 'freight'];
  expect(
    matchFigures([
      { method, originator, verdict: 'confirmed', matches: 3 },
      { method, originator: 'pax', verdict: 'rejected', matches: 1 },
      { method: 'candidate', originator, verdict: 'unsure', matches: 5 },
      { method, originator, verdict: null, matches: 7 },
    ]),
  ).toMatchObject({
    ...{ proposed: 16, confirmed: 3, rejected: 1, unsure: 5, open: 7, confirmedShare: 0.75 },
    byMethod: [
      { name: 'candidate', proposed: 5, confirmedShare: null },
      { name: 'exact', proposed: 11, confirmedShare: 0.75 },
    ],
    byOriginator: [
      { name: 'freight', proposed: 15, confirmedShare: 1 },
      { name: 'pax', proposed: 1, confirmedShare: 0 },
    ],
  });
});
