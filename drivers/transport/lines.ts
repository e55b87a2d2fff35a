import type { Frame } from '../../src/ports/driver.ts';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** A line without its end, exactly as it came. `overlong`: its first `maxBytes` bytes; the rest was let go. */
export interface Line {
  readonly frame: Frame;
  readonly overlong: boolean;
}

/**
 * Cuts a stream of bytes into lines ended by LF or CR LF, or by CR too (then CR LF gives an empty line besides), in bounded memory: a line over `maxBytes` is handed on as
 * soon as that is known, what follows of it is let go up to its end, and the next line is read normally. The lines that a chunk
 * completes come together.
 */
export async function* readLineBatches(
  chunks: AsyncIterable<Uint8Array>,
  {
    maxBytes,
    now,
    ends = 'lf',
  }: { readonly maxBytes: number; readonly now: () => number; readonly ends?: 'lf' | 'cr-or-lf' },
): AsyncGenerator<readonly Line[]> {
  let kept = Buffer.alloc(0);
  let skipping = false;
  for await (const chunk of chunks) {
    const receivedAtMs = now();
    const lines: Line[] = [];
    let rest = chunk;
    while (rest.length > 0) {
      const end = rest.findIndex((byte) => byte === lineFeed || (ends === 'cr-or-lf' && byte === carriageReturn));
      const part = end < 0 ? rest : rest.subarray(0, end);
      rest = end < 0 ? rest.subarray(rest.length) : rest.subarray(end + 1);
      if (!skipping) {
        // One byte more may be the carriage return of a line that just fits.
        const joined = Buffer.concat([kept, part.subarray(0, maxBytes + 2 - kept.length)]);
        const text = end >= 0 && joined.at(-1) === carriageReturn ? joined.subarray(0, -1) : joined;
        const overlong = text.length > maxBytes + (end < 0 ? 1 : 0);
        if (overlong || end >= 0) lines.push({ frame: { bytes: text.subarray(0, maxBytes), receivedAtMs }, overlong });
        kept = overlong || end >= 0 ? Buffer.alloc(0) : joined;
        skipping = overlong;
      }
      if (end >= 0) skipping = false;
    }
    if (lines.length > 0) yield lines;
  }
}

/** The same, line by line. */
export async function* readLines(...given: Parameters<typeof readLineBatches>): AsyncGenerator<Line> {
  for await (const lines of readLineBatches(...given)) yield* lines;
}
