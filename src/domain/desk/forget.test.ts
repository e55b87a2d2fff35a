import { describe, expect, test } from 'vitest';
import { type DeskBench, deskBench, keepMs, xray } from '../../../tests/support/desk-bench.ts';

const keepS = keepMs / 1000;
const bag = (bench: DeskBench, name: string) => {
  bench.see('baggage', 'xray', xray(name, 'clear', bench.nowMs()));
  bench.atS += 10;
  bench.feed({ type: 'tick' });
};

describe('closed passages are let go of', () => {
  test('also behind one that a silent device never ends', () => {
    const bench = deskBench();
    bench.see('baggage', 'rpm', { type: 'occupancy-opened', complete: true, observedAtMs: bench.nowMs() });
    const standing = bench.passages()[0]?.id;
    for (let number = 0; number < 20; number += 1) bag(bench, `x${number}`);
    expect(bench.passages()).toHaveLength(20);
    bench.atS += keepS;
    bag(bench, 'fresh');
    expect(bench.passages()).toHaveLength(2);
    expect(bench.passages()[0]?.id).toBe(standing);
    expect(bench.state.lanePlaces.get('baggage')).toHaveLength(2);
    expect(bench.state.places.size).toBe(2);
  });

  test('also when the clock was set back by a year since', () => {
    const bench = deskBench();
    for (let number = 0; number < 5; number += 1) bag(bench, `x${number}`);
    bench.atS -= 365 * 86_400;
    bag(bench, 'fresh');
    expect(bench.passages()).toHaveLength(1);
  });
});
