import type { ProfilePoint } from './evidence.ts';

/**
 * Figures derived from portal counts (sheet tsa-rpm, "Derived"). A window is the sum of `samplesPerWindow` consecutive
 * samples of 200 ms, one second; its unit is counts per second.
 */
export const samplesPerWindow = 5;
export const sampleS = 0.2;

/** B + N√B, with N never truncated. */
export function thresholdOf(background: number, nSigma: number): number {
  return background + nSigma * Math.sqrt(background);
}

/** (F − B)/√B; null where the background is zero and sigma has no meaning. */
export function sigmaOf(window: number, background: number): number | null {
  return background > 0 ? (window - background) / Math.sqrt(background) : null;
}

export interface Peak {
  /** Highest window, cps. Fewer samples than a window: the highest single rate, and `sigma` stays unknown. */
  readonly value: number;
  readonly whole: boolean;
  /** When, seconds since the first sample: the middle of the window. */
  readonly t: number;
}

/** A profile with at most `most` points: of each stretch its highest point stands, so that no peak is lost. Pure. */
export function thinned(profile: readonly ProfilePoint[], most: number): ProfilePoint[] {
  const stretch = Math.ceil(profile.length / most);
  if (stretch <= 1) return [...profile];
  return Array.from({ length: Math.ceil(profile.length / stretch) }, (_, at) =>
    profile.slice(at * stretch, (at + 1) * stretch).reduce((best, point) => (point.value > best.value ? point : best)),
  );
}

/** The highest window of a profile whose points are rates in cps, one per sample; null while there is no sample. */
export function peakWindow(profile: readonly ProfilePoint[]): Peak | null {
  if (profile.length === 0) return null;
  if (profile.length < samplesPerWindow) {
    const top = profile.reduce((best, point) => (point.value > best.value ? point : best));
    return { value: top.value, whole: false, t: top.t };
  }
  let best: Peak | null = null;
  let sum = 0;
  for (const [index, point] of profile.entries()) {
    sum += point.value - (profile[index - samplesPerWindow]?.value ?? 0);
    const first = profile[index - samplesPerWindow + 1];
    if (first === undefined) continue;
    const value = sum / samplesPerWindow;
    if (best === null || value > best.value) best = { value, whole: true, t: (first.t + point.t) / 2 };
  }
  return best;
}
