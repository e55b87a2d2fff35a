import type { DriverContext, Frame } from '../../src/ports/driver.ts';
import { readLines } from '../transport/lines.ts';
import type { IdentityReaderOptions } from './options.ts';
import { identify, mrzLinesOf } from './scanned.ts';

const maxBytes = 512;
/** The lines of one MRZ follow each other as fast as the line carries them. */
const togetherMs = 500;

/** The lines of a keyboard-wedge scanner, one read each; the lines of an MRZ are put together. */
export async function readScannerLines(
  context: DriverContext<IdentityReaderOptions>,
  signal: AbortSignal,
): Promise<void> {
  await using bytes = await context.wire.bytes(signal);
  context.online();
  let reads = 0;
  const kept: Frame[] = [];
  let late: NodeJS.Timeout | undefined;
  /** Several lines are one read: its bytes are theirs. */
  const joined = (frames: readonly Frame[]): Frame => ({
    bytes: Buffer.concat(frames.flatMap(({ bytes: line }, at) => (at === 0 ? [line] : [Buffer.from('\n'), line]))),
    receivedAtMs: frames.at(-1)?.receivedAtMs ?? 0,
  });
  const giveUp = () => {
    clearTimeout(late);
    const frames = kept.splice(0);
    if (frames.length > 0)
      context.refuse(joined(frames), 'mrz-incomplete', `${frames.length} lines of an MRZ, and no more`);
  };
  const take = (frames: readonly Frame[]) => {
    const frame = joined(frames);
    const lines = frames.map(({ bytes: line }) => Buffer.from(line).toString('latin1'));
    const scanned = identify(lines, context.options, frame.receivedAtMs);
    if (!scanned.ok) return context.refuse(frame, scanned.code, scanned.reason);
    reads += 1;
    // A scanner has no ids of its own: when and as which it came is what a read is.
    const readId = `${frame.receivedAtMs}-${reads}`;
    const { identifiers } = scanned;
    context.report(frame, [
      { type: 'identity', readId, identifiers, imageUri: null, observedAtMs: frame.receivedAtMs },
    ]);
  };
  try {
    for await (const { frame, overlong } of readLines(bytes, { maxBytes, now: context.clock.now, ends: 'cr-or-lf' })) {
      if (frame.bytes.length === 0) continue;
      const parts = overlong ? null : mrzLinesOf(Buffer.from(frame.bytes).toString('latin1'));
      if (kept.length > 0 && kept[0]?.bytes.length !== frame.bytes.length) giveUp();
      if (overlong) context.refuse(frame, 'line-too-long', `no line end within ${maxBytes} bytes`);
      else if (parts === null) take([frame]);
      else if (kept.push(frame) === parts) {
        clearTimeout(late);
        take(kept.splice(0));
      } else {
        clearTimeout(late);
        late = setTimeout(giveUp, togetherMs);
      }
    }
  } finally {
    giveUp();
  }
}
