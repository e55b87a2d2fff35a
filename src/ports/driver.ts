import type { z } from 'zod';
import type { LinkType } from '../domain/link.ts';
import type { Observation } from '../domain/observation.ts';
import type { Clock } from './clock.ts';
import type { LaneBoard } from './lane-board.ts';
import type { Log } from './log.ts';
import type { Wire } from './wire.ts';
import type { Workers } from './workers.ts';

/** Bytes as they came off the wire. `held`: the transport waits for our commit before it acknowledges them. */
export interface Frame {
  readonly bytes: Uint8Array;
  readonly receivedAtMs: number;
  readonly held?: boolean;
}

/** What a driver is given for one connection attempt. Every method returns at once; none throws. */
export interface DriverContext<Options = unknown, Profile = unknown> {
  readonly device: { readonly id: string; readonly laneId: string; readonly timeZone: string };
  readonly options: Options;
  /** The data of the profile that `options.profile` names; undefined for a driver without profiles. */
  readonly profile: Profile;
  readonly linkType: LinkType;
  readonly wire: Wire;
  /** Numbers of the device that outlive an attempt (counters, settings): what passed meanwhile is missed, not forgotten. */
  readonly kept: Map<string, number>;
  readonly workers: Workers;
  /** What stands on the lanes, for outputs. */
  readonly board: LaneBoard;
  readonly clock: Clock;
  readonly log: Log;
  /** The link is up. */
  online(): void;
  /** A good frame and what it means (possibly nothing). Also the sign of life for the silence limit. */
  report(frame: Frame, observations: readonly Observation[]): void;
  /** A frame with an unknown but harmless tag: counted under `ignored`, a sign of life. */
  ignore(frame: Frame, tag: string): void;
  /** A bad frame: counted by `code` (kebab case), kept with its bytes and reason (bounded), never thrown. */
  refuse(frame: Frame, code: string, reason: string): void;
  /** Resolves when everything reported and refused so far is durable. Rejects when the journal gives up. */
  commit(): Promise<void>;
}

/**
 * A driver: decodes one protocol family. `run` is ONE connection attempt: opens its link, reports, resolves only when
 * the signal aborts, throws when the link is lost or the protocol is broken beyond resync. It never retries, never
 * sleeps, never logs in a loop; the supervisor does the rest.
 */
export interface DriverDefinition<Options = unknown, Profile = unknown> {
  readonly name: string;
  readonly title: string;
  readonly links: readonly LinkType[];
  /** `output`: it watches nothing, it is driven by what others see. */
  readonly role?: 'output';
  /** Strict schema of the device's `options`; must accept `{}`, unless there is no default profile. */
  readonly options: z.ZodType<Options>;
  /** Schema of the driver's profiles (config/profiles); a device names one by the option `profile`. */
  readonly profile?: z.ZodType<Profile>;
  /** Milliseconds without a sign of life after which the device is stale; null: silence is normal. */
  silenceMs(options: Options, profile: Profile, linkType: LinkType): number | null;
  run(context: DriverContext<Options, Profile>, signal: AbortSignal): Promise<void>;
}
