import { expect, test } from 'vitest';
import {
  deskBench,
  gammaFinding,
  identity,
  morningMs,
  only,
  read,
  targetInput,
  typesOf,
} from '../../../tests/support/desk-bench.ts';
import type { KeptOccupancyReport } from './decision.ts';

function report(change: Partial<KeptOccupancyReport> = {}): KeptOccupancyReport {
  return {
    type: 'occupancy-report',
    reportId: 'doc#0',
    observedAtMs: morningMs - 4_000,
    durationS: 4,
    speedKmh: 8,
    profile: { gamma: [{ t: 0, value: 900 }], neutron: [] },
    identifiers: [],
    nuclides: [],
    detections: [
      { signal: 'gamma', hazard: 'radiological', count: 1, finding: gammaFinding() },
      {
        signal: 'isotope',
        hazard: 'nuclear',
        count: 1,
        finding: { kind: 'isotope', nuclides: [], description: 'Isotope', algorithm: null },
      },
    ],
    spectra: { id: 'f'.repeat(64), count: 3 },
    stored: false,
    ...change,
  };
}

test('a document is a passage with its occupancy, alarms and spectra, told at once', () => {
  const bench = deskBench();
  const events = bench.see('vehicle', 'srpm', report());
  expect(typesOf(events)).toEqual(['passage.opened', 'alarm.raised', 'alarm.raised']);
  expect(only(bench.passages())).toMatchObject({
    occupancy: { deviceId: 'srpm', durationS: 4, endReason: 'device' },
    speedKmh: 8,
    reports: [{ id: 'doc#0', spectra: { id: 'f'.repeat(64), count: 3 } }],
  });
  expect(
    bench.alarms().map(({ signal, priority, firstOut, historical }) => [signal, priority, firstOut, historical]),
  ).toEqual([
    ['gamma', 'high', true, false],
    ['isotope', 'critical', false, false],
  ]);
});

test('the same document again changes nothing', () => {
  const bench = deskBench();
  bench.see('vehicle', 'srpm', report());
  expect(bench.see('vehicle', 'srpm', report())).toEqual([]);
  expect(bench.see('vehicle', 'srpm', report({ reportId: 'doc#1', detections: [] }))).not.toEqual([]);
});

test('it joins the passage of its time, and its container is matched with the targets', () => {
  const bench = deskBench();
  bench.tell({ type: 'put-target', target: targetInput() });
  bench.see('vehicle', 'anpr', identity('r1', [read('plate', 'AB123C')], morningMs));
  const events = bench.see('vehicle', 'srpm', report({ identifiers: [read('container', 'CSQU3054383')] }));
  expect(bench.passages()).toHaveLength(1);
  expect(typesOf(events)).toContain('match.proposed');
  expect(bench.alarms()[0]?.matches).toMatchObject([{ method: 'exact' }]);
});

test('a document of long ago joins the past: its alarms are historical', () => {
  const bench = deskBench();
  bench.see('vehicle', 'srpm', report({ observedAtMs: Date.UTC(2003, 10, 23) }));
  expect(
    bench
      .alarms()
      .filter(({ signal }) => signal !== 'condition')
      .map(({ historical }) => historical),
  ).toEqual([true, true]);
});

test('a family of conditions: what is new comes, what is not named goes, others stay', () => {
  const bench = deskBench();
  const fault = (code: string) => ({ code, severity: 'warning' as const, text: code });
  const set = (...codes: string[]) =>
    bench.see('vehicle', 'srpm', {
      type: 'condition-set',
      family: 'fault-',
      active: codes.map(fault),
      observedAtMs: morningMs,
    });
  bench.see('vehicle', 'srpm', { type: 'condition', active: true, ...fault('tamper'), observedAtMs: morningMs });
  set('fault-1', 'fault-2');
  expect(set('fault-1', 'fault-2')).toEqual([]);
  expect(typesOf(set('fault-2', 'fault-3'))).toEqual([
    'condition.cleared',
    'alarm.cleared',
    'condition.raised',
    'alarm.raised',
  ]);
  expect([...(bench.state.devices.get('srpm')?.conditions.keys() ?? [])]).toEqual(['tamper', 'fault-2', 'fault-3']);
});

test('two passengers of one flight are two passages', () => {
  const bench = deskBench();
  const flight = read('flight', 'AC083420261122');
  bench.see('pedestrian', 'reader', identity('r1', [read('boarding-pass', 'AC0834326001A0025'), flight], morningMs));
  bench.see(
    'pedestrian',
    'reader',
    identity('r2', [read('boarding-pass', 'AC0834326002B0026'), flight], morningMs + 1_000),
  );
  expect(bench.passages()).toHaveLength(2);
});
