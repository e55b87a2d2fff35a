import type { RadiationFinding } from '../../src/domain/evidence.ts';
import { emptyProfile, type GrowingProfile, pointsOf, topOf, withSample } from '../../src/domain/growing-profile.ts';
import type { Observation, OccupancyClosed } from '../../src/domain/observation.ts';
import type { Channel, MonitorBlock } from './decode.ts';
import { conditionsOf, readingsOf, settingsOf } from './levels.ts';

type ChannelName = 'gamma' | 'neutron';

/** What an occupancy has shown so far. */
interface Occupancy {
  readonly startedAtMs: number;
  readonly direction: OccupancyClosed['direction'];
  readonly speedKmh: number | null;
  readonly profile: Readonly<Record<ChannelName, GrowingProfile>>;
  /** Alarming polls of each channel. */
  readonly alarms: Readonly<Record<ChannelName, number>>;
}

export interface AspectState {
  readonly counter: number | null;
  readonly occupancy: Occupancy | null;
  /** What was last told of inputs, outputs and status, as JSON. */
  readonly told: string;
  /** The last poll. */
  readonly last: MonitorBlock | null;
}

export const initialState: AspectState = { counter: null, occupancy: null, told: '', last: null };

const channels: readonly ChannelName[] = ['gamma', 'neutron'];
const hazards = { gamma: 'radiological', neutron: 'nuclear' } as const;

/**
 * One poll → what it means. An occupancy lasts while any Occup bit is set, or from a step of the object counter until
 * the bits are clear, so that one that fell between two polls is not lost. An alarm bit counts on any poll of it, the
 * one that opens it and the one that closes it included.
 */
export function normalise(
  state: AspectState,
  block: MonitorBlock,
  nowMs: number,
): { readonly state: AspectState; readonly observations: readonly Observation[] } {
  const step = state.counter === null ? 0 : stepOf(state.counter, block.objectCounter);
  const alarming = block.gamma.alarm || block.neutron.alarm;
  const present = block.occupied || step > 0 || state.occupancy !== null || alarming;
  const observations: Observation[] = [...readingsOf(block, nowMs), ...conditionsOf(block, nowMs)];
  if (step > 1) {
    observations.push({
      type: 'occupancy-missed',
      missed: step - 1,
      counter: block.objectCounter,
      observedAtMs: nowMs,
    });
  }
  const settings = settingsOf(block);
  const told = JSON.stringify(settings);
  if (told !== state.told) observations.push({ type: 'settings', settings, observedAtMs: nowMs });
  const known = { counter: block.objectCounter, told, last: block };
  if (!present) return { state: { ...known, occupancy: null }, observations };

  if (state.occupancy === null) {
    // At the very first poll its beginning was not seen.
    observations.push({ type: 'occupancy-opened', complete: state.counter !== null, observedAtMs: nowMs });
  }
  const occupancy = sampled(state.occupancy ?? begun(nowMs), block, nowMs);
  const over = !block.occupied;
  for (const name of channels) {
    if (block[name].alarm) observations.push(detection(name, occupancy, block[name], nowMs, true));
    if (over && occupancy.alarms[name] > 0) observations.push(detection(name, occupancy, block[name], nowMs, false));
  }
  if (over) observations.push(closed(occupancy, block.objectCounter, nowMs, 'device'));
  return { state: { ...known, occupancy: over ? null : occupancy }, observations };
}

/** How many objects the counter has gone on: it wraps at 16 bits; far back is a device that began anew, and no gap. Pure. */
export function stepOf(before: number, after: number): number {
  const step = (after - before) & 0xffff;
  return step < 0x8000 ? step : 0;
}

/** The link is lost in mid-occupancy: what was seen ends here, its alarms with their last word, and says why. */
export function abandon({ occupancy, counter, last }: AspectState, nowMs: number): readonly Observation[] {
  if (occupancy === null || last === null) return [];
  const alarmed = channels.filter((name) => occupancy.alarms[name] > 0);
  return [
    ...alarmed.map((name) => detection(name, occupancy, last[name], nowMs, false)),
    closed(occupancy, counter, nowMs, 'link-lost'),
  ];
}

function begun(startedAtMs: number): Occupancy {
  return {
    startedAtMs,
    direction: null,
    speedKmh: null,
    profile: { gamma: emptyProfile, neutron: emptyProfile },
    alarms: { gamma: 0, neutron: 0 },
  };
}

/** A clock that was set back makes no time negative. */
function secondsSince({ startedAtMs }: Occupancy, nowMs: number): number {
  return Math.max(0, (nowMs - startedAtMs) / 1000);
}

function sampled(occupancy: Occupancy, block: MonitorBlock, nowMs: number): Occupancy {
  const t = secondsSince(occupancy, nowMs);
  const grown = (name: ChannelName) => withSample(occupancy.profile[name], { t, value: block[name].count });
  const { dir01, dir10 } = block.inputs;
  return {
    ...occupancy,
    direction: dir01 === dir10 ? occupancy.direction : dir01 ? 'forward' : 'reverse',
    speedKmh: block.speedMms > 0 ? (block.speedMms * 3.6) / 1000 : occupancy.speedKmh,
    profile: { gamma: grown('gamma'), neutron: grown('neutron') },
    alarms: {
      gamma: occupancy.alarms.gamma + (block.gamma.alarm ? 1 : 0),
      neutron: occupancy.alarms.neutron + (block.neutron.alarm ? 1 : 0),
    },
  };
}

function detection(
  name: ChannelName,
  occupancy: Occupancy,
  channel: Channel,
  nowMs: number,
  active: boolean,
): Observation {
  const finding = findingOf(name, occupancy, channel, nowMs);
  const count = occupancy.alarms[name];
  return { type: 'detection', signal: name, hazard: hazards[name], active, count, finding, observedAtMs: nowMs };
}

/** The device's own variance gives sigma; its threshold and the window of its counts are not published. */
function findingOf(
  name: ChannelName,
  occupancy: Occupancy,
  { background, variance }: Channel,
  nowMs: number,
): RadiationFinding {
  const profile = occupancy.profile[name];
  const top = topOf(profile) ?? { t: 0, value: 0 };
  const durationS = secondsSince(occupancy, nowMs);
  return {
    kind: 'radiation',
    channel: name,
    unit: 'counts',
    background,
    threshold: null,
    peak: top.value,
    sigma: variance > 0 ? (top.value - background) / Math.sqrt(variance) : null,
    durationS,
    positionRatio: durationS > 0 ? Math.min(1, top.t / durationS) : null,
    profile: [...pointsOf(profile)],
  };
}

function closed(
  occupancy: Occupancy,
  counter: number | null,
  nowMs: number,
  reason: OccupancyClosed['reason'],
): OccupancyClosed {
  const { direction, speedKmh } = occupancy;
  const profile = { gamma: pointsOf(occupancy.profile.gamma), neutron: pointsOf(occupancy.profile.neutron) };
  const durationS = secondsSince(occupancy, nowMs);
  return { type: 'occupancy-closed', reason, counter, durationS, speedKmh, direction, profile, observedAtMs: nowMs };
}
