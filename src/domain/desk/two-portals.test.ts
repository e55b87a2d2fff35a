import { expect, test } from 'vitest';
import { closing, deskBench, gamma, only, typesOf } from '../../../tests/support/desk-bench.ts';

/** Two portals of a lane see the same truck; the second one alarms. */
function seenByTwo() {
  const bench = deskBench();
  const open = (deviceId: string) =>
    bench.see('vehicle', deviceId, { type: 'occupancy-opened', complete: true, observedAtMs: bench.nowMs() });
  const close = (deviceId: string) => typesOf(bench.see('vehicle', deviceId, closing(bench.nowMs())));
  let count = 0;
  const sample = (active: boolean) => {
    count += 1;
    return typesOf(bench.see('vehicle', 'rpm-b', gamma(bench.nowMs(), count, active)));
  };
  open('rpm');
  bench.atS = 1;
  open('rpm-b');
  sample(true);
  bench.atS = 3;
  return { bench, close, sample, alarm: () => only(bench.alarms()) };
}

test('what the second one says after the first one’s end is of the same truck, and its end opens nothing', () => {
  const { bench, close, sample, alarm } = seenByTwo();
  expect(close('rpm')).toEqual(['passage.updated']);
  expect(alarm(), 'the second one still sees it').toMatchObject({ deviceId: 'rpm-b', active: true });
  expect(sample(true)).toEqual(['alarm.updated']);
  expect(sample(false)).toEqual(['alarm.cleared']);
  expect(close('rpm-b')).toEqual([]);
  expect(only(bench.passages()).alarmIds).toEqual([alarm().id]);
  expect(alarm()).toMatchObject({ state: 'returned', count: 3 });
  expect(bench.state.occupied.size).toBe(0);
});

test('the second one’s end, or its lost link, lets its alarm return while the first one goes on', () => {
  for (const how of ['close', 'link'] as const) {
    const { bench, close, alarm } = seenByTwo();
    if (how === 'close') expect(close('rpm-b')).toEqual(['alarm.cleared']);
    else bench.feed({ type: 'link', deviceId: 'rpm-b', laneId: 'vehicle', state: 'offline', reason: 'x' });
    const gone = how === 'close' ? alarm() : bench.alarms().find(({ signal }) => signal === 'gamma');
    expect(gone).toMatchObject({ deviceId: 'rpm-b', state: 'returned', active: false });
    expect(only(bench.passages()).occupancy).toMatchObject({ deviceId: 'rpm', endedAt: null });
  }
});

test('the end of an alarm that nobody has heard of opens nothing', () => {
  const bench = deskBench();
  expect(bench.see('vehicle', 'rpm', gamma(bench.nowMs(), 1, false))).toEqual([]);
  expect(bench.passages()).toEqual([]);
});
