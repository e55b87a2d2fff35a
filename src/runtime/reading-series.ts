import type { LiveReading } from '../ports/feed.ts';

/** What is remembered of each quantity: the last ten minutes at 5 Hz. */
const mostKept = 3_000;
const keepMs = 600_000;
/** The last time that a Date can hold (ECMA-262, 21.4.1.1). */
const latestMs = 8.64e15;
const firstCapacity = 64;
const qualities = ['good', 'alarm', 'fault'] as const;

/** A reading as it comes: its time in milliseconds. */
export type TakenReading = Omit<LiveReading, 'at'> & { readonly atMs: number };

/** The last minutes of one quantity of one device. */
export interface ReadingSeries {
  readonly laneId: string;
  readonly unit: string;
  /** Throws RangeError when its time is none. */
  put(reading: Pick<TakenReading, 'value' | 'quality' | 'atMs'>): void;
  /** Oldest first. */
  between(fromMs: number, toMs: number): readonly LiveReading[];
  newest(): LiveReading | undefined;
}

/**
 * Kept in columns, a ring that grows as it fills: 17 bytes a reading and nothing for the garbage collector to walk, where
 * hundreds of devices at 5 Hz would be millions of objects.
 */
export function createReadingSeries(of: Pick<LiveReading, 'deviceId' | 'laneId' | 'quantity' | 'unit'>): ReadingSeries {
  const { deviceId, laneId, quantity, unit } = of;
  let columns = columnsOf(firstCapacity);
  let oldest = 0;
  let length = 0;

  const placeOf = (index: number) => (oldest + index) % columns.capacity;
  const grow = (): void => {
    const larger = columnsOf(Math.min(mostKept, columns.capacity * 2));
    for (let index = 0; index < length; index += 1) copy(columns, placeOf(index), larger, index);
    columns = larger;
    oldest = 0;
  };
  const drop = (): void => {
    oldest = placeOf(1);
    length -= 1;
  };
  const readingAt = (index: number): LiveReading => {
    const { values, timesMs, quality } = columns;
    const place = placeOf(index);
    const at = new Date(timesMs[place] ?? 0).toISOString();
    const value = values[place] ?? 0;
    return { deviceId, laneId, quantity, value, unit, quality: qualities[quality[place] ?? 0] ?? 'good', at };
  };

  return {
    laneId,
    unit,
    put: ({ value, quality, atMs }) => {
      // Refused now, by whoever said it: told later it would break a chart.
      if (!(Math.abs(atMs) <= latestMs)) throw new RangeError(`${deviceId}, ${quantity}: ${atMs} is no time`);
      while (length > 0 && (columns.timesMs[oldest] ?? 0) < atMs - keepMs) drop();
      if (length === mostKept) drop();
      if (length === columns.capacity) grow();
      const place = placeOf(length);
      columns.values[place] = value;
      columns.timesMs[place] = atMs;
      columns.quality[place] = qualities.indexOf(quality);
      length += 1;
    },
    between: (fromMs, toMs) => {
      const found: LiveReading[] = [];
      for (let index = 0; index < length; index += 1) {
        const atMs = columns.timesMs[placeOf(index)] ?? 0;
        if (atMs >= fromMs && atMs < toMs) found.push(readingAt(index));
      }
      return found;
    },
    newest: () => (length === 0 ? undefined : readingAt(length - 1)),
  };
}

interface Columns {
  readonly capacity: number;
  readonly values: Float64Array;
  readonly timesMs: Float64Array;
  readonly quality: Uint8Array;
}

function columnsOf(capacity: number): Columns {
  return {
    capacity,
    values: new Float64Array(capacity),
    timesMs: new Float64Array(capacity),
    quality: new Uint8Array(capacity),
  };
}

function copy(from: Columns, place: number, to: Columns, at: number): void {
  to.values[at] = from.values[place] ?? 0;
  to.timesMs[at] = from.timesMs[place] ?? 0;
  to.quality[at] = from.quality[place] ?? 0;
}
