import type { Spectrum } from '../../src/domain/spectrum.ts';
import { type N42Occupancy, presentIn } from './occupancies.ts';

/** More are not kept: a document has a few detectors, each with background, foreground and sum. */
const mostSpectra = 64;

/**
 * The spectra worth keeping of an occupancy: what was measured while the subject was there, added up per detector; and as
 * they came the backgrounds and what the instrument derived.
 */
export function spectraOf(occupancy: N42Occupancy): readonly Spectrum[] {
  const present = new Set(presentIn(occupancy));
  const sums = new Map<string, Spectrum>();
  for (const spectrum of [...present].flatMap(({ spectra }) => spectra)) {
    const key = JSON.stringify([spectrum.detector, spectrum.class, spectrum.counts.length, spectrum.energy]);
    const former = sums.get(key);
    sums.set(key, former === undefined ? spectrum : added(former, spectrum));
  }
  const others = occupancy.measurements
    .filter((one) => one.derived || (!present.has(one) && /^background$/i.test(one.class)))
    .flatMap(({ spectra }) => spectra);
  return [...sums.values(), ...others].filter(({ counts }) => counts.length > 0).slice(0, mostSpectra);
}

function added(one: Spectrum, other: Spectrum): Spectrum {
  return {
    ...one,
    slices: one.slices + other.slices,
    realTimeS: sum(one.realTimeS, other.realTimeS),
    liveTimeS: sum(one.liveTimeS, other.liveTimeS),
    counts: one.counts.map((count, channel) => count + (other.counts[channel] ?? 0)),
  };
}

function sum(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : one + other;
}
