import type { Decoded } from './decode.ts';

/** A gamma sample covers so much, in milliseconds. */
const sampleMs = 200;

/**
 * When the lines of one burst were measured: the newest when they arrived, each gamma sample before it 200 ms earlier. What stands
 * between samples shares the time of the next. No time lies before `notBeforeMs`, the last one known. Pure.
 */
export function timesOf(decoded: readonly Decoded[], receivedAtMs: number, notBeforeMs: number): readonly number[] {
  let atMs = receivedAtMs;
  let newest = true;
  const times = decoded.toReversed().map((line) => {
    if (!isGammaSample(line)) return atMs;
    // The newest sample is anchored, the others count back from it.
    if (!newest) atMs -= sampleMs;
    newest = false;
    return atMs;
  });
  return times.reverse().map((time) => Math.max(time, notBeforeMs));
}

function isGammaSample(line: Decoded): boolean {
  return line.ok && line.record.type === 'sample' && line.record.channel === 'gamma';
}
