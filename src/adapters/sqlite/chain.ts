import { createHash } from 'node:crypto';
import { fromCloudEvent } from '../../domain/cloud-event.ts';
import type { Sqlite } from './database.ts';
import { fitsDigests } from './sealing.ts';

/** The hash before the first event. */
export const genesis = Buffer.alloc(32);

/** SHA-256 over the hash of the row before and the event's text. */
export function linkHash(previous: Uint8Array, json: string): Buffer {
  return createHash('sha256').update(previous).update(json).digest();
}

/** The newest event and its hash; sequence 0 before the first one. */
export function headOf(db: Sqlite): { readonly sequence: number; readonly hash: Buffer } {
  const newest = db.prepare<[], { sequence: number; hash: Buffer }>(
    'SELECT sequence, hash FROM events ORDER BY sequence DESC LIMIT 1',
  );
  return newest.get() ?? { sequence: 0, hash: genesis };
}

export type ChainReport =
  | { readonly ok: true; readonly events: number; readonly sha256: string }
  | { readonly ok: false; readonly sequence: number; readonly problem: string };

interface Row {
  readonly sequence: number;
  readonly type: string;
  readonly json: string;
  readonly personal: string | null;
  readonly previous: Buffer;
  readonly hash: Buffer;
}

/** Walks the whole chain, oldest first, and stops at the first break. */
export function verifyChain(db: Sqlite): ChainReport {
  let previous: Buffer = genesis;
  let expected = 1;
  for (const row of db.prepare<[], Row>('SELECT * FROM events ORDER BY sequence').iterate()) {
    const problem = problemOf(row, expected, previous);
    if (problem !== null) return { ok: false, sequence: row.sequence, problem };
    previous = row.hash;
    expected += 1;
  }
  return { ok: true, events: expected - 1, sha256: previous.toString('hex') };
}

function problemOf(row: Row, expected: number, previous: Buffer): string | null {
  if (row.sequence !== expected) return `sequence ${expected} is missing`;
  if (!row.previous.equals(previous)) return 'does not carry the hash of the event before it';
  if (!linkHash(row.previous, row.json).equals(row.hash)) return 'its content does not fit its hash';
  if (!fitsDigests(row)) return 'its personal data does not fit its digest';
  const event = fromCloudEvent(row.json);
  if (event.sequence !== row.sequence || event.type !== row.type) return 'its columns do not fit its content';
  return null;
}
