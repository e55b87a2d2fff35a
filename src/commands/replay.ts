import { drivers } from '../../drivers/index.ts';
import { openWorkerPool } from '../adapters/worker-pool.ts';
import { readRecording } from '../runtime/recording/format.ts';
import { replay as replayRecording, type Told } from '../runtime/recording/replay.ts';
import { stderrLog } from './stderr-log.ts';
import { required, UsageError } from './usage.ts';

/** Plays a recording back through its driver and prints what it says of each frame, one JSON line each. */
export async function replay(values: Readonly<Record<string, unknown>>): Promise<number> {
  const recording = readRecording(required(values, 'file'));
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

function print({ frame, ...said }: Told): void {
  const at = new Date(frame.receivedAtMs).toISOString();
  const hex = Buffer.from(frame.bytes).toString('hex');
  process.stdout.write(`${JSON.stringify({ at, bytes: hex.slice(0, 512), length: frame.bytes.length, ...said })}\n`);
}
