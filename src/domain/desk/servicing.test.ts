import { describe, expect, test } from 'vitest';
import { closing, deskBench, gamma, only, typesOf } from '../../../tests/support/desk-bench.ts';
import type { Service, ServiceScope } from '../service.ts';

type Bench = ReturnType<typeof deskBench>;

function set(bench: Bench, scope: ServiceScope, id: string, service: Service, forS?: number) {
  const until = forS === undefined ? undefined : new Date(bench.nowMs() + forS * 1000).toISOString();
  const reason = service === 'in-service' ? undefined : 'being mended';
  return bench.tell({ type: 'set-service', scope, id, service, reason, until });
}
function passWithAlarm(bench: Bench, deviceId = 'rpm') {
  const raised = bench.see('vehicle', deviceId, gamma(bench.nowMs(), 1));
  bench.see('vehicle', deviceId, closing(bench.nowMs()));
  return raised;
}

describe('a lane out of service', () => {
  test('takes its alarms off the board, one event each, and leaves other lanes’ alone', () => {
    const bench = deskBench();
    passWithAlarm(bench);
    bench.see('container', 'ocr', gamma(bench.nowMs(), 1));
    expect(typesOf(set(bench, 'lane', 'vehicle', 'out-of-service'))).toEqual(['service.changed', 'alarm.suppressed']);
    const [here, elsewhere] = bench.alarms();
    expect(here).toMatchObject({
      state: 'out-of-service',
      service: { scope: 'lane', id: 'vehicle', service: 'out-of-service', reason: 'being mended', by: 'anna' },
    });
    expect(elsewhere?.state).toBe('unacknowledged');
  });

  test('loses no detection: raised there it is recorded and latched, and on the board when service returns', () => {
    const bench = deskBench();
    set(bench, 'lane', 'vehicle', 'suppressed');
    expect(typesOf(passWithAlarm(bench))).toContain('alarm.raised');
    bench.atS += 10;
    bench.feed({ type: 'tick' });
    const { id } = only(bench.alarms());
    expect(only(bench.alarms())).toMatchObject({ state: 'suppressed', latched: true });
    expect(typesOf(set(bench, 'lane', 'vehicle', 'in-service'))).toEqual(['service.changed', 'alarm.unsuppressed']);
    expect(only(bench.alarms())).toMatchObject({ id, state: 'returned', service: null });
  });

  test('ends by itself when its time is up, once', () => {
    const bench = deskBench();
    bench.see('vehicle', 'rpm', gamma(bench.nowMs(), 1));
    set(bench, 'lane', 'vehicle', 'out-of-service', 60);
    bench.atS += 59;
    expect(bench.feed({ type: 'tick' })).toEqual([]);
    bench.atS += 1;
    const ended = bench.feed({ type: 'tick' });
    expect(typesOf(ended)).toEqual(['service.changed', 'alarm.unsuppressed']);
    expect(ended[0]?.data).toMatchObject({ service: 'in-service', by: 'lanewatch', reason: 'its time is up' });
    expect(bench.feed({ type: 'tick' })).toEqual([]);
  });
});

describe('lane and device together', () => {
  test('out of service goes before suppressed; an alarm is back when neither holds it', () => {
    const bench = deskBench();
    bench.see('vehicle', 'rpm', gamma(bench.nowMs(), 1));
    const states = [
      ['device', 'rpm', 'out-of-service'],
      ['lane', 'vehicle', 'suppressed'],
      ['device', 'rpm', 'in-service'],
      ['lane', 'vehicle', 'in-service'],
    ] as const;
    const seen = states.map(([scope, id, service]) => {
      set(bench, scope, id, service);
      return only(bench.alarms()).state;
    });
    expect(seen).toEqual(['out-of-service', 'out-of-service', 'suppressed', 'unacknowledged']);
  });

  test('a device’s service is of that device alone, on whatever lane it stands', () => {
    const bench = deskBench();
    set(bench, 'device', 'rpm', 'suppressed');
    passWithAlarm(bench, 'rpm');
    bench.atS += 100;
    passWithAlarm(bench, 'ocr');
    expect(bench.alarms().map(({ state }) => state)).toEqual(['suppressed', 'returned']);
  });
});

describe('what is refused', () => {
  test.each([
    ['a lane there is none of', { scope: 'lane', id: 'none', service: 'suppressed', reason: 'x' }, 'not-found'],
    ['a device there is none of', { scope: 'device', id: 'vehicle', service: 'suppressed', reason: 'x' }, 'not-found'],
    ['no reason', { scope: 'lane', id: 'vehicle', service: 'suppressed' }, 'invalid-request'],
    [
      'an end that is past',
      { scope: 'lane', id: 'vehicle', service: 'suppressed', reason: 'x', until: '2026-11-23T09:00:00.000Z' },
      'invalid-request',
    ],
    [
      'an end of being in service',
      { scope: 'lane', id: 'vehicle', service: 'in-service', until: '2027-11-23T09:00:00.000Z' },
      'invalid-request',
    ],
  ] as const)('%s', (_name, change, code) => {
    const bench = deskBench();
    expect(bench.refusal({ type: 'set-service', ...change }).code).toBe(code);
    expect(bench.state.services).toEqual({ lane: new Map(), device: new Map() });
  });
});

test('what has left the configuration does not hold its alarms for ever', () => {
  const bench = deskBench();
  const said = { scope: 'device', id: 'old', version: 1, service: 'suppressed', reason: 'x', by: 'anna' } as const;
  bench.state.services.device.set('old', { ...said, at: new Date(bench.nowMs()).toISOString(), until: null });
  bench.see('vehicle', 'old', gamma(bench.nowMs(), 1));
  expect(only(bench.alarms()).state).toBe('suppressed');
  expect(typesOf(bench.feed({ type: 'tick' }))).toEqual(['service.changed', 'alarm.unsuppressed']);
  expect(only(bench.alarms()).state).toBe('unacknowledged');
  expect(bench.state.services.device.get('old')).toMatchObject({ service: 'in-service', by: 'lanewatch' });
});
