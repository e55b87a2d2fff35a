import type { LiveReading } from '../contract/resources.ts';

export interface SparklineShape {
  /** SVG path of all readings, and of the alarming ones alone. */
  readonly line: string;
  readonly alarm: string;
  /** Heights of the two levels, null where unknown. */
  readonly background: number | null;
  readonly threshold: number | null;
}

export interface SparklineBox {
  readonly width: number;
  readonly height: number;
  /** Time at the right edge, and how much of it the box shows. */
  readonly endMs: number;
  readonly spanMs: number;
}

/** Share of the range kept free above and below. */
const margin = 0.08;
/** Nothing was measured in a longer pause: no line is drawn over it. */
const pauseMs = 6_000;

/** Readings and levels in a box of time; the vertical scale holds all of them. */
export function sparklineShape(
  readings: readonly LiveReading[],
  levels: { readonly background: number | null; readonly threshold: number | null },
  box: SparklineBox,
): SparklineShape {
  const points = readings
    .map(({ at, value, quality }) => ({ atMs: Date.parse(at), value, alarming: quality === 'alarm' }))
    .filter(({ atMs }) => atMs >= box.endMs - box.spanMs);
  const known = [...points.map((point) => point.value), levels.background, levels.threshold].filter(
    (value) => value !== null,
  );
  const low = Math.min(...known);
  const range = Math.max(...known) - low || 1;
  const y = (value: number) => round(box.height * (1 - margin - ((value - low) / range) * (1 - 2 * margin)));
  const x = (atMs: number) => round((1 - (box.endMs - atMs) / box.spanMs) * box.width);
  const path = (drawn: (point: { alarming: boolean }) => boolean) =>
    points
      .map((point, index) => {
        const former = points[index - 1];
        const joined = former !== undefined && drawn(former) && point.atMs - former.atMs < pauseMs;
        return drawn(point) ? `${joined ? 'L' : 'M'}${x(point.atMs)} ${y(point.value)}` : '';
      })
      .join('');
  return {
    line: path(() => true),
    alarm: path((point) => point.alarming),
    background: levels.background === null ? null : y(levels.background),
    threshold: levels.threshold === null ? null : y(levels.threshold),
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
