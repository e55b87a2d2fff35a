import { drivers } from '../../drivers/index.ts';
import { openWorkerPool } from '../../src/adapters/worker-pool.ts';
import { readRecording } from '../../src/runtime/recording/format.ts';
import { replay, type Told } from '../../src/runtime/recording/replay.ts';
import { silentLog } from './driver-bench.ts';

/**
 * Everything a driver says of a recording (made by `record`), as fast as it takes it unless `speed` says otherwise. `profile`: data to
 * read it by instead of what was recorded with it.
 */
export async function replayed(
  file: string,
  { speed = Number.POSITIVE_INFINITY, profile }: { readonly speed?: number; readonly profile?: unknown } = {},
): Promise<readonly Told[]> {
  const recording = readRecording(file);
  const definition = drivers.get(recording.header.driver);
  if (definition === undefined) throw new Error(`no driver ${recording.header.driver}`);
  const header = { ...recording.header, profile: profile ?? recording.header.profile };
  await using workers = openWorkerPool();
  const told: Told[] = [];
  const tell = (item: Told) => void told.push(item);
  const { signal } = new AbortController();
  await replay(definition, { ...recording, header }, { speed, tell, workers, log: silentLog }, signal);
  return told;
}
