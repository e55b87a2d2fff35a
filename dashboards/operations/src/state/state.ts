import type {
  Alarm,
  DeviceStatus,
  Lane,
  LiveEvent,
  LiveReading,
  Passage,
  Session,
  Site,
} from '../contract/resources.ts';

/** How fresh the screen is. `sinceMs`: the last moment at which everything shown was known to be true. */
export type Connection =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  | { readonly kind: 'lost'; readonly sinceMs: number; readonly retryAtMs: number };

/** What a screen reader is told; a new `number` is a new announcement, even with the same words. */
export interface Announcement {
  readonly number: number;
  readonly text: string;
}

/** Everything the screen shows. */
export interface State {
  readonly session: Session | null;
  readonly site: Site | null;
  readonly lanes: readonly Lane[];
  readonly devices: ReadonlyMap<string, DeviceStatus>;
  /** All open alarms, and the closed ones that were seen lately. */
  readonly alarms: ReadonlyMap<string, Alarm>;
  readonly passages: ReadonlyMap<string, Passage>;
  /** The last minutes of readings, oldest first, by `seriesKey`. */
  readonly series: ReadonlyMap<string, readonly LiveReading[]>;
  /** What the signed-in role is shown at all. */
  readonly mayRead: { readonly board: boolean; readonly readings: boolean };
  readonly connection: Connection;
  /** Sequence of the newest event applied; null until the first load. */
  readonly cursor: string | null;
  readonly announcement: Announcement;
}

export type Action =
  /** Who is signed in, the post as configured, its devices now, and the readings of the last minutes if allowed. */
  | {
      readonly type: 'post-loaded';
      readonly session: Session;
      readonly site: Site;
      readonly lanes: readonly Lane[];
      readonly devices: readonly DeviceStatus[];
      readonly readings: readonly LiveReading[] | null;
    }
  /** The first picture, at least as new as `cursor`: replaces what was there. Null: not allowed to this role. */
  | {
      readonly type: 'board-loaded';
      readonly cursor: string;
      readonly board: { readonly alarms: readonly Alarm[]; readonly passages: readonly Passage[] } | null;
    }
  /** Single resources answered to a question or a command; applied where newer. */
  | {
      readonly type: 'answered';
      readonly alarms?: readonly Alarm[];
      readonly passages?: readonly Passage[];
      readonly devices?: readonly DeviceStatus[];
    }
  /** What the live stream said since the last frame, in order. */
  | { readonly type: 'heard'; readonly events: readonly LiveEvent[]; readonly readings: readonly LiveReading[] }
  | { readonly type: 'connection'; readonly connection: Connection };

export const initialState: State = {
  session: null,
  site: null,
  lanes: [],
  devices: new Map(),
  alarms: new Map(),
  passages: new Map(),
  series: new Map(),
  mayRead: { board: true, readings: true },
  connection: { kind: 'connecting' },
  cursor: null,
  announcement: { number: 0, text: '' },
};

export function seriesKey(deviceId: string, quantity: string): string {
  return `${deviceId}|${quantity}`;
}
