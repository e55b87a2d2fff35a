import type { Frame } from '../../src/ports/driver.ts';
import { readEnvelopes } from '../transport/envelopes.ts';
import { readLines } from '../transport/lines.ts';
import type { TraceProfile } from './profile.ts';

/** One record as it came; `fault` when it is not whole. */
export interface Framed {
  readonly frame: Frame;
  readonly fault: { readonly code: string; readonly reason: string } | null;
}

/** Cuts a unit's stream into records, by the profile, in bounded memory. Empty ones are left out. */
export async function* readRecords(
  chunks: AsyncIterable<Uint8Array>,
  { framing, maxBytes }: TraceProfile,
  now: () => number,
): AsyncGenerator<Framed> {
  if (framing.by === 'marks') {
    const marks = { start: framing.start.charCodeAt(0), end: framing.end.charCodeAt(0) };
    for await (const { frame, fault } of readEnvelopes(chunks, { maxBytes, now, marks })) yield { frame, fault };
  } else if (framing.by === 'line') {
    for await (const { frame, overlong } of readLines(chunks, { maxBytes, now })) {
      if (frame.bytes.length > 0) yield { frame, fault: overlong ? tooLong('line-too-long', maxBytes) : null };
    }
  } else {
    yield* readBlocks(chunks, maxBytes, now);
  }
}

/** A block is kept to its empty line; what goes over the limit is refused once, and let go up to its end. */
async function* readBlocks(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
  now: () => number,
): AsyncGenerator<Framed> {
  let lines: Uint8Array[] = [];
  let size = 0;
  let receivedAtMs = 0;
  const take = (): Frame => {
    const bytes = Buffer.concat(lines.flatMap((line, at) => (at === 0 ? [line] : [Buffer.from('\n'), line])));
    [lines, size] = [[], 0];
    return { bytes, receivedAtMs };
  };
  let skipping = false;
  const cut = { code: 'cut-record', reason: 'the link ended before the empty line' };
  try {
    for await (const { frame, overlong } of readLines(chunks, { maxBytes, now })) {
      ({ receivedAtMs } = frame);
      if (frame.bytes.length === 0) {
        if (lines.length > 0) yield { frame: take(), fault: null };
        skipping = false;
      } else if (!skipping) {
        lines.push(frame.bytes);
        size += frame.bytes.length + 1;
        skipping = overlong || size > maxBytes;
        if (skipping) yield { frame: take(), fault: tooLong('record-too-long', maxBytes) };
      }
    }
  } catch (error) {
    // A lost link cuts a record short: it is told before the loss is.
    if (lines.length > 0) yield { frame: take(), fault: cut };
    throw error;
  }
  if (lines.length > 0) yield { frame: take(), fault: cut };
}

function tooLong(code: string, maxBytes: number): Framed['fault'] {
  return { code, reason: `no end within ${maxBytes} bytes` };
}
