import type { LiveReading, ReadingFeed } from '../ports/feed.ts';
import { createReadingSeries, type ReadingSeries, type TakenReading } from './reading-series.ts';

export interface ReadingStore extends ReadingFeed {
  put(reading: TakenReading): void;
}

/** The telemetry lane: latest values for screens and the last minutes for charts, in bounded memory. */
export function createReadingStore(): ReadingStore {
  const listeners = new Set<(reading: LiveReading) => void>();
  const devices = new Map<string, Map<string, ReadingSeries>>();

  const seriesOf = (reading: TakenReading): ReadingSeries => {
    const quantities = devices.get(reading.deviceId) ?? new Map<string, ReadingSeries>();
    const known = quantities.get(reading.quantity);
    // Values in another unit are another series: what stands before is no longer comparable.
    if (known?.unit === reading.unit) return known;
    const series = createReadingSeries(reading);
    devices.set(reading.deviceId, quantities.set(reading.quantity, series));
    return series;
  };

  return {
    put: (reading) => {
      seriesOf(reading).put(reading);
      if (listeners.size === 0) return;
      const { atMs, ...rest } = reading;
      const live = { ...rest, at: new Date(atMs).toISOString() };
      for (const listener of listeners) listener(live);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return { [Symbol.dispose]: () => void listeners.delete(listener) };
    },
    latest: (laneIds) =>
      [...devices.values()]
        .flatMap((quantities) => [...quantities.values()])
        .filter(({ laneId }) => laneIds === undefined || laneIds.includes(laneId))
        .flatMap((series) => series.newest() ?? []),
    history: ({ device, quantity, fromMs = Number.NEGATIVE_INFINITY, toMs = Number.POSITIVE_INFINITY }) =>
      [...(devices.get(device) ?? [])]
        .filter(([name]) => quantity === undefined || name === quantity)
        .flatMap(([, series]) => series.between(fromMs, toMs)),
  };
}
