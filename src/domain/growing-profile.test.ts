import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ProfilePoint } from './evidence.ts';
import { emptyProfile, pointsOf, topOf, withSample } from './growing-profile.ts';

const samplesOf = (values: readonly number[]): ProfilePoint[] =>
  values.map((value, index) => ({ t: index * 0.2, value }));
const grown = (samples: readonly ProfilePoint[]) => samples.reduce(withSample, emptyProfile);

describe('a growing profile', () => {
  test('tells two minutes of samples as they came', () => {
    const samples = samplesOf(Array.from({ length: 600 }, (_, index) => index % 7));
    expect(pointsOf(grown(samples))).toEqual(samples);
    expect(pointsOf(emptyProfile)).toEqual([]);
    expect(topOf(emptyProfile)).toBeUndefined();
  });

  test('an hour is kept in bounded memory, and told in order with 600 points at most', () => {
    let profile = emptyProfile;
    for (const sample of samplesOf(Array.from({ length: 18_000 }, (_, index) => index % 101))) {
      profile = withSample(profile, sample);
      expect(profile.points).toBeLessThanOrEqual(1_200);
    }
    const told = pointsOf(profile);
    expect(profile.samples).toBe(18_000);
    expect(told.length).toBeGreaterThan(250);
    expect(told.length).toBeLessThanOrEqual(600);
    expect(told.map(({ t }) => t)).toEqual(told.map(({ t }) => t).toSorted((a, b) => a - b));
  });

  test('adding leaves the profile before it as it was', () => {
    const before = grown(samplesOf([1, 2]));
    withSample(before, { t: 9, value: 9 });
    expect(pointsOf(before)).toEqual(samplesOf([1, 2]));
  });

  test('no peak is ever lost, and every point is a sample', () => {
    const values = fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 1, maxLength: 6_000, size: 'max' });
    fc.assert(
      fc.property(values, (given) => {
        const samples = samplesOf(given);
        const profile = grown(samples);
        const highest = Math.max(...given);
        expect(topOf(profile)).toEqual(samples.find(({ value }) => value === highest));
        expect(Math.max(...pointsOf(profile).map(({ value }) => value))).toBe(highest);
        const known = new Set(samples);
        expect(pointsOf(profile).every((point) => known.has(point))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});
