import { createWiring } from '../../drivers/transport/wiring.ts';
import type { Link } from '../../src/domain/link.ts';
import type { Observation } from '../../src/domain/observation.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { DriverContext, DriverDefinition, Frame } from '../../src/ports/driver.ts';
import type { LaneBoard } from '../../src/ports/lane-board.ts';
import type { Log } from '../../src/ports/log.ts';
import type { MessageBus } from '../../src/ports/message-bus.ts';
import type { Wire } from '../../src/ports/wire.ts';
import type { Workers } from '../../src/ports/workers.ts';
import { systemClock } from '../../src/runtime/system-clock.ts';

const nothing = () => undefined;

/** A log that nobody reads. */
export const silentLog: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/** One real attempt of a driver with everything it said, kept in order. The wire is real; only the desk is absent. */
export interface DriverBench extends AsyncDisposable {
  readonly observations: Observation[];
  readonly frames: Frame[];
  /** Each frame with what was made of it. */
  readonly reports: { readonly frame: Frame; readonly observations: readonly Observation[] }[];
  readonly refusals: { readonly code: string; readonly reason: string; readonly bytes: Uint8Array }[];
  readonly ignored: string[];
  onlineCount(): number;
  /** Settles as the attempt does: undefined when it ended by the signal, the error when the link was lost. */
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
}

/** For drivers that have no use for them. */
export const noWorkers: Workers = {
  run: () => Promise.reject(new Error('this bench has no workers')),
};

/** The real wire of one device. */
export function wireOf(link: Link, id = 'device-1', bus?: MessageBus): Wire {
  const find = (): MessageBus => {
    if (bus === undefined) throw new Error('this bench has no broker');
    return bus;
  };
  return createWiring(find, systemClock)({ id, link });
}

export function runDriver<Options, Profile>(
  definition: DriverDefinition<Options, Profile>,
  link: Link,
  rawOptions: unknown = {},
  parts: {
    readonly bus?: MessageBus;
    readonly commit?: () => Promise<void>;
    readonly deviceId?: string;
    readonly wire?: Wire;
    readonly profile?: unknown;
    readonly workers?: Workers;
    readonly clock?: Clock;
    readonly kept?: Map<string, number>;
    readonly board?: LaneBoard;
  } = {},
): DriverBench {
  const stopper = new AbortController();
  let online = 0;
  const bench = {
    observations: [] as Observation[],
    frames: [] as Frame[],
    reports: [] as DriverBench['reports'],
    refusals: [] as DriverBench['refusals'],
    ignored: [] as string[],
  };
  const deviceId = parts.deviceId ?? 'device-1';
  const context: DriverContext<Options, Profile> = {
    device: { id: deviceId, laneId: 'lane-1', timeZone: 'Europe/Amsterdam' },
    options: definition.options.parse(rawOptions),
    profile: definition.profile?.parse(parts.profile) as Profile,
    clock: parts.clock ?? systemClock,
    log: silentLog,
    linkType: link.type,
    kept: parts.kept ?? new Map(),
    workers: parts.workers ?? noWorkers,
    board: parts.board ?? { standing: () => ({ alarms: [], occupied: false, blind: false }) },
    wire: parts.wire ?? wireOf(link, deviceId, parts.bus),
    online: () => {
      online += 1;
    },
    report: (frame, observations) => {
      bench.reports.push({ frame, observations });
      bench.frames.push(frame);
      bench.observations.push(...observations);
    },
    ignore: (_frame, tag) => {
      bench.ignored.push(tag);
    },
    refuse: (frame, code, reason) => {
      bench.refusals.push({ code, reason, bytes: frame.bytes });
    },
    commit: parts.commit ?? (() => Promise.resolve()),
  };
  const ended = definition.run(context, stopper.signal).then(
    () => undefined,
    (error: unknown) => error,
  );
  const stop = async () => {
    stopper.abort(new Error('bench stopped'));
    await ended;
  };
  return { ...bench, ended, onlineCount: () => online, stop, [Symbol.asyncDispose]: stop };
}
