import { drivers } from '../../drivers/index.ts';
import { openWorkerPool } from '../adapters/worker-pool.ts';
import { loadConfig } from '../config/load-config.ts';
import { formatProblems } from '../config/problem.ts';
import { findProfile, profileNameOf } from '../config/profiles.ts';
import { type Recording, readRecording } from '../runtime/recording/format.ts';
import { replay as replayRecording, type Told } from '../runtime/recording/replay.ts';
import { stderrLog } from './stderr-log.ts';
import { required, UsageError } from './usage.ts';

/**
 * Plays a recording back through its driver and prints what it says of each frame, one JSON line each: with the options and profile
 * of then, or with `--config` as that file has the device now.
 */
export async function replay(values: Readonly<Record<string, unknown>>): Promise<number> {
  const recorded = readRecording(required(values, 'file'));
  const recording = values.config === undefined ? recorded : asConfigured(recorded, required(values, 'config'));
  if (recording === null) return 2;
  const definition = drivers.get(recording.header.driver);
  if (definition === undefined) throw new UsageError(`there is no driver ${recording.header.driver}`);
  const speed = values.speed === undefined ? Number.POSITIVE_INFINITY : Number(values.speed);
  if (!(speed > 0)) throw new UsageError(`--speed ${String(values.speed)} is no factor`);
  const stopper = new AbortController();
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => stopper.abort());
  await using workers = openWorkerPool();
  await replayRecording(definition, recording, { speed, tell: print, workers, log: stderrLog }, stopper.signal);
  return 0;
}

/** Null when the configuration is not good, and says why. */
function asConfigured({ header, entries }: Recording, file: string): Recording | null {
  const loaded = loadConfig(file, { drivers, env: process.env });
  if (!loaded.ok) {
    process.stderr.write(`${formatProblems(loaded.problems)}\n`);
    return null;
  }
  const { id } = header.device;
  const device = loaded.config.devices.find((candidate) => candidate.id === id && candidate.driver === header.driver);
  if (device === undefined) throw new UsageError(`${file} has no device ${id} with the driver ${header.driver}`);
  const options = drivers.get(device.driver)?.options.parse(device.options);
  const profile = findProfile(loaded.profiles, device.driver, profileNameOf(options))?.data ?? null;
  return { header: { ...header, options, profile }, entries };
}

function print({ frame, ...said }: Told): void {
  const at = new Date(frame.receivedAtMs).toISOString();
  const hex = Buffer.from(frame.bytes).toString('hex');
  process.stdout.write(`${JSON.stringify({ at, bytes: hex.slice(0, 512), length: frame.bytes.length, ...said })}\n`);
}
