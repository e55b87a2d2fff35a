import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSnapshotFile } from '../../src/adapters/snapshot-file.ts';
import { openDatabase } from '../../src/adapters/sqlite/database.ts';
import { openJournal } from '../../src/adapters/sqlite/journal.ts';
import { keptOf } from '../../src/domain/desk/kept-state.ts';
import type { Journal } from '../../src/ports/journal.ts';
import type { Snapshots } from '../../src/ports/snapshots.ts';
import { startingState } from '../../src/runtime/desk-state.ts';
import { systemClock } from '../../src/runtime/system-clock.ts';
import { silentLog } from '../support/driver-bench.ts';
import { noSnapshots } from '../support/restarted-desk.ts';
import { bagTraffic, passBags } from './bag-traffic.ts';
import { inTurn, type Row, row, type Settings } from './rows.ts';

/** Short, so that as many passages are at hand in the shorter journal as in the longer one. */
const keepMs = 20_000;
/** How long the desk takes to have its state again, by the length of the journal. The floor reads and parses the same events. */
export async function benchStart({ quick, rounds }: Settings): Promise<readonly Row[]> {
  const [short, long] = quick ? [20_000, 100_000] : [200_000, 1_000_000];
  // What a kill leaves to be replayed at most.
  const sinceSnapshot = short / 2;
  await using brief = await journalOf(short, short - sinceSnapshot);
  await using whole = await journalOf(long, long - sinceSnapshot);
  const from = (journal: Journal, snapshots: Pick<Snapshots, 'load'>) => async () =>
    seconds(() => startingState(journal, snapshots, keepMs));
  const floor = async () => seconds(() => readAll(whole.journal));
  const replayed = await inTurn(rounds, from(whole.journal, noSnapshots), floor);
  const started = await inTurn(rounds, from(whole.journal, whole.snapshots), from(brief.journal, brief.snapshots));
  return [
    row(`rebuilt from ${long.toLocaleString('en')} events; floor: read and parsed`, 's', replayed, (took) => took),
    row(
      `started with a snapshot, ${long.toLocaleString('en')} events; beside it ${short.toLocaleString('en')}`,
      's',
      started,
      (took) => took,
    ),
  ];
}

/** By the processor's time: what else runs on the machine does not count. */
function seconds(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function readAll(journal: Journal): number {
  let count = 0;
  for (const _event of journal.replay(0)) count += 1;
  return count;
}

/** A journal of so many events on disk, with a snapshot taken after `snapshotAt`. */
async function journalOf(length: number, snapshotAt: number) {
  await using opened = new AsyncDisposableStack();
  const folder = opened.adopt(mkdtempSync(join(tmpdir(), 'lanewatch-start-')), (made) =>
    rmSync(made, { recursive: true }),
  );
  const db = opened.adopt(openDatabase(folder), (open) => void open.close());
  const journal = openJournal(db, 'post', systemClock);
  const snapshots = openSnapshotFile(folder, silentLog);
  const traffic = bagTraffic(keepMs);
  const { state } = traffic.desk;
  let taken = false;
  while (state.sequence < length) {
    await journal.append(passBags(traffic, 5), []);
    if (taken || state.sequence < snapshotAt) continue;
    taken = true;
    await snapshots.save(keptOf(state), journal.head().sha256);
  }
  const owned = opened.move();
  return { journal, snapshots, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
