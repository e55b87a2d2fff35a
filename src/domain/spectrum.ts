import { z } from 'zod';

/** One energy spectrum as the instrument gave it, or the sum of its slices over an occupancy. */
export const Spectrum = z.object({
  class: z.string().describe('e.g. `Foreground`, `Background`, as the instrument calls it.'),
  detector: z.string(),
  slices: z.int().describe('Slices of the occupancy added up; 1 for a spectrum as it came.'),
  startedAt: z.iso.datetime().nullable(),
  realTimeS: z.number().nullable(),
  liveTimeS: z.number().nullable(),
  counts: z.array(z.number()).describe('Counts by channel.'),
  energy: z
    .union([z.object({ coefficients: z.array(z.number()) }), z.object({ boundaries: z.array(z.number()) })])
    .nullable()
    .describe(
      'keV: polynomial coefficients by channel number, or the boundaries of the channels; null where not given.',
    ),
});

/** The spectra of one document, kept whole beside the passage they belong to. */
export const SpectrumSet = z.object({
  instrument: z.string(),
  documentId: z.string(),
  spectra: z.array(Spectrum),
  extensions: z.array(z.string()).describe('Vendor XML that the standard leaves open, as it came.'),
});

export type Spectrum = z.infer<typeof Spectrum>;
export type SpectrumSet = z.infer<typeof SpectrumSet>;
