import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { deskBench, gamma, only, typesOf, xray } from '../../../tests/support/desk-bench.ts';
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
