import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSnapshotFile } from '../../src/adapters/snapshot-file.ts';
import { openDatabase } from '../../src/adapters/sqlite/database.ts';
import { openJournal } from '../../src/adapters/sqlite/journal.ts';
import { keptOf } from '../../src/domain/desk/kept-state.ts';
import type { DeskState } from '../../src/domain/desk/state.ts';
import type { DomainEvent } from '../../src/domain/event.ts';
import type { Snapshots } from '../../src/ports/snapshots.ts';
import { startingState } from '../../src/runtime/desk-state.ts';
import { systemClock } from '../../src/runtime/system-clock.ts';
import { silentLog } from './driver-bench.ts';

export const noSnapshots: Pick<Snapshots, 'load'> = { load: () => null };

/**
 * The state in which a desk starts after these events, from a journal and a snapshot on disk that was taken after the
 * first `snapshotAfter` of them.
 */
export async function restartedState(
  events: readonly DomainEvent[],
  snapshotAfter: number,
  keepMs: number,
): Promise<DeskState> {
  const folder = mkdtempSync(join(tmpdir(), 'lanewatch-restart-'));
  const db = openDatabase(folder);
  try {
    const journal = openJournal(db, 'post', systemClock);
    await journal.append(events.slice(0, snapshotAfter), []);
    const snapshots = openSnapshotFile(folder, silentLog);
    await snapshots.save(keptOf(startingState(journal, noSnapshots, keepMs)), journal.head().sha256);
    await journal.append(events.slice(snapshotAfter), []);
    return startingState(journal, snapshots, keepMs);
  } finally {
    db.close();
    rmSync(folder, { recursive: true });
  }
}
