import type { SpectrumSet } from '../domain/spectrum.ts';

/** Spectra, kept beside the journal under the SHA-256 of their text: events only name them. */
export interface Spectra {
  /** Durable when it returns. The same set again is kept once. Throws `journal-unavailable`. */
  keep(set: SpectrumSet): string;
  find(id: string): SpectrumSet | undefined;
}
