import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readEnvelopes } from './envelopes.ts';

async function* chunked(text: string, sizes: readonly number[]) {
  const bytes = Buffer.from(text, 'latin1');
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

async function cut(text: string, sizes: readonly number[] = [1_000], maxBytes = 20): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { frame, fault } of readEnvelopes(chunked(text, sizes), { maxBytes, now: () => 0 })) {
    found.push(`${fault?.code ?? 'good'}:${Buffer.from(frame.bytes).toString('latin1')}`);
  }
  return found;
}

test.each([
  ['one', '\x02abc\x03', ['good:abc']],
  ['two, with white space between', '\x02abc\x03\r\n \x02def\x03\r\n', ['good:abc', 'good:def']],
  ['bytes outside', 'xy\x02abc\x03', ['outside-envelope:xy', 'good:abc']],
  ['a second STX', '\x02ab\x02cd\x03', ['cut-document:ab', 'good:cd']],
  ['a lone ETX', '\x03\x02a\x03', ['good:a']],
  ['the link ends in it', '\x02ab', ['cut-document:ab']],
  ['too large, then a good one', `\x02${'x'.repeat(21)}\x03\x02a\x03`, ['too-large:', 'good:a']],
  ['an empty one', '\x02\x03', ['good:']],
  ['nothing', '', []],
])('%s', async (_, text, expected) => {
  expect(await cut(text)).toEqual(expected);
});

test('however it is cut into chunks, the documents are the same', async () => {
  const documents = fc.array(fc.stringMatching(/^[a-z<>/]{0,15}$/), { maxLength: 6 });
  const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(documents, sizes, async (texts, chunkSizes) => {
      const wire = texts.map((text) => `\x02${text}\x03`).join('\n');
      expect(await cut(wire, chunkSizes)).toEqual(texts.map((text) => `good:${text}`));
    }),
  );
});

test('an endless document is let go as it comes', async () => {
  // One chunk again and again: what memory grows by is what the reader keeps of it.
  const chunk = Buffer.alloc(64 * 1024, 0x41);
  async function* endless() {
    yield Buffer.from('\x02');
    for (let turn = 0; turn < 2_000; turn += 1) yield chunk;
    yield Buffer.from('\x03\x02ok\x03');
  }
  const before = process.memoryUsage().arrayBuffers;
  const found: string[] = [];
  for await (const { fault, frame } of readEnvelopes(endless(), { maxBytes: 1024 * 1024, now: () => 0 })) {
    found.push(fault?.code ?? Buffer.from(frame.bytes).toString());
  }
  expect(found).toEqual(['too-large', 'ok']);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 1024 * 1024);
});

test('a document that a lost link cuts short is told, and then the loss', async () => {
  async function* lost() {
    yield Buffer.from('\x02ab');
    throw new Error('lost');
  }
  const found: string[] = [];
  const reading = (async () => {
    for await (const { fault, frame } of readEnvelopes(lost(), { maxBytes: 20, now: () => 0 })) {
      found.push(`${fault?.code}:${Buffer.from(frame.bytes).toString()}`);
    }
  })();
  await expect(reading).rejects.toThrow('lost');
  expect(found).toEqual(['cut-document:ab']);
});
