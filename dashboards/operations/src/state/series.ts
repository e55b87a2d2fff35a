import type { LiveReading } from '../contract/resources.ts';
import { seriesKey } from './state.ts';

/** Points kept of one quantity: about two minutes where a portal reports twice a second. */
export const seriesLength = 240;

/**
 * Series with readings added in the order they came. The stream repeats the latest value to a new subscriber: the same
 * time again is the same reading. (A smaller time is not: a device's clock may be set back.)
 */
export function addReadings(
  series: ReadonlyMap<string, readonly LiveReading[]>,
  readings: readonly LiveReading[],
): ReadonlyMap<string, readonly LiveReading[]> {
  if (readings.length === 0) return series;
  const next = new Map(series);
  for (const [key, added] of Map.groupBy(readings, (reading) => seriesKey(reading.deviceId, reading.quantity))) {
    const known = next.get(key) ?? [];
    const fresh = added.filter((reading) => reading.at !== known.at(-1)?.at);
    if (fresh.length > 0) next.set(key, [...known, ...fresh].slice(-seriesLength));
  }
  return next;
}
