import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { closing, deskBench, gamma, gammaFinding, only, typesOf, xray } from '../../../tests/support/desk-bench.ts';
import type { AnnunciationProfile } from '../annunciation.ts';

type Bench = ReturnType<typeof deskBench>;

function benchWith(...profiles: z.input<typeof AnnunciationProfile>[]): Bench {
  return deskBench({ alarms: { profiles } });
}
function fan(bench: Bench, active: boolean, deviceId = 'rpm', code = 'fan') {
  const observedAtMs = bench.nowMs();
  return typesOf(
    bench.see('vehicle', deviceId, { type: 'condition', code, severity: 'error', text: 'fan', active, observedAtMs }),
  );
}
function tickAt(bench: Bench, atS: number) {
  bench.atS = atS;
  return typesOf(bench.feed({ type: 'tick' }));
}

describe('an on-delay', () => {
  test('announces what is still there after it; the fact is recorded at once', () => {
    const bench = benchWith({ name: 'slow', onDelayS: 30 });
    expect(fan(bench, true)).toEqual(['condition.raised']);
    expect(tickAt(bench, 29)).toEqual([]);
    expect(tickAt(bench, 30)).toEqual(['alarm.raised']);
    expect(only(bench.alarms())).toMatchObject({
      state: 'unacknowledged',
      evidence: { code: 'fan' },
      observedAt: '2026-11-23T09:00:00.000Z',
      raisedAt: '2026-11-23T09:00:30.000Z',
    });
    expect(tickAt(bench, 60)).toEqual([]);
    expect(bench.state.unsettled.size).toBe(0);
  });

  test('announces nothing that was gone before, and begins anew with each coming', () => {
    const bench = benchWith({ name: 'slow', onDelayS: 30 });
    fan(bench, true);
    bench.atS = 20;
    expect(fan(bench, false)).toEqual(['condition.cleared']);
    fan(bench, true);
    expect(tickAt(bench, 49)).toEqual([]);
    expect(tickAt(bench, 50)).toEqual(['alarm.raised']);
  });
});

describe('an off-delay', () => {
  test('lets the alarm return when its cause has been gone for so long', () => {
    const bench = benchWith({ name: 'sticky', offDelayS: 30 });
    fan(bench, true);
    bench.atS = 10;
    expect(fan(bench, false)).toEqual(['condition.cleared']);
    expect(only(bench.alarms())).toMatchObject({ state: 'unacknowledged', active: true });
    expect(tickAt(bench, 39)).toEqual([]);
    expect(tickAt(bench, 40)).toEqual(['alarm.cleared']);
    expect(only(bench.alarms())).toMatchObject({ state: 'returned', active: false });
  });

  test('what comes back within it has never been gone: no second alarm, no second answer', () => {
    const bench = benchWith({ name: 'sticky', offDelayS: 30 });
    fan(bench, true);
    bench.tell({ type: 'acknowledge', alarmId: only(bench.alarms()).id });
    bench.atS = 10;
    fan(bench, false);
    bench.atS = 20;
    expect(fan(bench, true)).toEqual(['condition.raised']);
    expect(tickAt(bench, 100)).toEqual([]);
    expect(only(bench.alarms())).toMatchObject({ state: 'acknowledged', count: 1 });
  });
});

describe('a repeat count', () => {
  test('announces what has come so often within the window', () => {
    const bench = benchWith({ name: 'often', repeatCount: 3, repeatWindowS: 60 });
    const told = [0, 40, 80, 90].map((atS) => {
      bench.atS = atS;
      const types = fan(bench, true);
      bench.atS = atS + 1;
      fan(bench, false);
      return types;
    });
    expect(told.map((types) => types.includes('alarm.raised'))).toEqual([false, false, false, true]);
  });

  test('of a portal counts its alarming samples', () => {
    const bench = benchWith({ name: 'portal', signal: ['gamma'], repeatCount: 3 });
    bench.see('vehicle', 'rpm', { type: 'occupancy-opened', complete: true, observedAtMs: bench.nowMs() });
    const told = [1, 2, 3].map((count) => typesOf(bench.see('vehicle', 'rpm', gamma(bench.nowMs(), count))));
    expect(told.map((types) => types.includes('alarm.raised'))).toEqual([false, false, true]);
  });
});

describe('a deadband', () => {
  /** A portal whose alarm has been answered and has returned; the truck still stands in it. */
  function returned(change: object = {}) {
    const bench = benchWith({ name: 'hovering', signal: ['gamma'], deadbandPercent: 10, ...change });
    let count = 0;
    const sample = (value: number, active = true, threshold: number | null = 1_000) => {
      count += 1;
      bench.atS += 2;
      const finding = gammaFinding({ threshold, peak: 1_500, profile: [{ t: count, value }] });
      return typesOf(bench.see('vehicle', 'rpm', { ...gamma(bench.nowMs(), count, active), finding }));
    };
    bench.see('vehicle', 'rpm', { type: 'occupancy-opened', complete: true, observedAtMs: bench.nowMs() });
    sample(1_001);
    expect(only(bench.alarms()), 'the first is never held back').toMatchObject({ state: 'unacknowledged' });
    bench.tell({ type: 'acknowledge', alarmId: only(bench.alarms()).id });
    sample(900, false);
    return { bench, sample, now: () => only(bench.alarms()) };
  }

  test('asks nobody again while the value stays within it, and records all the same', () => {
    const { sample, now } = returned();
    expect(sample(1_100)).toEqual(['alarm.updated']);
    expect(now()).toMatchObject({ state: 'acknowledged', active: false, count: 3, clearedAt: expect.any(String) });
    expect(sample(1_101)).toEqual(['alarm.updated']);
    expect(now()).toMatchObject({ state: 'unacknowledged', active: true, acknowledged: null, clearedAt: null });
    sample(1_001);
    expect(now().active, 'there is none on the way down: the device says when it is over').toBe(true);
  });

  test('does not hold back a rise of priority, nor what has no threshold, nor the next subject', () => {
    const { bench, sample, now } = returned();
    const nuclide = { name: 'Pu-239', rawName: 'Pu', categories: ['snm'], confidence: null, rawConfidence: null };
    const finding = gammaFinding({ threshold: 1_000, profile: [{ t: 9, value: 1_050 }], nuclides: [nuclide] });
    bench.see('vehicle', 'rpm', { ...gamma(bench.nowMs(), 9), finding });
    expect(now()).toMatchObject({ state: 'unacknowledged', priority: 'critical', active: true });
    const thresholdless = returned();
    thresholdless.sample(1_050, true, null);
    expect(thresholdless.now()).toMatchObject({ state: 'unacknowledged', active: true });
    bench.see('vehicle', 'rpm', closing(bench.nowMs()));
    bench.atS += 3_600;
    bench.feed({ type: 'tick' });
    bench.see('vehicle', 'rpm', { type: 'occupancy-opened', complete: true, observedAtMs: bench.nowMs() });
    expect(sample(1_001)).toContain('alarm.raised');
  });

  test('is none where the profile has none', () => {
    const { sample, now } = returned({ deadbandPercent: 0 });
    sample(1_001);
    expect(now()).toMatchObject({ state: 'unacknowledged', active: true });
  });
});

describe('which profile counts', () => {
  test('the first that fits by code, device and lane; what none fits is announced at once', () => {
    const bench = benchWith(
      { name: 'door', code: ['door'], device: ['rpm'] },
      { name: 'baggage', lane: ['baggage'], onDelayS: 9 },
      { name: 'of-rpm', device: ['rpm'], onDelayS: 9 },
    );
    expect(fan(bench, true, 'rpm', 'door')).toContain('alarm.raised');
    expect(fan(bench, true, 'rpm', 'fan')).toEqual(['condition.raised']);
    expect(fan(bench, true, 'anpr', 'fan')).toContain('alarm.raised');
  });

  test('one for everything delays no detection', () => {
    const bench = benchWith({ name: 'all', onDelayS: 30, offDelayS: 30, repeatCount: 5 });
    expect(typesOf(bench.see('vehicle', 'rpm', gamma(bench.nowMs(), 1)))).toContain('alarm.raised');
    expect(typesOf(bench.see('baggage', 'xray', xray('x1', 'unknown', bench.nowMs())))).toContain('alarm.raised');
  });
});
