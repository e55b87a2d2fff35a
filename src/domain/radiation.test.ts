import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noPeak, peakWith, sigmaOf, thresholdOf } from './radiation.ts';

describe('the sheet’s vectors', () => {
  test.each([
    [[188, 206, 262, 243], 899, 1108.883],
    [[822, 750, 770, 757], 3099, 3488.681],
  ])('%j: B %i, threshold(7) %f', (counts, background, threshold) => {
    const sum = counts.reduce((total, count) => total + count, 0);
    expect(sum).toBe(background);
    expect(thresholdOf(sum, 7)).toBeCloseTo(threshold, 3);
  });

  test('sigma at the threshold is N; without a background there is none', () => {
    expect(sigmaOf(thresholdOf(899, 7), 899)).toBeCloseTo(7, 9);
    expect(sigmaOf(5, 0)).toBeNull();
  });
});

describe('the peak window', () => {
  const peakOf = (...values: number[]) =>
    values.map((value, index) => ({ t: index * 0.2, value })).reduce(peakWith, noPeak).peak;

  test('no sample, no peak; fewer than five, no whole window', () => {
    expect(peakOf()).toBeNull();
    expect(peakOf(100, 900, 100)).toEqual({ value: 900, whole: false, t: 0.2 });
  });

  test('five samples summed over a second, at the middle of the window', () => {
    const peak = peakOf(1000, 1000, 1000, 1000, 6000, 1000, 1000);
    expect(peak).toMatchObject({ value: 2000, whole: true });
    expect(peak?.t).toBeCloseTo(0.4, 9);
  });

  test('is never above the highest sample, nor below the mean', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5_000_000 }), { minLength: 5, maxLength: 100 }), (values) => {
        const peak = peakOf(...values);
        const lowest = Math.min(...values);
        expect(peak?.value).toBeLessThanOrEqual(Math.max(...values));
        expect(peak?.value).toBeGreaterThanOrEqual(lowest);
      }),
    );
  });
});
