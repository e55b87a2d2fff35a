import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { messageOf } from '../errors.ts';
import type { Log } from '../ports/log.ts';
import type { Snapshots } from '../ports/snapshots.ts';
import { programDigest } from './program-digest.ts';

interface Header {
  /** Of the program that took it: to another one the same bytes may mean something else. */
  readonly program: string;
  readonly sequence: number;
  /** Hash of the journal's event it was taken after. */
  readonly hash: string;
  readonly takenAtMs: number;
  /** SHA-256 of what follows the header's line. */
  readonly sha256: string;
}

/**
 * The snapshot in one file: a line of JSON, then the state as V8 serialises it. Replaced whole, so never half a one. One taken before
 * `since` (milliseconds) is not taken up: what it holds may have been deleted from the journal by now.
 */
export function openSnapshotFile(dataDir: string, log: Log, { program = programDigest(), since = 0 } = {}): Snapshots {
  const file = join(dataDir, 'desk.snapshot');
  let newest = 0;
  return {
    newest: () => newest,
    load: (hashOf) => {
      try {
        const bytes = readFileSync(file);
        const end = bytes.indexOf(10);
        const header: Header = JSON.parse(bytes.toString('utf8', 0, end));
        const body = bytes.subarray(end + 1);
        const known = header.program === program && header.takenAtMs >= since;
        const whole = header.sha256 === sha256(body) && hashOf(header.sequence) === header.hash;
        if (known && whole) {
          const state = deserialize(body);
          newest = header.sequence;
          return state;
        }
        log.warn({ file }, 'the snapshot is of another journal or program: the journal is read from its beginning');
      } catch (error) {
        if (!isMissing(error)) log.warn({ file, reason: messageOf(error) }, 'the snapshot cannot be read');
      }
      return null;
    },
    save: async (state, hash) => {
      const takenAtMs = Date.now();
      const body = serialize(state);
      const { sequence } = state;
      try {
        const header: Header = { program, sequence, takenAtMs, hash: await hash, sha256: sha256(body) };
        const handle = await open(`${file}.new`, 'w');
        try {
          await handle.writeFile(`${JSON.stringify(header)}\n`);
          await handle.writeFile(body);
          await handle.sync();
        } finally {
          await handle.close();
        }
        await rename(`${file}.new`, file);
        newest = sequence;
      } catch (error) {
        log.warn({ file, reason: messageOf(error) }, 'the snapshot cannot be written');
      }
    },
  };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
