import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readLines } from './lines.ts';

async function* chunked(chunks: readonly Uint8Array[]) {
  yield* chunks;
}

async function linesOf(chunks: readonly Uint8Array[], maxBytes: number) {
  const lines: { text: string; overlong: boolean }[] = [];
  for await (const { frame, overlong } of readLines(chunked(chunks), { maxBytes, now: () => 0 })) {
    lines.push({ text: Buffer.from(frame.bytes).toString('latin1'), overlong });
  }
  return lines;
}

test.each([
  [
    'LF and CR LF',
    'GB,1\nGB,2\r\n',
    [
      ['GB,1', false],
      ['GB,2', false],
    ],
  ],
  [
    'an empty line',
    '\r\n\n',
    [
      ['', false],
      ['', false],
    ],
  ],
  ['a line that just fits', '12345678\r\n', [['12345678', false]]],
  [
    'one that does not',
    '123456789\r\nGB\n',
    [
      ['12345678', true],
      ['GB', false],
    ],
  ],
  [
    'a flood without an end, then a good line',
    `${'x'.repeat(1000)}\nGB\n`,
    [
      ['xxxxxxxx', true],
      ['GB', false],
    ],
  ],
  ['a rest without an end', 'GB\nNB', [['GB', false]]],
  ['a lone carriage return inside', 'a\rb\n', [['a\rb', false]]],
])('%s', async (_name, text, expected) => {
  const whole = await linesOf([Buffer.from(text)], 8);
  expect(whole.map((line) => [line.text, line.overlong])).toEqual(expected);
});

test('however the bytes are cut, the lines are the same', async () => {
  const bytes = fc.uint8Array({ maxLength: 200 }).map((raw) => raw.map((byte) => [10, 13, 65, 66][byte % 4] ?? 0));
  await fc.assert(
    fc.asyncProperty(bytes, fc.array(fc.integer({ min: 1, max: 30 })), async (raw, sizes) => {
      const chunks: Uint8Array[] = [];
      let at = 0;
      for (const size of sizes) {
        chunks.push(raw.subarray(at, at + size));
        at += size;
      }
      chunks.push(raw.subarray(at));
      expect(await linesOf(chunks, 5)).toEqual(await linesOf([raw], 5));
    }),
  );
});
