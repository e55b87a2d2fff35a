import type { LiveReading } from '../contract/resources.ts';

export interface SparklineShape {
  /** SVG path of all readings, and of the alarming ones alone. */
  readonly line: string;
  readonly alarm: string;
  /** Heights of the two levels, null where unknown. */
  readonly background: number | null;
  readonly threshold: number | null;
}

/** Share of the range kept free above and below. */
const margin = 0.08;

/** Readings and levels in a box; the vertical scale holds all of them, time runs from the oldest to the newest. */
export function sparklineShape(
  readings: readonly LiveReading[],
  levels: { readonly background: number | null; readonly threshold: number | null },
  box: { readonly width: number; readonly height: number },
): SparklineShape {
  const known = [...readings.map((reading) => reading.value), levels.background, levels.threshold].filter(
    (value) => value !== null,
  );
  const low = Math.min(...known);
  const range = Math.max(...known) - low || 1;
  const y = (value: number) => round(box.height * (1 - margin - ((value - low) / range) * (1 - 2 * margin)));

  const times = readings.map((reading) => Date.parse(reading.at));
  const [firstMs = 0] = times;
  const spanMs = (times.at(-1) ?? 0) - firstMs || 1;
  const points = readings.map((reading, index) => ({
    at: `${round((((times[index] ?? firstMs) - firstMs) / spanMs) * box.width)} ${y(reading.value)}`,
    alarming: reading.quality === 'alarm',
  }));
  return {
    line: points.map((point, index) => `${index === 0 ? 'M' : 'L'}${point.at}`).join(''),
    alarm: points
      .map((point, index) => (point.alarming ? `${points[index - 1]?.alarming ? 'L' : 'M'}${point.at}` : ''))
      .join(''),
    background: levels.background === null ? null : y(levels.background),
    threshold: levels.threshold === null ? null : y(levels.threshold),
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
