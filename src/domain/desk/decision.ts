import type { AlarmPolicy } from '../alarm-policy.ts';
import type { Actor, Command } from '../command.ts';
import type { ConfigFact, Fact, RefusedFact } from '../event.ts';
import type { RawRef } from '../evidence.ts';
import type { ExaminationPolicy } from '../examination-policy.ts';
import type { AccessFact } from '../facts.ts';
import type { Guidance } from '../guidance.ts';
import { isoTime } from '../iso-time.ts';
import type { MatchingPolicy } from '../matching-policy.ts';
import type { Observation, OccupancyReport } from '../observation.ts';
import type { Lane, Site } from '../site.ts';
import type { Mode } from '../words.ts';

/** A report whose spectra have been kept: what is left of them is where they are (SHA-256), and how many. */
export type KeptOccupancyReport = Omit<OccupancyReport, 'spectra'> & {
  readonly spectra: { readonly id: string; readonly count: number } | null;
};

/** What the desk decides about; readings and settings never come here. */
export type DeskObservation =
  | Exclude<Observation, { type: 'reading' | 'settings' | 'occupancy-report' }>
  | KeptOccupancyReport;

export type DeskInput =
  | {
      readonly type: 'observation';
      readonly deviceId: string;
      readonly laneId: string;
      readonly observation: DeskObservation;
      readonly raw: RawRef;
      readonly receivedAtMs: number;
    }
  | { readonly type: 'refused'; readonly refused: RefusedFact }
  | { readonly type: 'access'; readonly granted: boolean; readonly access: AccessFact }
  | {
      readonly type: 'link';
      readonly deviceId: string;
      readonly laneId: string;
      readonly state: 'online' | 'offline' | 'stale';
      readonly reason: string | null;
    }
  | { readonly type: 'started'; readonly config: ConfigFact }
  | { readonly type: 'tick' }
  | { readonly type: 'command'; readonly command: Command; readonly actor: Actor };

/** What a device reported, as it came. */
export type Observed = Extract<DeskInput, { readonly type: 'observation' }>;

/** What every decision may know besides the state: the configuration, fresh ids. */
export interface DeskSettings {
  readonly newId: () => string;
  readonly site: Site;
  readonly lanes: ReadonlyMap<string, Lane>;
  /** Devices that are watched: configured and enabled. */
  readonly deviceIds: ReadonlySet<string>;
  /** Of devices with a mode of their own. */
  readonly deviceModes: ReadonlyMap<string, Mode>;
  readonly alarms: AlarmPolicy;
  readonly guidance: Guidance;
  readonly matching: MatchingPolicy;
  readonly examinations: ExaminationPolicy;
}

/** What one decision may know besides the state. */
export interface DeskContext extends DeskSettings {
  /** The present. */
  readonly nowMs: number;
  /** The same as the facts say it. */
  readonly at: string;
}

export function contextAt(settings: DeskSettings, nowMs: number): DeskContext {
  return { ...settings, nowMs, at: isoTime(nowMs) };
}

/** Why a command is not carried out; `code` is one of the catalogue's. */
export interface Refusal {
  readonly code:
    | 'not-found'
    | 'forbidden-transition'
    | 'stale-version'
    | 'unknown-code'
    | 'invalid-request'
    | 'not-allowed';
  readonly detail: string;
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** A fact before it is numbered. `time`: when it happened, in milliseconds; the present where left out. */
export type Draft = Fact & { readonly subject: string; readonly timeMs?: number };

/** What a decision answers: facts, or a refusal and no facts. */
export type Decision =
  | { readonly drafts: readonly Draft[]; readonly refusal?: undefined }
  | { readonly drafts: readonly []; readonly refusal: Refusal };

export const nothing: Decision = { drafts: [] };

export function refuse(refusal: Refusal): Decision {
  return { drafts: [], refusal };
}

/** The refusal of a word that is not on its list, with the list. */
export function unknownCode(field: string, given: string, allowed: readonly string[]) {
  const detail = `${field}: ${given} is not one of ${allowed.join(', ')}`;
  return { code: 'unknown-code', detail, extra: { field, allowed } } as const satisfies Refusal;
}
