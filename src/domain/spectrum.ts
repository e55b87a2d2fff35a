import { z } from 'zod';

/** One energy spectrum as the instrument gave it, or the sum of its slices over an occupancy. */
export const Spectrum = z.object({
  /** e.g. `Foreground`, `Background`, as the instrument calls it. */
  class: z.string(),
  detector: z.string(),
  /** Slices of the occupancy added up; 1 for a spectrum as it came. */
  slices: z.int(),
  startedAt: z.iso.datetime().nullable(),
  realTimeS: z.number().nullable(),
  liveTimeS: z.number().nullable(),
  /** Counts by channel. */
  counts: z.array(z.number()),
  /** keV: polynomial coefficients by channel number, or the boundaries of the channels; null where not given. */
  energy: z
    .union([z.object({ coefficients: z.array(z.number()) }), z.object({ boundaries: z.array(z.number()) })])
    .nullable(),
});

/** The spectra of one document, kept whole beside the passage they belong to. */
export const SpectrumSet = z.object({
  instrument: z.string(),
  documentId: z.string(),
  spectra: z.array(Spectrum),
  /** Vendor XML that the standard leaves open, as it came. */
  extensions: z.array(z.string()),
});

export type Spectrum = z.infer<typeof Spectrum>;
export type SpectrumSet = z.infer<typeof SpectrumSet>;
