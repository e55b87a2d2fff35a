import { LanewatchError, messageOf } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { DriverContext, DriverDefinition } from '../ports/driver.ts';
import type { LaneBoard } from '../ports/lane-board.ts';
import type { Log } from '../ports/log.ts';
import type { Wire } from '../ports/wire.ts';
import type { Workers } from '../ports/workers.ts';
import type { DeviceMonitor } from './device-monitor.ts';
import { type Pipeline, reportingFor } from './pipeline.ts';

/** Every timing constant of the supervision, in milliseconds. */
export interface SupervisorTiming {
  /** Ceiling of the first and of the longest delay between attempts; the delay is drawn between 0 and it (full jitter). */
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
  /** An attempt that stood this long makes the next delay the first again. */
  readonly stableMs: number;
  /** A driver that has not stopped by then is left behind. */
  readonly stopMs: number;
}
export const defaultTiming: SupervisorTiming = {
  firstDelayMs: 500,
  longestDelayMs: 30_000,
  stableMs: 60_000,
  stopMs: 3_000,
};

/** What all devices of a post are supervised with. */
export interface Supervision {
  readonly pipeline: Pipeline;
  readonly timeZone: string;
  readonly workers: Workers;
  readonly board: LaneBoard;
  readonly clock: Clock;
  readonly random: () => number;
  readonly timing: SupervisorTiming;
  readonly log: Log;
}

export interface Supervised extends Supervision {
  readonly definition: DriverDefinition;
  readonly options: unknown;
  readonly profile: unknown;
  readonly wire: Wire;
  readonly monitor: DeviceMonitor;
  readonly kept: Map<string, number>;
}

/** Keeps one device running until the signal aborts: attempt, classify what ended it, wait, again. Never throws. */
export async function supervise(device: Supervised, signal: AbortSignal): Promise<void> {
  const { clock, timing, monitor, log } = device;
  let mute = false;
  for (let failures = 0; !signal.aborted; failures += 1) {
    const beganMs = clock.now();
    const { error, silent, opened } = await attempt(device, mute, signal);
    mute = opened && error.code === 'link-timeout';
    if (signal.aborted) return;
    if (clock.now() - beganMs >= timing.stableMs) failures = 0;
    // The first of a row is worth a line, the rest stand in the device's status.
    if (failures === 0) log.warn({ device: monitor.device.id, code: error.code }, error.message);
    monitor.failed(error.code, error.message);
    if (error.code === 'configuration-fault') {
      tell(device, 'fault', error.message);
      return;
    }
    tell(device, silent ? 'stale' : 'offline', error.message);
    const ceilingMs = Math.min(timing.longestDelayMs, timing.firstDelayMs * 2 ** failures);
    await clock.sleep(device.random() * ceilingMs, signal).catch(() => undefined);
  }
}

interface Ended {
  readonly error: LanewatchError;
  /** It was ended because nothing was heard. */
  readonly silent: boolean;
  /** Its link stood. */
  readonly opened: boolean;
}

/** One attempt, with its silence watched. `mute`: the one before had its link and no answer. Resolves to what ended it. */
async function attempt(device: Supervised, mute: boolean, signal: AbortSignal): Promise<Ended> {
  const { monitor, definition, pipeline } = device;
  const stopper = new AbortController();
  const over = new AbortController();
  let opened = false;
  const attemptSignal = AbortSignal.any([signal, stopper.signal]);
  monitor.attempt();
  const context: DriverContext = {
    device: { id: monitor.device.id, laneId: monitor.device.laneId, timeZone: device.timeZone },
    options: device.options,
    profile: device.profile,
    linkType: monitor.device.link.type,
    wire: device.wire,
    kept: device.kept,
    workers: device.workers,
    board: device.board,
    clock: device.clock,
    log: device.log,
    online: () => {
      opened = true;
      // A device that fell silent, or did not answer, is back when it speaks, not when its socket opens.
      if (!over.signal.aborted && !mute && monitor.state() !== 'stale') tell(device, 'online', null);
    },
    ...reportingFor(pipeline, monitor, {
      fail: (error) => stopper.abort(error),
      heard: () => {
        // What a driver still reports when it is told to stop is no sign of life.
        if (!attemptSignal.aborted && monitor.state() !== 'online') tell(device, 'online', null);
      },
      over: () => over.signal.aborted,
    }),
  };
  const run = definition.run(context, attemptSignal).then(
    () => new LanewatchError('link-lost', 'the driver ended by itself'),
    (thrown: unknown) => asLinkError(thrown),
  );
  const watching = watchSilence(device, AbortSignal.any([attemptSignal, over.signal]));
  const silence = watching.then((error) => {
    if (error !== null) stopper.abort(error);
    return error;
  });
  const ended = await Promise.race([run, leftBehind(device, attemptSignal, over.signal)]);
  over.abort();
  const silent = await silence;
  const failed: unknown = stopper.signal.reason;
  return { error: failed instanceof LanewatchError ? failed : ended, silent: silent !== null, opened };
}

/**
 * Resolves to the reason as soon as the device is silent beyond its limit, to null when the signal aborts first. A look adds at most
 * twice what it was to wait: a clock that is set, forward or back, is neither silence nor an end of it.
 */
async function watchSilence(device: Supervised, signal: AbortSignal): Promise<LanewatchError | null> {
  const { monitor, clock } = device;
  const { silenceMs } = monitor.device;
  if (silenceMs === null) return null;
  const lookEveryMs = Math.min(1_000, silenceMs / 4);
  let heard = monitor.heardFrames();
  let silentMs = 0;
  while (!signal.aborted) {
    const beforeMs = clock.now();
    await clock.sleep(lookEveryMs, signal).catch(() => undefined);
    if (signal.aborted) break;
    const frames = monitor.heardFrames();
    const passedMs = Math.min(Math.max(clock.now() - beforeMs, 0), 2 * lookEveryMs);
    silentMs = frames === heard ? silentMs + passedMs : 0;
    heard = frames;
    if (silentMs >= silenceMs) {
      return new LanewatchError('link-timeout', `nothing heard for ${Math.round(silentMs / 1000)} s`);
    }
  }
  return null;
}

/** Resolves when the driver has been told to stop and has not done so in time; never when it ended. */
async function leftBehind(device: Supervised, attemptSignal: AbortSignal, over: AbortSignal): Promise<LanewatchError> {
  const { clock, timing, log, monitor } = device;
  const { promise, resolve } = Promise.withResolvers<LanewatchError>();
  const wait = async () => {
    await clock.sleep(timing.stopMs, over).catch(() => undefined);
    if (over.aborted) return;
    log.error({ device: monitor.device.id }, 'the driver did not stop in time and was left behind');
    resolve(new LanewatchError('internal', 'the driver did not stop in time'));
  };
  if (attemptSignal.aborted) void wait();
  else attemptSignal.addEventListener('abort', () => void wait(), { once: true });
  return promise;
}

/** Makes a change of link state known: at the device's status at once, in the journal as a fact. */
function tell(
  { monitor, pipeline, log }: Supervised,
  state: 'online' | 'offline' | 'stale' | 'fault',
  reason: string | null,
): void {
  if (!monitor.become(state)) return;
  const { id: deviceId, laneId } = monitor.device;
  try {
    pipeline.desk.take({ type: 'link', deviceId, laneId, state: state === 'fault' ? 'offline' : state, reason });
  } catch (error) {
    log.error({ device: deviceId, state, reason: messageOf(error) }, 'a change of link state could not be recorded');
  }
}

function asLinkError(thrown: unknown): LanewatchError {
  if (thrown instanceof LanewatchError) return thrown;
  return new LanewatchError('link-lost', messageOf(thrown), { cause: thrown });
}
