/** How a duration is spread: `samples` says how much the rest is worth. Seconds. */
export interface Spread {
  readonly samples: number;
  readonly medianS: number | null;
  readonly p90S: number | null;
}

/** A part of a whole, 0 to 1; of nothing there is no share. */
export function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

/** By nearest rank: the smallest sample that at least this share of all does not exceed, so always one that was. */
export function percentile(ascending: ArrayLike<number>, share: number): number | null {
  return ascending[Math.max(0, Math.ceil(share * ascending.length) - 1)] ?? null;
}

/** Of durations in milliseconds, in any order. */
export function spreadOf(durationsMs: readonly number[]): Spread {
  const ascending = Float64Array.from(durationsMs).sort();
  const seconds = (share: number) => {
    const ms = percentile(ascending, share);
    return ms === null ? null : ms / 1000;
  };
  return { samples: ascending.length, medianS: seconds(0.5), p90S: seconds(0.9) };
}
