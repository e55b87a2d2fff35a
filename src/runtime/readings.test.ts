import { describe, expect, it } from 'vitest';
import { createReadingStore } from './readings.ts';

const gamma = { deviceId: 'rpm', laneId: 'lane', quantity: 'gamma', unit: 'cps', quality: 'good' } as const;
const isoOf = (ms: number) => new Date(ms).toISOString();

describe('the last minutes', () => {
  it('come back as they went in, oldest first', () => {
    const store = createReadingStore();
    store.put({ ...gamma, value: 0.5, atMs: 1_000 });
    store.put({ ...gamma, value: -2, atMs: 2_000, quality: 'alarm' });
    store.put({ ...gamma, quantity: 'gamma-background', value: 7, atMs: 2_000, quality: 'fault' });
    expect(store.history({ device: 'rpm', quantity: 'gamma' })).toEqual([
      { ...gamma, value: 0.5, at: isoOf(1_000) },
      { ...gamma, value: -2, quality: 'alarm', at: isoOf(2_000) },
    ]);
    expect(store.history({ device: 'rpm', fromMs: 2_000 }).map(({ value }) => value)).toEqual([-2, 7]);
    expect(store.history({ device: 'rpm', toMs: 2_000 }).map(({ value }) => value)).toEqual([0.5]);
    expect(store.latest(['lane'])).toMatchObject([{ value: -2 }, { value: 7, quality: 'fault' }]);
    expect(store.latest(['elsewhere'])).toEqual([]);
  });

  it('are the last 3,000 values, whatever came before', () => {
    const store = createReadingStore();
    for (let at = 0; at < 10_000; at += 1) store.put({ ...gamma, value: at, atMs: at });
    const values = store.history({ device: 'rpm' }).map(({ value }) => value);
    expect(values).toEqual(Array.from({ length: 3_000 }, (_, at) => 7_000 + at));
  });

  it('and no older than ten minutes', () => {
    const store = createReadingStore();
    for (let minute = 0; minute <= 30; minute += 1) store.put({ ...gamma, value: minute, atMs: minute * 60_000 });
    expect(store.history({ device: 'rpm' }).map(({ value }) => value)).toEqual([
      20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30,
    ]);
  });

  it('of another unit are another series', () => {
    const store = createReadingStore();
    store.put({ ...gamma, value: 1, atMs: 1 });
    store.put({ ...gamma, unit: 'counts', value: 2, atMs: 2 });
    expect(store.history({ device: 'rpm' })).toMatchObject([{ value: 2, unit: 'counts' }]);
  });
});

it('a reading without a time is not taken', () => {
  const store = createReadingStore();
  expect(() => store.put({ ...gamma, value: 1, atMs: Number.NaN })).toThrow(/no time/);
  expect(store.history({ device: 'rpm' })).toEqual([]);
});

it('listeners get each reading as it comes, until they leave', () => {
  const store = createReadingStore();
  const heard: unknown[] = [];
  const subscription = store.subscribe((reading) => heard.push(reading));
  store.put({ ...gamma, value: 1, atMs: 5 });
  subscription[Symbol.dispose]();
  store.put({ ...gamma, value: 2, atMs: 6 });
  expect(heard).toEqual([{ ...gamma, value: 1, at: isoOf(5) }]);
});
