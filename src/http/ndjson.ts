import { LanewatchError } from '../errors.ts';

/**
 * The lines of a stream as text, without their line ends, as many together as came in one piece; null for a line over its
 * limit, whose bytes are not kept. Throws `too-large` when the whole is over its limit.
 */
export async function* linesOf(
  stream: AsyncIterable<Uint8Array>,
  limits: { readonly lineLimitBytes: number; readonly totalLimitBytes: number },
): AsyncGenerator<readonly (string | null)[]> {
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
    const lines: (string | null)[] = [];
    let from = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      keep(chunk.subarray(from, end));
      lines.push(line());
      from = end + 1;
    }
    if (from < chunk.length) keep(chunk.subarray(from));
    if (lines.length > 0) yield lines;
  }
  if (keptBytes > 0) yield [line()];
}

/**
 * The same lines, up to `most` together, of as many pieces as are there already; what has come is not kept waiting for
 * what is still to come.
 */
export async function* gathered<T>(pieces: AsyncIterator<readonly T[]>, most: number): AsyncGenerator<readonly T[]> {
  const ask = () => {
    const next = pieces.next();
    // It may fail while the lines before it are dealt with; whoever awaits it then hears of it.
    next.catch(() => undefined);
    return next;
  };
  let held: readonly T[] = [];
  for (let next = ask(); ; ) {
    // No more is asked for while enough is here: a sender is not read faster than its lines are dealt with.
    if (held.length >= most) {
      yield held.slice(0, most);
      held = held.slice(most);
      continue;
    }
    const come = held.length === 0 ? await next : await Promise.race([next, twoTurns()]);
    if (come?.done === true) break;
    if (come === null) {
      yield held;
      held = [];
    } else {
      held = held.length === 0 ? come.value : [...held, ...come.value];
      next = ask();
    }
  }
  if (held.length > 0) yield held;
}

/** The event loop has looked at its sockets once in between. */
async function twoTurns(): Promise<null> {
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
  return null;
}
