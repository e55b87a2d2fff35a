import { setTimeout as wait } from 'node:timers/promises';
import type { Link } from '../../src/domain/link.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { DriverDefinition } from '../../src/ports/driver.ts';
import type { Workers } from '../../src/ports/workers.ts';
import { createDeviceMonitor } from '../../src/runtime/device-monitor.ts';
import { defaultTiming, supervise } from '../../src/runtime/supervisor.ts';
import { desklessPipeline } from './deskless-pipeline.ts';
import { type DriverBench, silentLog, wireOf } from './driver-bench.ts';

/** A driver on its real wire under the real supervisor, attempt after attempt; only the desk is absent. */
export interface SupervisedBench extends AsyncDisposable {
  readonly reports: DriverBench['reports'];
  readonly refusals: DriverBench['refusals'];
  /** What the desk was told of the link, in order. */
  readonly states: string[];
  /** The silence limit in force. */
  readonly silenceMs: number | null;
  /** So many times as fast from now on, for the supervisor and the driver. */
  hurry(times: number): void;
}

export function superviseDriver(
  definition: DriverDefinition,
  link: Link,
  parts: {
    readonly options?: object | undefined;
    readonly profile?: unknown;
    readonly bus?: Parameters<typeof wireOf>[2];
    readonly workers: Workers;
  },
): SupervisedBench {
  const reports: DriverBench['reports'] = [];
  const refusals: DriverBench['refusals'] = [];
  const states: string[] = [];
  const { clock, hurry } = hurriedClock();
  const options = definition.options.parse(parts.options ?? {});
  const profile = definition.profile?.parse(parts.profile);
  const silenceMs = definition.silenceMs(options, profile, link.type);
  const device = { id: 'device-1', laneId: 'lane-1', driver: definition.name, link, silenceMs, enabled: true };
  const listened: DriverDefinition = {
    ...definition,
    run: (context, signal) => {
      const report: typeof context.report = (frame, observations) => {
        reports.push({ frame, observations });
        context.report(frame, observations);
      };
      const refuse: typeof context.refuse = (frame, code, reason) => {
        refusals.push({ code, reason, bytes: frame.bytes });
        context.refuse(frame, code, reason);
      };
      return definition.run({ ...context, report, refuse }, signal);
    },
  };
  const stopper = new AbortController();
  const done = supervise(
    {
      definition: listened,
      options,
      profile,
      timeZone: 'Europe/Amsterdam',
      workers: parts.workers,
      kept: new Map(),
      board: { standing: () => ({ alarms: [], occupied: false, blind: false }) },
      monitor: createDeviceMonitor(device, clock),
      pipeline: desklessPipeline((input) => void (input.type === 'link' && states.push(input.state))),
      wire: wireOf(link, 'device-1', parts.bus),
      clock,
      random: () => 0.1,
      timing: defaultTiming,
      log: silentLog,
    },
    stopper.signal,
  );
  return {
    reports,
    refusals,
    states,
    silenceMs,
    hurry,
    [Symbol.asyncDispose]: async () => {
      stopper.abort(new Error('bench stopped'));
      await done;
    },
  };
}

/** The machine's clock until it is hurried; it never jumps. */
function hurriedClock(): { readonly clock: Clock; readonly hurry: (times: number) => void } {
  let [times, fromMs, sinceMs] = [1, Date.now(), performance.now()];
  const now = () => Math.round(fromMs + (performance.now() - sinceMs) * times);
  return {
    clock: { now, sleep: (ms, signal) => wait(ms / times, undefined, { signal }) },
    hurry: (next) => {
      [fromMs, sinceMs] = [now(), performance.now()];
      times = next;
    },
  };
}
