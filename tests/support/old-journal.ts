import { join } from 'node:path';
import Database from 'better-sqlite3';
import { genesis, linkHash } from '../../src/adapters/sqlite/chain.ts';
import { migrations } from '../../src/adapters/sqlite/migrations.ts';
import { toCloudEvent } from '../../src/domain/cloud-event.ts';
import type { DomainEvent } from '../../src/domain/event.ts';

/** Writes a journal as it was before the step of the schema that names `mark`: events and their chain, nothing else. */
export function writeOldJournal(dataDir: string, mark: string, events: readonly DomainEvent[]): void {
  const before = migrations.findIndex((step) => step.includes(mark));
  const old = new Database(join(dataDir, 'journal.sqlite'));
  for (const step of migrations.slice(0, before)) old.exec(step);
  old.pragma(`user_version = ${before}`);
  const insert = old.prepare('INSERT INTO events (sequence, type, json, previous, hash) VALUES (?, ?, ?, ?, ?)');
  let previous: Buffer = genesis;
  for (const event of events) {
    const json = JSON.stringify(toCloudEvent(event, 'post'));
    const hash = linkHash(previous, json);
    insert.run(event.sequence, event.type, json, previous, hash);
    previous = hash;
  }
  old.close();
}
