import { describe, expect, test } from 'vitest';
import { deskBench, only, typesOf, xray } from '../../../tests/support/desk-bench.ts';

type Bench = ReturnType<typeof deskBench>;

function fan(bench: Bench, active: boolean) {
  const observedAtMs = bench.nowMs();
  return bench.see('vehicle', 'rpm', {
    type: 'condition',
    code: 'fan',
    severity: 'error',
    text: 'fan',
    active,
    observedAtMs,
  });
}
let scans = 0;
function bag(bench: Bench, laneId = 'baggage', deviceId = 'xray') {
  scans += 1;
  return bench.see(laneId, deviceId, xray(`x${scans}`, 'alarm', bench.nowMs()));
}
const apart = { chattering: { count: 10, withinS: 1 } };

describe('chattering', () => {
  test('is marked at the third raise within a minute and unmarked after a quiet one', () => {
    const bench = deskBench();
    for (const atS of [0, 10, 20]) {
      bench.atS = atS;
      fan(bench, true);
      bench.atS = atS + 5;
      if (atS < 20) expect(only(bench.alarms()).marks).toEqual([]);
      fan(bench, false);
    }
    expect(only(bench.alarms()).marks).toEqual(['chattering']);
    bench.atS = 80;
    expect(bench.feed({ type: 'tick' })).toEqual([]);
    bench.atS = 81;
    expect(typesOf(bench.feed({ type: 'tick' }))).toEqual(['alarm.updated']);
    expect(only(bench.alarms()).marks).toEqual([]);
  });

  test('is of one source: three bags of one scanner, each its own alarm, but not of three', () => {
    const bench = deskBench();
    for (const device of ['xray', 'xray', 'ocr', 'anpr', 'xray']) bag(bench, 'baggage', device);
    expect(bench.alarms().map(({ marks }) => marks)).toEqual([[], [], [], [], ['chattering']]);
  });

  test('slower than the policy asks is none', () => {
    const bench = deskBench({ alarms: { chattering: { count: 2, withinS: 10 } } });
    for (const atS of [0, 11, 22]) {
      bench.atS = atS;
      bag(bench);
    }
    expect(bench.alarms().flatMap(({ marks }) => marks)).toEqual([]);
  });
});

describe('a flood', () => {
  test('begins with the eleventh alarm in ten minutes and ends below five', () => {
    const bench = deskBench({ alarms: apart });
    const began = Array.from({ length: 12 }, (_, minute) => {
      bench.atS = minute * 40;
      return typesOf(bag(bench)).filter((type) => type.startsWith('flood'));
    });
    expect(began.flat()).toEqual(['flood.began']);
    expect(began[10]).toEqual(['flood.began']);
    expect(bench.alarms().map(({ marks }) => marks?.includes('flood'))).toEqual([
      ...Array.from({ length: 10 }, () => false),
      true,
      true,
    ]);
    expect(bench.events.find(({ type }) => type === 'lanewatch.flood.began')).toMatchObject({
      subject: 'positions/site',
      data: { position: 'site', alarms: 11 },
    });
    const floodEnds = (atS: number) => {
      bench.atS = atS;
      return typesOf(bench.feed({ type: 'tick' })).filter((type) => type.startsWith('flood'));
    };
    // The eighth alarm came at 280 s: at 880 s it is the fifth of the last ten minutes.
    expect(floodEnds(880)).toEqual([]);
    expect(floodEnds(881)).toEqual(['flood.ended']);
    expect(floodEnds(882)).toEqual([]);
  });

  test('is of one position: another operator’s lanes do not count', () => {
    const flood = { beginsAbove: 2, endsBelow: 1, positions: [{ id: 'hall', lanes: ['baggage'] }] };
    const bench = deskBench({ alarms: { ...apart, flood } });
    for (const lane of ['vehicle', 'baggage', 'vehicle', 'baggage']) bag(bench, lane, `x-${lane}`);
    expect(bench.state.floods.size).toBe(0);
    bag(bench, 'baggage');
    expect([...bench.state.floods.keys()]).toEqual(['hall']);
    expect(bench.alarms().filter(({ marks }) => marks?.includes('flood'))).toHaveLength(1);
  });

  test('is not of what no operator is shown: held, historical, of an exercise', () => {
    const bench = deskBench({ alarms: { ...apart, flood: { beginsAbove: 1, endsBelow: 1 } } });
    bench.tell({ type: 'set-service', scope: 'lane', id: 'baggage', service: 'suppressed', reason: 'x' });
    bag(bench);
    bag(bench);
    bench.see('vehicle', 'xray', { ...xray('e1', 'alarm', bench.nowMs()), mode: 'exercise' });
    bench.see('vehicle', 'xray', { ...xray('e2', 'alarm', bench.nowMs()), mode: 'exercise' });
    expect(bench.state.floods.size).toBe(0);
  });
});
