import type { AlignedData } from 'uplot';
import type { Spectrum } from '../contract/resources.ts';

/** More points than pixels help nobody: neighbouring channels are added up. */
const mostPoints = 1_024;

/** keV of the middle of a channel; the channel's number where the spectrum has no calibration. */
export function energyOf(energy: Spectrum['energy'], channel: number): number {
  if (energy === null) return channel;
  if ('boundaries' in energy) {
    const [low = channel, high = low] = energy.boundaries.slice(channel, channel + 2);
    return (low + high) / 2;
  }
  return energy.coefficients.reduce((sum, coefficient, power) => sum + coefficient * channel ** power, 0);
}

/** Energies, counts, and the background as it would count in the same live time. A logarithm has no 0: it is left out there. */
export function spectrumColumns(spectrum: Spectrum, background: Spectrum | null, logarithmic: boolean): AlignedData {
  const width = Math.max(1, Math.ceil(spectrum.counts.length / mostPoints));
  const points = Math.ceil(spectrum.counts.length / width);
  const summed = (counts: readonly number[], factor: number) =>
    Array.from({ length: points }, (_, point) => {
      const sum = counts.slice(point * width, (point + 1) * width).reduce((total, count) => total + count, 0) * factor;
      return logarithmic && sum <= 0 ? null : sum;
    });
  const ratio = (spectrum.liveTimeS ?? 0) / (background?.liveTimeS || Number.POSITIVE_INFINITY);
  return [
    Array.from({ length: points }, (_, point) => energyOf(spectrum.energy, point * width + (width - 1) / 2)),
    summed(spectrum.counts, 1),
    background === null || ratio === 0 ? Array<null>(points).fill(null) : summed(background.counts, ratio),
  ];
}
