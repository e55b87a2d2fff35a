import type { LiveReading } from '../contract/resources.ts';
import { sparklineShape } from './sparkline-shape.ts';

/** What a sparkline shows: the last two minutes. */
export const sparklineMs = 120_000;

interface SparklineProps {
  readonly readings: readonly LiveReading[];
  readonly background: number | null;
  readonly threshold: number | null;
  readonly label: string;
  /** Time at the right edge. */
  readonly endMs: number;
}

const size = { width: 240, height: 44, spanMs: sparklineMs } as const;

/** The last minutes of a count rate with its background (dotted) and threshold (dashed); alarming stretches stand out. */
export function Sparkline({ readings, background, threshold, label, endMs }: SparklineProps) {
  const shape = sparklineShape(readings, { background, threshold }, { ...size, endMs });
  return (
    <svg
      className="sparkline"
      viewBox={`0 0 ${size.width} ${size.height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {shape.background !== null && <path className="spark-background" d={`M0 ${shape.background}H${size.width}`} />}
      {shape.threshold !== null && <path className="spark-threshold" d={`M0 ${shape.threshold}H${size.width}`} />}
      <path className="spark-line" d={shape.line} />
      <path className="spark-alarm" d={shape.alarm} />
    </svg>
  );
}
