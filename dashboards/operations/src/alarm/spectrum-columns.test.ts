import { expect, test } from 'vitest';
import type { Spectrum } from '../contract/resources.ts';
import { energyOf, spectrumColumns } from './spectrum-columns.ts';

const spectrum = (counts: number[], change: Partial<Spectrum> = {}): Spectrum => ({
  class: 'Foreground',
  detector: 'g',
  slices: 1,
  startedAt: null,
  realTimeS: 2,
  liveTimeS: 2,
  counts,
  energy: { coefficients: [1, 3] },
  ...change,
});

test('energies by polynomial, by boundaries, and channels where there is neither', () => {
  expect(energyOf({ coefficients: [1, 3, 0.5] }, 2)).toBe(9);
  expect(energyOf({ boundaries: [0, 10, 30] }, 1)).toBe(20);
  expect(energyOf(null, 7)).toBe(7);
});

test('the background counts as it would in the same time', () => {
  const [energies, counts, background] = spectrumColumns(
    spectrum([4, 6]),
    spectrum([100, 0], { liveTimeS: 20 }),
    false,
  );
  expect(energies).toEqual([1, 4]);
  expect(counts).toEqual([4, 6]);
  expect(background).toEqual([10, 0]);
});

test('a logarithm leaves zeros out', () => {
  expect(spectrumColumns(spectrum([0, 6]), null, true)[1]).toEqual([null, 6]);
});

test('thousands of channels become as many points as a screen has, and lose no count', () => {
  const [, counts = []] = spectrumColumns(spectrum(Array(8_192).fill(1)), null, false);
  expect(counts).toHaveLength(1_024);
  expect([...counts].reduce<number>((sum, count) => sum + (count ?? 0), 0)).toBe(8_192);
});
