import { describe, expect, test } from 'vitest';
import { deskBench, gamma, identity, only, read, xray } from '../../../tests/support/desk-bench.ts';
import type { Mode } from '../words.ts';

describe('the mode of an alarm', () => {
  test.each([
    ['the post’s', {}, null, 'operational'],
    ['its lane’s before the post’s', { laneModes: { baggage: 'exercise' } }, null, 'exercise'],
    [
      'its device’s before its lane’s',
      { laneModes: { baggage: 'exercise' }, deviceModes: { xray: 'test' } },
      null,
      'test',
    ],
    ['what the device told, where that is not real', { deviceModes: { xray: 'test' } }, 'training', 'training'],
    ['never real because a device says so', { laneModes: { baggage: 'exercise' } }, 'operational', 'exercise'],
  ] as const)('is %s', (_name, modes, told, expected) => {
    const bench = deskBench(modes);
    bench.see('baggage', 'xray', { ...xray('x1', 'alarm', bench.nowMs()), mode: told });
    expect(only(bench.alarms()).mode).toBe(expected satisfies Mode);
  });

  test('of a condition is that of its device', () => {
    const bench = deskBench({ deviceModes: { rpm: 'test' } });
    bench.feed({ type: 'link', deviceId: 'rpm', laneId: 'vehicle', state: 'offline', reason: null });
    expect(only(bench.alarms()).mode).toBe('test');
  });
});

test('a passage is as real as whatever sees it: a camera under test does not make the portal’s alarm a test', () => {
  const bench = deskBench({ deviceModes: { anpr: 'test' } });
  bench.see('vehicle', 'anpr', identity('r1', [read('plate', 'AB123C')], bench.nowMs()));
  expect(only(bench.passages()).mode).toBe('test');
  bench.see('vehicle', 'rpm', { type: 'occupancy-opened', complete: true, observedAtMs: bench.nowMs() });
  bench.see('vehicle', 'rpm', gamma(bench.nowMs(), 1));
  expect(only(bench.passages())).toMatchObject({ mode: 'operational', identities: [{ value: 'AB123C' }] });
  expect(only(bench.alarms()).mode).toBe('operational');
});

test('conditions of a device under test make no flood', () => {
  const flood = { beginsAbove: 1, endsBelow: 1 };
  const fault = { type: 'condition', severity: 'error', text: 'x', active: true } as const;
  const floodsWith = (deviceModes: Record<string, Mode>) => {
    const bench = deskBench({ alarms: { flood }, deviceModes });
    for (const code of ['fan', 'door']) {
      bench.see('vehicle', 'rpm', { ...fault, code, observedAtMs: bench.nowMs() });
    }
    return bench.state.floods.size;
  };
  expect([floodsWith({}), floodsWith({ rpm: 'test' })]).toEqual([1, 0]);
});
