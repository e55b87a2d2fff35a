import type { RadiationFinding } from '../../src/domain/evidence.ts';
import { emptyProfile, type GrowingProfile, pointsOf, topOf, withSample } from '../../src/domain/growing-profile.ts';
import type { Detection, Observation, OccupancyClosed } from '../../src/domain/observation.ts';
import {
  noPeak,
  peakWith,
  type RunningPeak,
  sampleS,
  samplesPerWindow,
  sigmaOf,
  thresholdOf,
} from '../../src/domain/radiation.ts';
import type { Channel, Counts } from './decode.ts';
import type { TsaOptions } from './options.ts';

/** Sums of the four detectors as last told, counts per second; null until told. */
export type Backgrounds = Readonly<Record<Channel, number | null>>;

/** One subject in the portal, sample by sample. The backgrounds are frozen when it enters. */
export interface Occupancy {
  readonly startedAtMs: number;
  readonly backgrounds: Backgrounds;
  readonly nSigma: number;
  readonly profile: Readonly<Record<Channel, GrowingProfile>>;
  /** Of gamma, over its windows. */
  readonly peak: RunningPeak;
  /** Alarming samples of each channel. */
  readonly alarms: Readonly<Record<Channel, number>>;
  /** The highest single count of each channel, and its detector. */
  readonly tops: Readonly<Record<Channel, { readonly count: number; readonly detector: number }>>;
  readonly speedKmh: number | null;
}

const channels: readonly Channel[] = ['gamma', 'neutron'];
const hazards = { gamma: 'radiological', neutron: 'nuclear' } as const;

export function begin(startedAtMs: number, backgrounds: Backgrounds, nSigma: number): Occupancy {
  const none = { count: -1, detector: 0 };
  return {
    startedAtMs,
    backgrounds,
    nSigma,
    profile: { gamma: emptyProfile, neutron: emptyProfile },
    peak: noPeak,
    alarms: { gamma: 0, neutron: 0 },
    tops: { gamma: none, neutron: none },
    speedKmh: null,
  };
}

export function sumOf(counts: Counts): number {
  return counts[0] + counts[1] + counts[2] + counts[3];
}

/**
 * Adds a sample. Its time in the profile is rebuilt from the 200 ms index, since the first samples come as a burst;
 * neutron samples, one a second, are placed by the gamma samples beside them.
 */
export function addSample(occupancy: Occupancy, channel: Channel, counts: Counts, alarm: boolean): Occupancy {
  const { profile, peak, alarms, tops } = occupancy;
  const elapsedS = profile.gamma.samples * sampleS;
  const t = channel === 'gamma' ? elapsedS : Math.max(elapsedS, profile.neutron.samples);
  const rate = channel === 'gamma' ? sumOf(counts) * samplesPerWindow : sumOf(counts);
  const count = Math.max(...counts);
  const top = count > tops[channel].count ? { count, detector: counts.indexOf(count) } : tops[channel];
  const point = { t: round(t), value: rate };
  return {
    ...occupancy,
    profile: { ...profile, [channel]: withSample(profile[channel], point) },
    peak: channel === 'gamma' ? peakWith(peak, point) : peak,
    alarms: { ...alarms, [channel]: alarms[channel] + (alarm ? 1 : 0) },
    tops: { ...tops, [channel]: top },
  };
}

export function durationS({ profile }: Occupancy): number {
  return round(Math.max(profile.gamma.samples * sampleS, profile.neutron.samples));
}

/** The alarm of a channel as it stands, cumulative since the occupancy began. */
export function detectionOf(
  occupancy: Occupancy,
  channel: Channel,
  active: boolean,
  observedAtMs: number,
  options: TsaOptions,
): Detection {
  const finding = channel === 'gamma' ? gammaFinding(occupancy) : neutronFinding(occupancy);
  const detector = options.channelMap[occupancy.tops[channel].detector];
  return {
    type: 'detection',
    signal: channel,
    hazard: hazards[channel],
    active,
    count: occupancy.alarms[channel],
    finding: detector === undefined ? finding : { ...finding, detector },
    observedAtMs,
  };
}

/** Five samples make a window; before that the highest single rate stands as the peak, and sigma stays unknown. */
function gammaFinding(occupancy: Occupancy): RadiationFinding {
  const background = occupancy.backgrounds.gamma;
  const { peak } = occupancy.peak;
  return {
    ...common(occupancy, 'gamma', peak?.t ?? 0),
    threshold: background === null ? null : thresholdOf(background, occupancy.nSigma),
    peak: peak?.value ?? 0,
    sigma: background !== null && peak?.whole === true ? sigmaOf(peak.value, background) : null,
  };
}

function neutronFinding(occupancy: Occupancy): RadiationFinding {
  const background = occupancy.backgrounds.neutron;
  const top = topOf(occupancy.profile.neutron) ?? { t: 0, value: 0 };
  const sigma = background === null ? null : sigmaOf(top.value, background);
  return { ...common(occupancy, 'neutron', top.t), threshold: null, peak: top.value, sigma };
}

function common(
  occupancy: Occupancy,
  channel: Channel,
  peakT: number,
): Omit<RadiationFinding, 'threshold' | 'peak' | 'sigma'> {
  const lastsS = durationS(occupancy);
  return {
    kind: 'radiation',
    channel,
    unit: 'cps',
    background: occupancy.backgrounds[channel],
    durationS: lastsS,
    positionRatio: lastsS > 0 ? Math.min(1, peakT / lastsS) : null,
    profile: [...pointsOf(occupancy.profile[channel])],
  };
}

/** The occupancy ends: its alarms with their last word, then the whole of it. */
export function endOf(
  occupancy: Occupancy,
  reason: OccupancyClosed['reason'],
  counter: number | null,
  observedAtMs: number,
  options: TsaOptions,
): readonly Observation[] {
  const { profile, speedKmh, alarms } = occupancy;
  const ended = channels.filter((channel) => alarms[channel] > 0);
  return [
    ...ended.map((channel) => detectionOf(occupancy, channel, false, observedAtMs, options)),
    {
      type: 'occupancy-closed',
      reason,
      counter,
      durationS: durationS(occupancy),
      speedKmh,
      direction: null,
      profile: { gamma: pointsOf(profile.gamma), neutron: pointsOf(profile.neutron) },
      observedAtMs,
    },
  ];
}

function round(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
