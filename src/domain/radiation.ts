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

/** The highest window so far, and the samples of the window that runs. */
export interface RunningPeak {
  readonly window: readonly ProfilePoint[];
  /** Null while there is no sample. */
  readonly peak: Peak | null;
}

export const noPeak: RunningPeak = { window: [], peak: null };

/** Another sample, a rate in cps. */
export function peakWith({ window: former, peak }: RunningPeak, sample: ProfilePoint): RunningPeak {
  const window = [...former, sample].slice(-samplesPerWindow);
  const [first] = window;
  const whole = first !== undefined && window.length === samplesPerWindow;
  const here = whole
    ? {
        value: window.reduce((sum, { value }) => sum + value, 0) / samplesPerWindow,
        whole,
        t: (first.t + sample.t) / 2,
      }
    : { value: sample.value, whole, t: sample.t };
  const stands = peak !== null && peak.whole === whole && peak.value >= here.value;
  return { window, peak: stands ? peak : here };
}
