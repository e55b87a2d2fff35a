import fc from 'fast-check';
import { expect, test } from 'vitest';
import { until } from '../../tests/support/until.ts';
import { gathered, linesOf } from './ndjson.ts';

const limits = { lineLimitBytes: 20, totalLimitBytes: 10_000 };
async function* stream(pieces: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield Buffer.from(piece);
}

test('lines are the same however the bytes come, and no more come together than asked', async () => {
  const text = fc.array(fc.string({ unit: fc.constantFrom('a', 'é', '\n', '\r'), maxLength: 30 }), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(text, fc.integer({ min: 1, max: 5 }), async (pieces, most) => {
      const found: (string | null)[] = [];
      for await (const lines of gathered(linesOf(stream(pieces), limits), most)) {
        expect(lines.length).toBeLessThanOrEqual(most);
        expect(lines.length).toBeGreaterThan(0);
        found.push(...lines);
      }
      const whole = pieces.join('').split('\n');
      if (whole.at(-1) === '') whole.pop();
      expect(found).toEqual(whole.map((line) => (Buffer.byteLength(line) > 20 ? null : line.trim())));
    }),
  );
});

test('what has come does not wait for what is still to come', async () => {
  const rest = Promise.withResolvers<void>();
  async function* slow(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('one\ntwo\nthr');
    await rest.promise;
    yield Buffer.from('ee\n');
  }
  const seen: (string | null)[][] = [];
  const reading = (async () => {
    for await (const lines of gathered(linesOf(slow(), limits), 100)) seen.push([...lines]);
  })();
  await until('the first lines', () => seen.length === 1);
  expect(seen).toEqual([['one', 'two']]);
  rest.resolve();
  await reading;
  expect(seen).toEqual([['one', 'two'], ['three']]);
});

test('a sender that is faster than its lines are dealt with is not read ahead', async () => {
  let sent = 0;
  async function* fast(): AsyncGenerator<Uint8Array> {
    for (; sent < 50; sent += 1) yield Buffer.from('a\nb\nc\n');
  }
  let taken = 0;
  for await (const lines of gathered(linesOf(fast(), limits), 2)) {
    taken += lines.length;
    // What is taken, what is held, and one piece that is under way.
    expect(sent * 3 - taken).toBeLessThanOrEqual(6);
  }
  expect(taken).toBe(150);
});

test('a stream that breaks is heard of after the lines before it', async () => {
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('one\n');
    throw new Error('gone');
  }
  const seen: (string | null)[] = [];
  const reading = (async () => {
    for await (const lines of gathered(linesOf(broken(), limits), 1)) seen.push(...lines);
  })();
  await expect(reading).rejects.toThrow('gone');
  expect(seen).toEqual(['one']);
});
