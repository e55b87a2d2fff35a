import type { ProfilePoint, RadiationFinding } from '../../src/domain/evidence.ts';
import { sigmaOf, thinned } from '../../src/domain/radiation.ts';
import type { Channel, Measurement } from './document.ts';
import { absentIn, type N42Occupancy, presentIn } from './occupancies.ts';

/** A passing of more slices is told with so many, each the highest of its stretch. */
export const mostPoints = 600;
/** A window is at least this long, so that a short slice's noise is no peak. */
const windowS = 1;
/** Slices of 0.1 s do not add up to 1 exactly. */
const tolerance = 1e-6;

interface Sample {
  /** Seconds since the occupancy began. */
  readonly t: number;
  readonly counts: number;
  readonly liveS: number;
}

/** All detectors of a channel together, slice by slice, while the subject was there. */
function samplesOf(occupancy: N42Occupancy, channel: Channel): readonly Sample[] {
  const present = presentIn(occupancy);
  const startMs = present[0]?.startedAtMs ?? 0;
  return present.flatMap((measurement) => {
    const counted = countedIn(measurement, channel);
    const { startedAtMs } = measurement;
    return counted === null ? [] : [{ t: ((startedAtMs ?? startMs) - startMs) / 1000, ...counted }];
  });
}

/** Gross counts where there are any, else the sums of the spectra; the detectors count side by side, so their live times do not add up. */
function countedIn(
  measurement: Measurement,
  channel: Channel,
): { readonly counts: number; readonly liveS: number } | null {
  const gross = measurement.counts
    .filter((one) => one.channel === channel)
    .map(({ counts, liveTimeS }) => ({ counts, liveTimeS }));
  const spectra = measurement.spectra.map(({ counts, liveTimeS }) => ({
    counts: counts.reduce((sum, count) => sum + count, 0),
    liveTimeS,
  }));
  const counted = gross.length > 0 || channel === 'neutron' ? gross : spectra;
  const times = counted.map(({ liveTimeS }) => liveTimeS ?? measurement.realTimeS ?? 0).filter((time) => time > 0);
  if (times.length === 0) return null;
  const liveS = times.reduce((sum, time) => sum + time, 0) / times.length;
  return { counts: counted.reduce((sum, { counts }) => sum + counts, 0), liveS };
}

export function profileOf(occupancy: N42Occupancy, channel: Channel): readonly ProfilePoint[] {
  return samplesOf(occupancy, channel).map(({ t, counts, liveS }) => ({ t, value: counts / liveS }));
}

/** Counts per second without a subject; null where the document has none. */
export function backgroundOf(occupancy: N42Occupancy, channel: Channel): number | null {
  const counted = absentIn(occupancy).flatMap((measurement) => countedIn(measurement, channel) ?? []);
  const seconds = counted.reduce((sum, { liveS }) => sum + liveS, 0);
  return seconds > 0 ? counted.reduce((sum, { counts }) => sum + counts, 0) / seconds : null;
}

/** The passing in figures; sigma only where a whole window and a background are there (sheet tsa-rpm, "Derived"). */
export function radiationFinding(occupancy: N42Occupancy, channel: Channel): RadiationFinding {
  const samples = samplesOf(occupancy, channel);
  const background = backgroundOf(occupancy, channel);
  const top = peakOf(samples);
  const lastsS = durationOf(occupancy);
  return {
    kind: 'radiation',
    channel,
    unit: 'cps',
    background,
    threshold: null,
    peak: top.value,
    sigma: background !== null && top.whole ? sigmaOf(top.value, background) : null,
    durationS: lastsS,
    positionRatio: lastsS > 0 && samples.length > 0 ? Math.min(1, top.t / lastsS) : null,
    profile: thinned(profileOf(occupancy, channel), mostPoints),
  };
}

/** From the first slice to the end of the last, in seconds. */
export function durationOf(occupancy: N42Occupancy): number {
  const present = presentIn(occupancy);
  const last = present.at(-1);
  const beganMs = present[0]?.startedAtMs ?? 0;
  return ((last?.startedAtMs ?? beganMs) - beganMs) / 1000 + (last?.realTimeS ?? 0);
}

/** The highest rate over a window; with less than a window the highest single one, which is no window. */
function peakOf(samples: readonly Sample[]): { readonly value: number; readonly t: number; readonly whole: boolean } {
  let best = { value: 0, t: 0, whole: false };
  let [counts, liveS, first] = [0, 0, 0];
  for (const sample of samples) {
    counts += sample.counts;
    liveS += sample.liveS;
    // As short as it may be.
    for (
      let head = samples[first];
      head !== undefined && liveS - head.liveS >= windowS - tolerance;
      head = samples[first]
    ) {
      counts -= head.counts;
      liveS -= head.liveS;
      first += 1;
    }
    const whole = liveS >= windowS - tolerance;
    const rate = whole ? counts / liveS : sample.counts / sample.liveS;
    const t = whole ? ((samples[first]?.t ?? sample.t) + sample.t) / 2 : sample.t;
    if ((whole && !best.whole) || (whole === best.whole && rate > best.value)) best = { value: rate, t, whole };
  }
  return best;
}
