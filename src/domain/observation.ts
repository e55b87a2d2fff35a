import type {
  Finding,
  IsotopeFinding,
  Nuclide,
  ProfilePoint,
  RadiationFinding,
  TraceFinding,
  XrayFinding,
} from './evidence.ts';
import type { SpectrumSet } from './spectrum.ts';
import type { Hazard, IdentifierKind, Mode, ReadMethod, ScanDecision, Severity, Signal } from './words.ts';

/**
 * What a driver reports. Times are milliseconds since the epoch: `observedAtMs` is the device's own time, or the time
 * the frame arrived where the device sends none. Drivers never invent a time and never re-stamp an old value.
 */
interface Observed {
  readonly observedAtMs: number;
}

/** A measured value: goes to the telemetry lane (live screens, charts), may be thinned, is never journalled. */
export interface Reading extends Observed {
  readonly type: 'reading';
  /** Kebab case, e.g. `gamma`, `gamma-background`, `neutron`, `speed`. */
  readonly quantity: string;
  readonly value: number;
  /** e.g. `cps`, `counts`, `km/h`. */
  readonly unit: string;
  readonly quality: 'good' | 'alarm' | 'fault';
}

/** The presence interval of a portal begins. `complete` is false when its beginning was not seen. */
export interface OccupancyOpened extends Observed {
  readonly type: 'occupancy-opened';
  readonly complete: boolean;
}

/** … and ends. `reason`: `device` (said so), `background`, `timeout`, `link-lost`. */
export interface OccupancyClosed extends Observed {
  readonly type: 'occupancy-closed';
  readonly reason: 'device' | 'background' | 'timeout' | 'link-lost';
  readonly counter: number | null;
  readonly durationS: number;
  readonly speedKmh: number | null;
  readonly direction: 'forward' | 'reverse' | null;
  readonly profile: { readonly gamma: readonly ProfilePoint[]; readonly neutron: readonly ProfilePoint[] };
}

/** The device counted subjects (or samples) that never reached us. */
export interface OccupancyMissed extends Observed {
  readonly type: 'occupancy-missed';
  readonly missed: number;
  readonly counter: number;
}

/**
 * A portal's own alarm during an occupancy: reported at the first alarming sample (`active`), again with every further
 * one, and once with `active: false` when the occupancy ends. `finding` is cumulative since the occupancy began.
 */
export interface Detection extends Observed {
  readonly type: 'detection';
  readonly signal: Extract<Signal, 'gamma' | 'neutron'>;
  readonly hazard: Hazard;
  readonly active: boolean;
  /** Alarming samples so far in this occupancy. */
  readonly count: number;
  readonly finding: RadiationFinding;
}

/**
 * A whole occupancy told at once, as documents do: who passed, what alarmed, what was measured. Redelivery is recognised by
 * (device, reportId).
 */
export interface OccupancyReport extends Observed {
  readonly type: 'occupancy-report';
  /** The device's own id of it. `observedAtMs` is its beginning. */
  readonly reportId: string;
  readonly durationS: number;
  readonly speedKmh: number | null;
  readonly profile: OccupancyClosed['profile'];
  readonly identifiers: readonly ReadIdentifier[];
  /** What the instrument identified, alarming or not. */
  readonly nuclides: readonly Nuclide[];
  readonly detections: readonly {
    readonly signal: Extract<Signal, 'gamma' | 'neutron' | 'isotope'>;
    readonly hazard: Hazard;
    readonly count: number;
    readonly finding: RadiationFinding | IsotopeFinding;
  }[];
  readonly spectra: SpectrumSet | null;
  /** It comes from a file kept earlier: historical, and no sign of a wrong clock. */
  readonly stored: boolean;
}

/** One completed scan or trace sample, with who or what it was of, if the device knows. */
export interface Scan extends Observed {
  readonly type: 'scan';
  readonly signal: Extract<Signal, 'xray-object' | 'trace-substance' | 'chemical-agent'>;
  /** The device's own id of the scan: redelivery is recognised by (device, scanId, digest of the content). */
  readonly scanId: string;
  readonly decision: ScanDecision;
  readonly hazard: Hazard;
  readonly mode: Mode | null;
  readonly identifiers: readonly ReadIdentifier[];
  readonly finding: XrayFinding | TraceFinding;
}

/** One identity read; a travel document gives one identifier with a holder. */
export interface IdentityRead extends Observed {
  readonly type: 'identity';
  /** The reader's own id of the read: redelivery is recognised by (device, readId). */
  readonly readId: string;
  readonly identifiers: readonly ReadIdentifier[];
  readonly imageUri: string | null;
}

/** An identifier as read: normalised `value`, `raw` as the device sent it, `valid` = well formed and check digit right. */
export interface ReadIdentifier {
  readonly kind: IdentifierKind;
  readonly value: string;
  readonly raw: string;
  readonly valid: boolean;
  /** Issuing state or authority: ICAO 9303 three-letter code for documents, ISO 3166 code for plates. */
  readonly issuer: string | null;
  readonly method: ReadMethod;
  /** 0 to 1; null where the device gives none. */
  readonly confidence: number | null;
  /** For a failed check digit: valid values one OCR-confusable character away. */
  readonly corrections?: readonly string[];
  readonly holder?: { readonly name: string; readonly birthDate: string | null };
}

/** Equipment state. Level, not edge: reporting the same state again changes nothing. */
export interface ConditionReport extends Observed {
  readonly type: 'condition';
  /** Kebab case, e.g. `tamper`, `gamma-background-high`, `power-fail`. */
  readonly code: string;
  readonly active: boolean;
  readonly severity: Severity;
  readonly text: string;
}

/** A family of conditions as it stands: what is not named in `active` is over, also what was told before a restart. */
export interface ConditionSet extends Observed {
  readonly type: 'condition-set';
  /** The codes of the family begin with it, e.g. `fault-`. */
  readonly family: string;
  readonly active: readonly Pick<ConditionReport, 'code' | 'severity' | 'text'>[];
}

/** Settings or description read from the device itself; the latest replaces the former. */
export interface SettingsReport extends Observed {
  readonly type: 'settings';
  readonly settings: Readonly<Record<string, string | number | boolean>>;
}

export type Observation =
  | Reading
  | OccupancyOpened
  | OccupancyClosed
  | OccupancyMissed
  | OccupancyReport
  | Detection
  | Scan
  | IdentityRead
  | ConditionReport
  | ConditionSet
  | SettingsReport;
export type ScanFinding = Extract<Finding, { kind: 'xray' | 'trace' }>;
