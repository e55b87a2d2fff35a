import { setTimeout as wait } from 'node:timers/promises';
import { drivers } from '../../drivers/index.ts';
import { openWorkerPool } from '../adapters/worker-pool.ts';
import { openWires } from '../app-wires.ts';
import { loadConfig } from '../config/load-config.ts';
import { formatProblems } from '../config/problem.ts';
import { findProfile, profileNameOf } from '../config/profiles.ts';
import type { Device } from '../config/site-config.ts';
import { messageOf } from '../errors.ts';
import type { DriverContext } from '../ports/driver.ts';
import type { LaneBoard } from '../ports/lane-board.ts';
import { createRecording } from '../runtime/recording/format.ts';
import { recordedWire } from '../runtime/recording/recorded-wire.ts';
import { systemClock } from '../runtime/system-clock.ts';
import { stderrLog } from './stderr-log.ts';
import { required, UsageError } from './usage.ts';

const retryMs = 1_000;
/** An output that is recorded is not driven: it shows what is safe. */
const darkBoard: LaneBoard = { standing: () => ({ alarms: [], occupied: false, blind: true }) };

/**
 * Writes down what one device of a configuration sends, until SIGINT, SIGTERM or `--seconds` have passed. Nothing is
 * acknowledged: messages are read in a session of their own, files stay where they are.
 */
export async function record(values: Readonly<Record<string, unknown>>): Promise<number> {
  const loaded = loadConfig(required(values, 'config'), { drivers, env: process.env });
  if (!loaded.ok) {
    process.stderr.write(`${formatProblems(loaded.problems)}\n`);
    return 2;
  }
  const id = required(values, 'device');
  const device = loaded.config.devices.find((candidate) => candidate.id === id);
  const definition = drivers.get(device?.driver ?? '');
  if (device === undefined || definition === undefined) throw new UsageError(`there is no device ${id}`);
  const stop = stopSignal(values.seconds);
  const { site } = loaded.config;
  const options = definition.options.parse(device.options);
  const profile = findProfile(loaded.profiles, device.driver, profileNameOf(options))?.data;
  const header = {
    recording: 1,
    device: { id, laneId: device.lane, timeZone: site.timeZone },
    driver: device.driver,
    linkType: device.link.type,
    modbusUnit: 'unit' in device.link ? device.link.unit : null,
    options,
    profile: profile ?? null,
    startedAt: new Date(systemClock.now()).toISOString(),
  } as const;
  await using workers = openWorkerPool();
  await using wires = await openWires(loaded, systemClock, stderrLog);
  using recording = createRecording(required(values, 'out'), header);
  const count = { frames: 0, refused: 0, entries: 0 };
  const write: typeof recording.write = (entry) => {
    count.entries += 1;
    recording.write(entry);
  };
  const wire = recordedWire(wires.wiring(aside(device)), write, systemClock.now);
  const context: DriverContext = {
    ...{ device: header.device, options, profile, linkType: device.link.type },
    ...{ wire, workers, clock: systemClock, log: stderrLog, board: darkBoard, kept: new Map() },
    online: () => process.stderr.write(`${id}: online\n`),
    report: () => void count.frames++,
    ignore: () => void count.frames++,
    refuse: (_frame, code, reason) => {
      count.refused += 1;
      process.stderr.write(`${id}: refused: ${code}: ${reason}\n`);
    },
    // Never durable, so never acknowledged.
    commit: () => Promise.reject(new Error('a recording acknowledges nothing')),
  };
  while (!stop.aborted) {
    await definition.run(context, stop).catch((error) => process.stderr.write(`${id}: ${messageOf(error)}\n`));
    await wait(retryMs, undefined, { signal: stop }).catch(() => undefined);
  }
  process.stderr.write(`${id}: ${count.entries} entries, ${count.frames} good frames, ${count.refused} refused\n`);
  return 0;
}

/** The device beside itself: its own session stays as it is. */
function aside({ id, link }: Device): Pick<Device, 'id' | 'link'> {
  return { id: `${id}-recording`, link: link.type === 'mqtt' ? { ...link, qos: 0 } : link };
}

function stopSignal(seconds: unknown): AbortSignal {
  const stopper = new AbortController();
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => stopper.abort());
  if (seconds === undefined) return stopper.signal;
  const given = Number(seconds);
  if (!(given > 0)) throw new UsageError(`--seconds ${String(seconds)} is no duration`);
  return AbortSignal.any([stopper.signal, AbortSignal.timeout(given * 1000)]);
}
