import type { ConditionReport, Observation, Reading } from '../../src/domain/observation.ts';
import { samplesPerWindow, thresholdOf } from '../../src/domain/radiation.ts';
import type { Channel, TsaRecord } from './decode.ts';
import {
  addSample,
  type Backgrounds,
  begin,
  detectionOf,
  durationS,
  endOf,
  type Occupancy,
  sumOf,
} from './occupancy.ts';
import type { TsaOptions } from './options.ts';

/** What the portal has told so far. */
export interface TsaState {
  readonly backgrounds: Backgrounds;
  /** From SG1; null until told. */
  readonly nSigma: number | null;
  /** All setup lines so far: each report of settings replaces the former. */
  readonly settings: Readonly<Record<string, string>>;
  /** The occupancy counter of the last GX. */
  readonly counter: number | null;
  /** Occupancies seen since then whose own GX was lost: counted by the portal, yet not missed. */
  readonly unended: number;
  readonly occupancy: Occupancy | null;
}

export const initialState: TsaState = {
  backgrounds: { gamma: null, neutron: null },
  nSigma: null,
  settings: {},
  counter: null,
  unended: 0,
  occupancy: null,
};

interface Step {
  readonly state: TsaState;
  readonly observations: readonly Observation[];
}

/** One record → what it means. Pure: the portal decides about alarms, nothing is decided again here. */
export function normalise(state: TsaState, record: TsaRecord, atMs: number, options: TsaOptions): Step {
  switch (record.type) {
    case 'background':
      return background(state, record, atMs, options);
    case 'sample':
      return sample(state, record, atMs, options);
    case 'speed': {
      const { speedKmh } = record;
      if (speedKmh === null) return { state, observations: [] };
      const occupancy = state.occupancy === null ? null : { ...state.occupancy, speedKmh };
      return { state: { ...state, occupancy }, observations: [reading('speed', speedKmh, 'km/h', 'good', atMs)] };
    }
    case 'end':
      return end(state, record.counter, atMs, options);
    case 'tamper':
      return { state, observations: [condition('tamper', record.on, 'the portal reports tampering', atMs)] };
    case 'setup': {
      const nSigma = record.nSigma ?? state.nSigma;
      const fields = { ...state.settings, ...record.fields };
      const settings = nSigma === null ? fields : { ...fields, nSigma };
      const observations: Observation[] = [{ type: 'settings', settings, observedAtMs: atMs }];
      return { state: { ...state, nSigma, settings: fields }, observations };
    }
    default:
      return record satisfies never;
  }
}

/** The link is lost in mid-occupancy: what was seen ends here, and says why. */
export function abandon(state: TsaState, atMs: number, options: TsaOptions): readonly Observation[] {
  return state.occupancy === null ? [] : endOf(state.occupancy, 'link-lost', null, atMs, options);
}

function nSigmaOf(state: TsaState, options: TsaOptions): number {
  return state.nSigma ?? options.nSigma;
}

/** Nobody is there: an occupancy that still stands has lost its GX. A faulty background is shown, not calculated with. */
function background(
  state: TsaState,
  record: Extract<TsaRecord, { type: 'background' }>,
  atMs: number,
  options: TsaOptions,
): Step {
  const { channel, counts, fault } = record;
  const lost = state.occupancy === null ? [] : endOf(state.occupancy, 'background', null, atMs, options);
  const sum = sumOf(counts);
  const observations: Observation[] = [
    ...lost,
    reading(`${channel}-background`, sum, 'cps', fault === null ? 'good' : 'fault', atMs),
  ];
  if (channel === 'gamma' && fault === null) {
    observations.push(reading('gamma-threshold', thresholdOf(sum, nSigmaOf(state, options)), 'cps', 'good', atMs));
  }
  for (const level of ['high', 'low'] as const) {
    observations.push(
      condition(`${channel}-background-${level}`, fault === level, `${channel} background too ${level}`, atMs),
    );
  }
  const backgrounds = fault === null ? { ...state.backgrounds, [channel]: sum } : state.backgrounds;
  const unended = state.unended + (state.occupancy === null ? 0 : 1);
  return { state: { ...state, backgrounds, unended, occupancy: null }, observations };
}

function sample(
  state: TsaState,
  record: Extract<TsaRecord, { type: 'sample' }>,
  atMs: number,
  options: TsaOptions,
): Step {
  const { channel, counts, alarm } = record;
  const observations: Observation[] = [];
  let { occupancy } = state;
  if (occupancy !== null && isTooLong(occupancy, atMs, options)) {
    observations.push(...endOf(occupancy, 'timeout', null, atMs, options));
    occupancy = null;
  }
  if (occupancy === null) {
    // Its beginning was seen when a background came before it, and no other occupancy had to be ended for it.
    const complete = state.backgrounds.gamma !== null && state.occupancy === null;
    observations.push({ type: 'occupancy-opened', complete, observedAtMs: atMs });
    occupancy = begin(atMs, state.backgrounds, nSigmaOf(state, options));
  }
  occupancy = addSample(occupancy, channel, counts, alarm);
  const rate = sumOf(counts) * (channel === 'gamma' ? samplesPerWindow : 1);
  observations.push(reading(channel, rate, 'cps', alarm ? 'alarm' : 'good', atMs));
  if (alarm) observations.push(detectionOf(occupancy, channel, true, atMs, options));
  return { state: { ...state, occupancy }, observations };
}

/** By the clock, or by more samples than that time can hold. */
function isTooLong(occupancy: Occupancy, atMs: number, { maxOccupancyS }: TsaOptions): boolean {
  return atMs - occupancy.startedAtMs > maxOccupancyS * 1000 || durationS(occupancy) > maxOccupancyS;
}

/** The counter resets daily and on power cycle: equal is no gap, smaller a restart. */
function end(state: TsaState, counter: number, atMs: number, options: TsaOptions): Step {
  const missed = state.counter === null ? 0 : counter - state.counter - 1 - state.unended;
  const gap: readonly Observation[] =
    missed > 0 ? [{ type: 'occupancy-missed', missed, counter, observedAtMs: atMs }] : [];
  const ended = state.occupancy === null ? [] : endOf(state.occupancy, 'device', counter, atMs, options);
  return { state: { ...state, counter, unended: 0, occupancy: null }, observations: [...gap, ...ended] };
}

function reading(
  quantity: string,
  value: number,
  unit: string,
  quality: Reading['quality'],
  observedAtMs: number,
): Reading {
  return { type: 'reading', quantity, value, unit, quality, observedAtMs };
}

function condition(
  code: `${Channel}-background-${'high' | 'low'}` | 'tamper',
  active: boolean,
  text: string,
  observedAtMs: number,
): ConditionReport {
  return { type: 'condition', code, active, severity: 'error', text, observedAtMs };
}
