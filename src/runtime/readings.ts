import type { LiveReading, ReadingFeed } from '../ports/feed.ts';

/** What is remembered of each quantity: the last ten minutes at 5 Hz. */
const mostKept = 3_000;
const keepMs = 600_000;

export interface ReadingStore extends ReadingFeed {
  put(reading: LiveReading): void;
}

/** The telemetry lane: latest values for screens and the last minutes for charts, in bounded memory. */
export function createReadingStore(): ReadingStore {
  const listeners = new Set<(reading: LiveReading) => void>();
  const series = new Map<string, LiveReading[]>();

  return {
    put: (reading) => {
      const key = `${reading.deviceId} ${reading.quantity}`;
      const known = series.get(key) ?? [];
      known.push(reading);
      const tooOld = Date.parse(reading.at) - keepMs;
      // Cut in blocks: dropping one by one would move the whole array at every reading.
      if (known.length > mostKept * 1.2) known.splice(0, known.length - mostKept);
      else if (known.length % 256 === 0)
        known.splice(
          0,
          known.findIndex((old) => Date.parse(old.at) >= tooOld),
        );
      series.set(key, known);
      for (const listener of listeners) listener(reading);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return { [Symbol.dispose]: () => void listeners.delete(listener) };
    },
    latest: (laneIds) =>
      [...series.values()]
        .flatMap((known) => known.at(-1) ?? [])
        .filter((reading) => laneIds === undefined || laneIds.includes(reading.laneId)),
    history: ({ device, quantity, fromMs = Number.NEGATIVE_INFINITY, toMs = Number.POSITIVE_INFINITY }) =>
      [...series.entries()]
        .filter(([key]) => (quantity === undefined ? key.startsWith(`${device} `) : key === `${device} ${quantity}`))
        .flatMap(([, known]) => known)
        .filter(({ at }) => Date.parse(at) >= fromMs && Date.parse(at) < toMs),
  };
}
