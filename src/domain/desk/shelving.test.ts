import { describe, expect, test } from 'vitest';
import { deskBench, gamma, only, typesOf } from '../../../tests/support/desk-bench.ts';
import type { Severity } from '../words.ts';

type Bench = ReturnType<typeof deskBench>;

function condition(bench: Bench, active: boolean, severity: Severity = 'warning') {
  const observedAtMs = bench.nowMs();
  return bench.see('vehicle', 'rpm', { type: 'condition', code: 'fan', severity, text: 'fan', active, observedAtMs });
}
function until(bench: Bench, afterS: number): string {
  return new Date(bench.nowMs() + afterS * 1000).toISOString();
}
function shelve(bench: Bench, afterS: number) {
  return {
    type: 'shelve',
    alarmId: only(bench.alarms()).id,
    reason: 'being mended',
    until: until(bench, afterS),
  } as const;
}

describe('limits by priority', () => {
  const raise = {
    critical: (bench: Bench) =>
      bench.see('vehicle', 'rpm', { ...gamma(bench.nowMs(), 1), signal: 'neutron', hazard: 'nuclear' }),
    high: (bench: Bench) => condition(bench, true, 'fatal'),
    medium: (bench: Bench) => condition(bench, true, 'error'),
    low: (bench: Bench) => condition(bench, true),
  };
  test.each([
    ['critical', 1, null],
    ['high', 901, 900],
    ['medium', 3_601, 3_600],
    ['low', 28_801, 28_800],
  ] as const)('%s: %i s is too long', (priority, tooLongS, longestS) => {
    const bench = deskBench();
    raise[priority](bench);
    expect(only(bench.alarms()).priority).toBe(priority);
    expect(bench.refusal(shelve(bench, tooLongS))).toMatchObject({
      code: 'invalid-request',
      extra: { priority, longestS: longestS ?? 0, latest: until(bench, longestS ?? 0) },
    });
    if (longestS === null) return;
    bench.tell(shelve(bench, longestS));
    expect(only(bench.alarms())).toMatchObject({ state: 'shelved', shelved: { by: 'anna', reason: 'being mended' } });
  });

  test('are policy data', () => {
    const bench = deskBench({ alarms: { shelving: { lowS: 60 } } });
    condition(bench, true);
    expect(bench.refusal(shelve(bench, 61)).detail).toContain('at most 60 s');
    bench.tell(shelve(bench, 60));
  });

  test('the past, and now, are no end', () => {
    const bench = deskBench();
    condition(bench, true);
    expect(bench.refusal(shelve(bench, -1)).code).toBe('invalid-request');
    expect(bench.refusal(shelve(bench, 0)).code).toBe('invalid-request');
  });
});

describe('the end of a shelving', () => {
  test('comes by itself when its time is up, once, and what is still there must be answered again', () => {
    const bench = deskBench();
    condition(bench, true);
    bench.tell({ type: 'acknowledge', alarmId: only(bench.alarms()).id });
    bench.tell(shelve(bench, 600));
    bench.atS += 599;
    expect(bench.feed({ type: 'tick' })).toEqual([]);
    bench.atS += 1;
    expect(typesOf(bench.feed({ type: 'tick' }))).toEqual(['alarm.unshelved']);
    expect(bench.feed({ type: 'tick' })).toEqual([]);
    expect(only(bench.alarms())).toMatchObject({
      state: 'unacknowledged',
      shelved: null,
      unshelved: { by: 'lanewatch', reason: 'its time is up', at: until(bench, 0) },
    });
  });

  test('comes when the clock is set back, lest it be shelved for longer than anybody may', () => {
    const bench = deskBench();
    condition(bench, true);
    bench.tell(shelve(bench, 600));
    bench.atS -= 60;
    expect(bench.feed({ type: 'tick' }), 'a little back').toEqual([]);
    bench.atS -= 1;
    expect(typesOf(bench.feed({ type: 'tick' }))).toEqual(['alarm.unshelved']);
    expect(only(bench.alarms()).unshelved).toMatchObject({ by: 'lanewatch', reason: 'the clock was set back' });
  });

  test('a new occurrence at the same priority stays shelved, and is counted', () => {
    const bench = deskBench();
    condition(bench, true);
    bench.tell(shelve(bench, 600));
    condition(bench, false);
    condition(bench, true);
    expect(only(bench.alarms())).toMatchObject({ state: 'shelved', count: 2, active: true });
  });

  test('a rise of priority ends it at once: what was shelved was less', () => {
    const bench = deskBench();
    condition(bench, true);
    bench.tell(shelve(bench, 600));
    condition(bench, false);
    expect(typesOf(condition(bench, true, 'error'))).toEqual(['condition.raised', 'alarm.unshelved']);
    expect(only(bench.alarms())).toMatchObject({
      state: 'unacknowledged',
      priority: 'medium',
      rule: 'condition-error',
      unshelved: { by: 'lanewatch', reason: 'its priority rose' },
    });
  });

  test('so does a worse sample of the same detection', () => {
    const bench = deskBench();
    bench.see('vehicle', 'rpm', gamma(bench.nowMs(), 1));
    bench.tell(shelve(bench, 600));
    const worse = bench.see('vehicle', 'rpm', { ...gamma(bench.nowMs(), 2), hazard: 'nuclear' });
    expect(typesOf(worse)).toEqual(['alarm.unshelved']);
    expect(only(bench.alarms())).toMatchObject({ state: 'unacknowledged', priority: 'critical' });
  });

  test('an alarm that a passage’s end and its time touch in one tick loses neither', () => {
    const bench = deskBench({ alarms: { shelving: { highS: 900 } } });
    bench.see('pedestrian', 'xray', { ...gamma(bench.nowMs(), 1), observedAtMs: bench.nowMs() });
    bench.tell(shelve(bench, 5));
    bench.feed({ type: 'link', deviceId: 'xray', laneId: 'pedestrian', state: 'offline', reason: null });
    bench.atS += 6;
    bench.feed({ type: 'tick' });
    bench.feed({ type: 'tick' });
    const alarm = bench.alarms().find(({ signal }) => signal === 'gamma');
    expect(alarm).toMatchObject({ state: 'returned', shelved: null, active: false });
    expect(only(bench.passages()).closedAt).not.toBeNull();
  });
});
