import type { Spectrum } from '../../src/domain/spectrum.ts';

export type Channel = 'gamma' | 'neutron';

/** Counts of one detector in one measurement; `channel` null for what is neither gamma nor neutron. */
export interface Count {
  readonly detector: string;
  readonly channel: Channel | null;
  readonly counts: number;
  readonly liveTimeS: number | null;
}

/** One measurement, or what the instrument derived from several (`derived`). */
export interface Measurement {
  readonly id: string;
  readonly groups: readonly string[];
  readonly class: string;
  readonly derived: boolean;
  readonly startedAtMs: number | null;
  readonly realTimeS: number | null;
  /** Null where the document does not say. */
  readonly occupied: boolean | null;
  /** Of the item that passes, not of a moving instrument. */
  readonly speedMs: number | null;
  readonly counts: readonly Count[];
  readonly spectra: readonly Spectrum[];
  /** µSv/h. */
  readonly doseRates: readonly number[];
}

export interface N42Nuclide {
  readonly rawName: string;
  readonly confidence: string;
  /** The instrument's own category, free text. */
  readonly category: string;
}

/** What the instrument concluded; `groups` and `measurements` are what it concluded from, as far as it says. */
export interface Analysis {
  readonly groups: readonly string[];
  readonly measurements: readonly string[];
  readonly algorithm: string | null;
  readonly alarms: readonly { readonly category: string; readonly description: string; readonly light: string }[];
  /** Those identified. */
  readonly nuclides: readonly N42Nuclide[];
}

export interface N42Fault {
  readonly code: string;
  readonly description: string;
  readonly severity: string;
}

/** What both forms of the standard come down to. */
export interface N42Document {
  readonly form: '2011' | '2006';
  readonly id: string;
  readonly instrument: {
    readonly manufacturer: string;
    readonly model: string;
    readonly serial: string;
    readonly class: string;
  };
  /** Characteristics of what was measured: ContainerID, Manifest … */
  readonly items: readonly { readonly name: string; readonly value: string }[];
  readonly measurements: readonly Measurement[];
  readonly analyses: readonly Analysis[];
  readonly faults: readonly N42Fault[];
  readonly extensions: readonly string[];
}

export type Decoded =
  | { readonly ok: true; readonly document: N42Document }
  | { readonly ok: false; readonly code: string; readonly reason: string };

/** A fault of the document itself, thrown while reading it and turned into a refusal at the one entrance (decode.ts). */
export class DocumentFault extends Error {
  readonly code: string;
  constructor(code: string, reason: string) {
    super(reason);
    this.code = code;
  }
}
