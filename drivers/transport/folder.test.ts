import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { BusMessage } from '../../src/ports/message-bus.ts';
import { systemClock } from '../../src/runtime/system-clock.ts';
import { until } from '../../tests/support/until.ts';
import { fitsPattern, openFolder, readFolder } from './folder.ts';

describe('a name fits its pattern', () => {
  test.each([
    ['a.xml', '*', true],
    ['a.xml', '*.xml', true],
    ['A.XML', '*.xml', true],
    ['a.xml', '*.n42', false],
    ['a.xml.part', '*.xml', false],
    ['scan-07.json', 'scan-??.json', true],
    ['scan-007.json', 'scan-??.json', false],
    ['a.b', 'a.b**', true],
    ['axb', 'a.b', false],
    ['.a.xml', '*', false],
    ['', '', true],
  ])('%s %s: %s', (name, pattern, fits) => expect(fitsPattern(name, pattern)).toBe(fits));

  it('as the same pattern does as a regular expression', () => {
    const text = fc.string({ unit: fc.constantFrom(...'ab.'), maxLength: 12 }).filter((name) => !name.startsWith('.'));
    const pattern = fc.string({ unit: fc.constantFrom(...'ab.*?'), maxLength: 8 });
    fc.assert(
      fc.property(text, pattern, (name, wanted) => {
        const body = wanted.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.');
        expect(fitsPattern(name, wanted)).toBe(new RegExp(`^${body}$`).test(name));
      }),
    );
  });

  it('in no time, whatever the pattern', () => {
    const began = performance.now();
    expect(fitsPattern('a'.repeat(255), `${'*a'.repeat(60)}b`)).toBe(false);
    expect(performance.now() - began).toBeLessThan(200);
  });
});

it('takes files only: no link to what is outside, no folder', async () => {
  const place = mkdtempSync(join(tmpdir(), 'lanewatch-folder-'));
  const stopper = new AbortController();
  const link = { type: 'folder', path: join(place, 'in'), pattern: '*' } as const;
  mkdirSync(link.path);
  writeFileSync(join(place, 'secret'), 'root:x');
  symlinkSync(join(place, 'secret'), join(link.path, 'a.xml'));
  mkdirSync(join(link.path, 'b.xml'));
  writeFileSync(join(link.path, 'c.xml'), 'good');
  try {
    await openFolder(link.path);
    const seen: BusMessage[] = [];
    const reading = (async () => {
      for await (const message of readFolder(link, systemClock, stopper.signal)) seen.push(message);
    })();
    await until('the file', () => seen.length > 0);
    stopper.abort();
    await reading;
    expect(seen.map(({ topic, payload }) => [topic, Buffer.from(payload).toString()])).toEqual([['c.xml', 'good']]);
  } finally {
    rmSync(place, { recursive: true });
  }
});
