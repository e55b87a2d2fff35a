import type { Frame } from '../../src/ports/driver.ts';
import type { Handled } from './messages.ts';

const stx = 0x02;
const etx = 0x03;
/** Bytes of a faulty envelope that are kept to show. */
const keptBytes = 4_096;

/** A document between STX and ETX; `fault` when it is not whole. */
export interface Envelope {
  readonly frame: Frame;
  readonly fault: Extract<Handled, { ok: false }> | null;
}

/**
 * Cuts a stream into documents framed by STX (0x02) and ETX (0x03), or other marks, in bounded memory. What is not whole is handed on with
 * its fault: bytes outside (white space is let go), an STX before the ETX, more than `maxBytes`. The next document is
 * read normally.
 */
export async function* readEnvelopes(
  chunks: AsyncIterable<Uint8Array>,
  {
    maxBytes,
    now,
    marks = { start: stx, end: etx },
  }: {
    readonly maxBytes: number;
    readonly now: () => number;
    readonly marks?: { readonly start: number; readonly end: number };
  },
): AsyncGenerator<Envelope> {
  let parts: Uint8Array[] = [];
  let size = 0;
  let inside = false;
  let receivedAtMs = 0;
  const take = (part: Uint8Array) => {
    size += part.length;
    if (part.length > 0 && size <= maxBytes) parts.push(Buffer.from(part));
  };
  const end = (code: string | null, reason = ''): Envelope | null => {
    const overlong = inside && size > maxBytes;
    const bytes = Buffer.concat(parts);
    const empty = !inside && bytes.every((byte) => byte <= 0x20);
    [parts, size] = [[], 0];
    if (empty) return null;
    if (overlong) return faulty(bytes, 'too-large', `more than ${maxBytes} bytes without an ETX`);
    return code === null ? { frame: { bytes, receivedAtMs }, fault: null } : faulty(bytes, code, reason);
  };
  const faulty = (bytes: Uint8Array, code: string, reason: string): Envelope => ({
    frame: { bytes: bytes.subarray(0, keptBytes), receivedAtMs },
    fault: { ok: false, code, reason },
  });

  try {
    for await (const chunk of chunks) {
      receivedAtMs = now();
      let rest = chunk;
      while (rest.length > 0) {
        const at = firstOf(rest, marks);
        take(at < 0 ? rest : rest.subarray(0, at));
        if (at < 0) break;
        const opens = rest[at] === marks.start;
        const envelope = inside
          ? end(opens ? 'cut-document' : null, 'another document began before the ETX')
          : end('outside-envelope', 'bytes between an ETX and the next STX');
        inside = opens;
        rest = rest.subarray(at + 1);
        if (envelope !== null) yield envelope;
      }
      // Garbage without a frame is shown as it comes, not gathered.
      const stray = inside ? null : end('outside-envelope', 'bytes between an ETX and the next STX');
      if (stray !== null) yield stray;
    }
  } catch (error) {
    // A lost link cuts a document short: it is told before the loss is.
    const lost = end('cut-document', 'the link was lost before the ETX');
    if (lost !== null) yield lost;
    throw error;
  }
  const cut = end('cut-document', 'the link ended before the ETX');
  if (cut !== null) yield cut;
}

/** Where the first of the marks is, or -1. Searched for natively: a document is megabytes, on the thread of all lanes. */
function firstOf(bytes: Uint8Array, marks: { readonly start: number; readonly end: number }): number {
  const end = bytes.indexOf(marks.end);
  const start = (end < 0 ? bytes : bytes.subarray(0, end)).indexOf(marks.start);
  return start < 0 ? end : start;
}
