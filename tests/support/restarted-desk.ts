import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../src/adapters/sqlite/database.ts';
import { openJournal } from '../../src/adapters/sqlite/journal.ts';
import { apply } from '../../src/domain/desk/apply.ts';
import { type DeskState, emptyState } from '../../src/domain/desk/state.ts';
import type { DomainEvent } from '../../src/domain/event.ts';
import { systemClock } from '../../src/runtime/system-clock.ts';

/** The state in which a desk starts after these events, from a real journal on disk. */
export async function restartedState(events: readonly DomainEvent[], keepMs: number): Promise<DeskState> {
  const folder = mkdtempSync(join(tmpdir(), 'lanewatch-restart-'));
  const db = openDatabase(folder);
  try {
    const journal = openJournal(db, 'post', systemClock);
    await journal.append(events, []);
    const state = emptyState(keepMs);
    for (const event of journal.standing(keepMs)) apply(state, event);
    state.sequence = journal.head().sequence;
    return state;
  } finally {
    db.close();
    rmSync(folder, { recursive: true });
  }
}
