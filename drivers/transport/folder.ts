import { createReadStream } from 'node:fs';
import { lstat, mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FolderLink } from '../../src/domain/link.ts';
import { LanewatchError, messageOf } from '../../src/errors.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { BusMessage } from '../../src/ports/message-bus.ts';

/** A file is complete when its size and time have not changed for this long (sheet n42). */
const stableMs = 1_000;
const lookEveryMs = 250;
/** Of a larger file only so much is read: more than any driver takes, so that it is refused for its size. */
const mostBytes = 64 * 1024 * 1024;

interface Seen {
  readonly mark: string;
  readonly sinceMs: number;
}

/**
 * Takes the files of a folder one by one, the oldest name first, each when it is complete; acknowledging moves it to `done/`, or to
 * `refused/` with the reason in a file beside it. An unacknowledged file stays and is taken again after a restart. Files
 * are looked for by polling: it works on network shares too, where no notice comes.
 *
 * Errors: `link-refused` when the folder cannot be read, `link-lost` when it is gone later or holds a file that cannot be read.
 */
export async function* readFolder(
  link: FolderLink,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<BusMessage, void> {
  const taken = new Set<string>();
  let growing = new Map<string, Seen>();
  while (!signal.aborted) {
    const names = (await listed(link.path)).filter((name) => fitsPattern(name, link.pattern) && !taken.has(name));
    const seen = new Map<string, Seen>();
    const unreadable: string[] = [];
    for (const name of names.toSorted()) {
      const file = join(link.path, name);
      // Not where a symbolic link leads: what is outside the folder is nobody's document.
      const info = await lstat(file).catch(() => null);
      if (signal.aborted) return;
      if (info === null || !info.isFile()) continue;
      const mark = `${info.size}/${info.mtimeMs}/${info.ino}`;
      const before = growing.get(name);
      const sinceMs = before?.mark === mark ? before.sinceMs : clock.now();
      if (clock.now() - sinceMs < stableMs) seen.set(name, { mark, sinceMs });
      else {
        const payload = await contentsOf(file);
        if (payload.ok) {
          taken.add(name);
          yield messageOfFile(link, name, payload.bytes, clock, () => taken.delete(name));
        } else unreadable.push(`${name}: ${payload.reason}`);
      }
    }
    // One that cannot be read must not hold up the others: it ends the attempt after them, and so shows.
    if (unreadable.length > 0) throw new LanewatchError('link-lost', `folder ${link.path}: ${unreadable.join(', ')}`);
    growing = seen;
    await clock.sleep(lookEveryMs, signal).catch(() => undefined);
  }
}

/** Makes sure of the folder and of where files go. Throws `link-refused` naming it. */
export async function openFolder(path: string): Promise<void> {
  try {
    await readdir(path);
    for (const name of ['done', 'refused']) await mkdir(join(path, name), { recursive: true });
  } catch (cause) {
    throw new LanewatchError('link-refused', `folder ${path}: ${messageOf(cause)}`, { cause });
  }
}

async function listed(path: string): Promise<readonly string[]> {
  try {
    return await readdir(path);
  } catch (cause) {
    throw new LanewatchError('link-lost', `folder ${path}: ${messageOf(cause)}`, { cause });
  }
}

type Contents = { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly reason: string };

async function contentsOf(file: string): Promise<Contents> {
  try {
    return { ok: true, bytes: Buffer.concat(await createReadStream(file, { end: mostBytes - 1 }).toArray()) };
  } catch (error) {
    return { ok: false, reason: messageOf(error) };
  }
}

function messageOfFile(
  link: FolderLink,
  name: string,
  payload: Uint8Array,
  clock: Clock,
  settled: () => void,
): BusMessage {
  const file = join(link.path, name);
  const move = async (good: boolean, reason: string) => {
    const to = await freeName(join(link.path, good ? 'done' : 'refused'), name);
    if (!good) await writeFile(`${to}.reason.txt`, `${reason}\n`);
    await rename(file, to);
    settled();
  };
  return {
    topic: name,
    payload,
    receivedAtMs: clock.now(),
    held: true,
    retained: false,
    // Where the move fails the file stays unread until the next attempt, and the device id of its content is known by then.
    acknowledge: (good, reason = '') => void move(good, reason).catch(() => undefined),
  };
}

/** A name of before is not overwritten: `a.xml`, then `a.xml.1` … */
async function freeName(folder: string, name: string): Promise<string> {
  for (let number = 0; ; number += 1) {
    const candidate = join(folder, number === 0 ? name : `${name}.${number}`);
    if ((await lstat(candidate).catch(() => null)) === null) return candidate;
  }
}

/**
 * Does a name fit? `*` any characters, `?` one, letters in either case; hidden files, as copying programs make, never do. Steps
 * back to the last `*` only, so that no pattern takes long. Pure.
 */
export function fitsPattern(name: string, pattern: string): boolean {
  const [text, wanted] = [name.toLowerCase(), pattern.toLowerCase()];
  if (text.startsWith('.')) return false;
  let [at, star, taken] = [0, -1, 0];
  for (let from = 0; from < text.length; ) {
    if (wanted[at] === '*') {
      [star, taken] = [at, from];
      at += 1;
    } else if (at < wanted.length && (wanted[at] === '?' || wanted[at] === text[from])) {
      at += 1;
      from += 1;
    } else if (star >= 0) {
      taken += 1;
      [at, from] = [star + 1, taken];
    } else return false;
  }
  return /^\**$/.test(wanted.slice(at));
}
