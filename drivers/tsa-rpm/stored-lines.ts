import { type LocalClock, localClock, localTimeMs } from '../../src/domain/local-time.ts';
import type { Frame } from '../../src/ports/driver.ts';

/** A line of a stored file with the time it was measured at, or what is wrong with it. */
export type StoredLine =
  | { readonly ok: true; readonly frame: Frame; readonly text: Uint8Array; readonly atMs: number }
  | { readonly ok: false; readonly frame: Frame; readonly code: string; readonly reason: string };

export interface StoredDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const header = /^"?message"?,"?timestamp"?$/i;
const stamp = /^(\d\d)-(\d\d)-(\d\d)\.(\d{3})$/;
const dayMs = 86_400_000;
/** A line of the portal (256 bytes) with its quotes and stamps. */
const mostBytes = 320;
/** The portal's own pace, for files without stamps: a background every 5 s, a gamma sample every 200 ms. */
const paceMs: Readonly<Record<string, number>> = { GB: 5_000, GH: 5_000, GL: 5_000, GS: 200, GA: 200 };

/** `<serial>_<YYYY-MM-DD>.csv` → the day; null for another name. */
export function dayOf(name: string): StoredDay | null {
  const found = /_(\d{4})-(\d\d)-(\d\d)\.csv$/i.exec(name);
  if (found === null) return null;
  const [year = 0, month = 0, day = 0] = found.slice(1).map(Number);
  const wall = { year, month, day, hour: 0, minute: 0, second: 0, millisecond: 0 };
  return localTimeMs(wall, 'UTC') === null ? null : { year, month, day };
}

/**
 * Is it the spectroscopic daily file, which reuses the tags with another layout? Its GB has a word in its second field (with or
 * without the tag counted), and none is four counts: a line that was cut or garbled does not make it one.
 */
export function isSpectroscopic(text: string): boolean {
  return /^"?GB,(?:[^,\n]*,)?[ \t]*[A-Za-z]/m.test(text) && !/^"?GB(?:,[ \t]*\d{1,6}){4}/m.test(text);
}

/**
 * The lines of a stored daily file in its four forms: no stamp, a local one at the end, a local and a UTC one, or quoted under a
 * header with ISO 8601. Without stamps times are counted from local midnight by the portal's own pace: their order is
 * right, their hour is not known. Pure.
 */
export function* storedLines(
  bytes: Uint8Array,
  day: StoredDay,
  timeZone: string,
  receivedAtMs: number,
): Generator<StoredLine> {
  const clock = localClock(timeZone);
  let elapsedMs = 0;
  const midnightMs = clock({ ...day, hour: 0, minute: 0, second: 0, millisecond: 0 }) ?? 0;
  for (const line of linesOf(bytes)) {
    const frame = { bytes: line.subarray(0, mostBytes), receivedAtMs };
    if (line.length > mostBytes) {
      yield { ok: false, frame, code: 'line-too-long', reason: `no line end within ${mostBytes} bytes` };
      continue;
    }
    const text = Buffer.from(line).toString('latin1');
    if (header.test(text.trim())) continue;
    const quoted = /^"([^"]*)",\s*"?([^",]+)"?$/.exec(text);
    if (quoted !== null) {
      const atMs = isoMs(quoted[2] ?? '');
      yield atMs === null
        ? { ok: false, frame, code: 'time', reason: `${quoted[2]} is no ISO 8601 time` }
        : { ok: true, frame, text: Buffer.from(quoted[1] ?? '', 'latin1'), atMs };
      continue;
    }
    const fields = text.split(',');
    const stamps = [fields.at(-1) ?? '', fields.at(-2) ?? ''].map((field) => stamp.exec(field.trim()));
    const [last, before] = stamps;
    if (last == null) {
      elapsedMs += paceMs[fields[0] ?? ''] ?? 0;
      yield { ok: true, frame, text: line, atMs: midnightMs + elapsedMs };
      continue;
    }
    const plain = Buffer.from(fields.slice(0, before == null ? -1 : -2).join(','), 'latin1');
    const localMs = wallMs(before ?? last, day, clock);
    if (localMs === null) yield { ok: false, frame, code: 'time', reason: `${fields.at(-1)} is no time of day` };
    else yield { ok: true, frame, text: plain, atMs: before == null ? localMs : utcMs(last, localMs) };
  }
}

function* linesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(0x0a, start);
    const end = found < 0 ? bytes.length : found;
    const line = bytes.subarray(start, bytes[end - 1] === 0x0d ? end - 1 : end);
    if (line.length > 0) yield line;
    start = end + 1;
  }
}

function wallMs(found: RegExpExecArray, day: StoredDay, clock: LocalClock): number | null {
  const [hour = 0, minute = 0, second = 0, millisecond = 0] = found.slice(1).map(Number);
  if (minute > 59 || second > 59) return null;
  return clock({ ...day, hour, minute, second, millisecond });
}

/** The UTC stamp has no date: the moment with that time of day which is nearest to the local one. It tells the hours of an autumn night apart. */
function utcMs(found: RegExpExecArray, localMs: number): number {
  const [hour = 0, minute = 0, second = 0, millisecond = 0] = found.slice(1).map(Number);
  const ofDay = ((hour * 60 + minute) * 60 + second) * 1000 + millisecond;
  const start = localMs - (localMs % dayMs) + ofDay;
  return [start - dayMs, start, start + dayMs].reduce((best, at) =>
    Math.abs(at - localMs) < Math.abs(best - localMs) ? at : best,
  );
}

function isoMs(text: string): number | null {
  const ms = /^[12]\d{3}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:?\d\d)$/.test(text.trim()) ? Date.parse(text.trim()) : Number.NaN;
  return Number.isNaN(ms) ? null : ms;
}
