import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, mkdirSync, rmSync, statSync } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { TextDecoder } from 'node:util';
import { type AttachmentType, attachmentLimitBytes, fitsType, headBytes, isUtf8 } from '../../domain/attachment.ts';
import { LanewatchError, messageOf } from '../../errors.ts';
import type { Attachments } from '../../ports/attachments.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Sqlite } from './database.ts';

interface Row {
  readonly size: number;
  readonly type: AttachmentType;
  readonly by: string;
}

/**
 * Attachments as files `attachments/ab/abcdef…` in the data folder, and who sent them in the journal's database. A file
 * is written aside, synced, entered and moved into place, its folder synced too: what was answered survives a kill.
 */
export function openAttachments(db: Sqlite, dataDir: string, clock: Clock): Attachments {
  const folder = join(dataDir, 'attachments');
  const unfinished = join(folder, 'unfinished');
  // Whatever was being written when the service stopped was never answered.
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  const insert = db.prepare(
    'INSERT INTO attachments (sha256, uploaded_by, size, type, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const select = db.prepare<[string], Row>(
    'SELECT size, type, uploaded_by AS by FROM attachments WHERE sha256 = ? ORDER BY at, uploaded_by',
  );
  const unused = db.prepare<[number], { sha256: string }>(
    `SELECT sha256 FROM attachments WHERE sha256 NOT IN (SELECT sha256 FROM attachment_uses)
     GROUP BY sha256 HAVING max(at) < ?`,
  );
  const old = db.prepare<[number], { sha256: string }>(
    'SELECT sha256 FROM attachments GROUP BY sha256 HAVING max(at) < ?',
  );
  const forget = db.prepare('DELETE FROM attachments WHERE sha256 = ?');
  const pathOf = (sha256: string): string => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new LanewatchError('not-found', 'no such attachment');
    return join(folder, sha256.slice(0, 2), sha256);
  };

  return {
    keep: async (bytes, type, by) => {
      const aside = join(unfinished, randomUUID());
      try {
        const { sha256, size } = await write(aside, bytes, type);
        insert.run(sha256, by, size, type, clock.now());
        await moveInto(aside, pathOf(sha256));
        return { sha256, size, type };
      } catch (error) {
        if (error instanceof LanewatchError) throw error;
        throw new LanewatchError('journal-unavailable', messageOf(error), { cause: error });
      } finally {
        await rm(aside, { force: true });
      }
    },
    find: (sha256) => {
      const rows = select.all(sha256);
      const [first] = rows;
      if (first === undefined || statSync(pathOf(sha256), { throwIfNoEntry: false }) === undefined) return undefined;
      return { sha256, size: first.size, type: first.type, uploadedBy: rows.map((row) => row.by) };
    },
    read: (sha256) => createReadStream(pathOf(sha256)),
    sweep: async ({ unusedBeforeMs, beforeMs }) => {
      const gone = new Set([...unused.all(unusedBeforeMs), ...old.all(beforeMs)].map(({ sha256 }) => sha256));
      for (const sha256 of gone) {
        forget.run(sha256);
        await rm(pathOf(sha256), { force: true });
      }
      return gone.size;
    },
  };
}

/** Writes, checks and digests in one pass, and syncs; nothing longer than the limit is written out. */
async function write(file: string, bytes: AsyncIterable<Uint8Array>, type: AttachmentType) {
  const digest = createHash('sha256');
  const text = isUtf8(type) ? new TextDecoder('utf-8', { fatal: true }) : null;
  let head = new Uint8Array();
  let size = 0;
  let fits = true;
  await using handle: FileHandle = await open(file, 'wx', 0o600);
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > attachmentLimitBytes) {
      throw new LanewatchError('too-large', `an attachment has at most ${attachmentLimitBytes} bytes`);
    }
    if (head.length < headBytes) head = new Uint8Array([...head, ...chunk.subarray(0, headBytes - head.length)]);
    fits &&= text === null || decodes(text, chunk);
    digest.update(chunk);
    await handle.writeFile(chunk);
  }
  fits &&= size > 0 && fitsType(type, head) && (text === null || decodes(text));
  if (!fits) throw new LanewatchError('invalid-request', `the bytes are not ${type}`);
  await handle.sync();
  return { sha256: digest.digest('hex'), size };
}

/** Is it text so far? Without a chunk: has it ended in the middle of a character? */
function decodes(text: TextDecoder, chunk?: Uint8Array): boolean {
  try {
    return !text.decode(chunk, { stream: chunk !== undefined }).includes('\0');
  } catch {
    return false;
  }
}

async function moveInto(from: string, to: string): Promise<void> {
  const folder = dirname(to);
  await mkdir(folder, { recursive: true });
  await rename(from, to);
  for (const changed of [folder, dirname(folder)]) {
    await using handle = await open(changed, 'r');
    await handle.sync();
  }
}
