import { LanewatchError } from '../errors.ts';

/**
 * The lines of a stream as text, one by one, without their line ends; null for a line over its limit, whose bytes are
 * not kept. Throws `too-large` when the whole is over its limit.
 */
export async function* linesOf(
  stream: AsyncIterable<Uint8Array>,
  limits: { readonly lineLimitBytes: number; readonly totalLimitBytes: number },
): AsyncGenerator<string | null> {
  let kept: Uint8Array[] = [];
  let keptBytes = 0;
  let totalBytes = 0;
  const keep = (bytes: Uint8Array): void => {
    keptBytes += bytes.length;
    if (keptBytes <= limits.lineLimitBytes) kept.push(bytes);
  };
  const line = (): string | null => {
    const text = keptBytes > limits.lineLimitBytes ? null : Buffer.concat(kept).toString('utf8').trim();
    kept = [];
    keptBytes = 0;
    return text;
  };
  for await (const chunk of stream) {
    totalBytes += chunk.length;
    if (totalBytes > limits.totalLimitBytes) {
      throw new LanewatchError('too-large', `at most ${limits.totalLimitBytes} bytes at once`);
    }
    let from = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      keep(chunk.subarray(from, end));
      yield line();
      from = end + 1;
    }
    if (from < chunk.length) keep(chunk.subarray(from));
  }
  if (keptBytes > 0) yield line();
}
