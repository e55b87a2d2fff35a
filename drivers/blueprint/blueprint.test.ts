import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { blueprintSimulator } from '../../simulators/blueprint.ts';
import { runDriver } from '../../tests/support/driver-bench.ts';
import { until } from '../../tests/support/until.ts';
import { decode } from './decode.ts';
import { blueprint } from './definition.ts';
import { normalise } from './normalise.ts';

const { signal } = new AbortController();
const read = (line: string) => decode(Buffer.from(line, 'latin1'));
const atMs = Date.parse('2026-11-23T09:15:02Z');
const scan = { type: 'scan', number: 17, atMs, decision: 'alarm', subject: 'CSQU3054383' } as const;

describe('lines', () => {
  test.each([
    ['S,17,2026-11-23T09:15:02Z,ALARM,CSQU3054383', scan],
    ['S,18,2026-11-23T09:15:09.250Z,CLEAR,', { number: 18, atMs: atMs + 7_250, decision: 'clear', subject: null }],
    ['C,1', { type: 'cover', open: true }],
  ])('%s', (line, record) => {
    expect(read(line)).toMatchObject({ ok: true, record });
  });

  test.each([
    ['', 'unknown-record'],
    ['X,1', 'unknown-record'],
    ['S,17,2026-11-23T09:15:02Z,ALARM', 'wrong-field-count'],
    ['S,-1,2026-11-23T09:15:02Z,ALARM,', 'not-a-number'],
    ['S,17,2026-02-30T09:15:02Z,ALARM,', 'time'],
    ['S,17,2026-11-23 09:15:02,ALARM,', 'time'],
    ['S,17,2026-11-23T09:15:02Z,MAYBE,', 'unknown-result'],
    ['C,1,0', 'wrong-field-count'],
    ['C,open', 'not-a-number'],
    ['C,\u00ff', 'not-ascii'],
  ])('refuses %j: %s', (line, code) => {
    expect(read(line)).toMatchObject({ ok: false, code });
  });

  it('no bytes make it throw; what is refused has a reason', () => {
    // Chance alone seldom begins with a tag: most lines are a good one with some of its bytes changed.
    const good = Buffer.from('S,17,2026-11-23T09:15:02Z,ALARM,CSQU3054383');
    const change = fc.tuple(fc.nat(good.length - 1), fc.nat(255));
    const near = fc.array(change, { maxLength: 4 }).map((changes) => {
      const line = Uint8Array.from(good);
      for (const [at, byte] of changes) line[at] = byte;
      return line;
    });
    fc.assert(
      fc.property(fc.oneof({ weight: 4, arbitrary: near }, fc.uint8Array({ maxLength: 200 })), (bytes) => {
        const decoded = decode(bytes);
        return decoded.ok || decoded.reason.length > 5;
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('meaning', () => {
  const given = { receivedAtMs: atMs + 500, hazard: 'weapon' } as const;

  test.each([
    ['the first number is nobody’s gap', null, []],
    ['the next', 16, []],
    ['two left out', 14, [2]],
    ['the same again', 17, []],
    ['a unit that began anew', 99, []],
  ])('%s', (_, before, missed) => {
    const { state, observations } = normalise({ number: before, atMs: 0 }, scan, given);
    expect(state).toEqual({ number: 17, atMs });
    expect(observations.flatMap((one) => (one.type === 'occupancy-missed' ? [one.missed] : []))).toEqual(missed);
    expect(observations.at(-1)).toMatchObject({
      ...{ type: 'scan', decision: 'alarm', hazard: 'weapon', scanId: '17/2026-11-23T09:15:02.000Z' },
      identifiers: [{ kind: 'container', value: 'CSQU3054383', valid: true }],
      observedAtMs: atMs,
    });
  });

  it('a scan that comes late is its own, and leaves the counter and its gaps as they were', () => {
    const newest = { number: 18, atMs: atMs + 1_000 };
    const { state, observations } = normalise(newest, scan, given);
    expect(state).toEqual(newest);
    expect(observations).toMatchObject([{ type: 'scan', scanId: '17/2026-11-23T09:15:02.000Z', observedAtMs: atMs }]);
  });

  it('a cover that opens is tampering, from when the line arrived', () => {
    const { observations } = normalise({ number: null, atMs: 0 }, { type: 'cover', open: true }, given);
    expect(observations).toMatchObject([{ code: 'tamper', active: true, observedAtMs: given.receivedAtMs }]);
  });
});

test('on a real socket: garbage is refused, the next scan works, a gap is counted over a lost link', async () => {
  const link = { type: 'tcp', host: '127.0.0.1', port: 0 } as const;
  await using unit = await blueprintSimulator.start({ deviceId: 'unit-1', link, random: () => 0.5 });
  const kept = new Map<string, number>();
  await using bench = runDriver(blueprint, unit.link, { hazard: 'explosive' }, { kept });
  await until('the greeting', () => bench.observations.some(({ type }) => type === 'condition'));
  await unit.play({ do: 'garble' }, signal);
  await unit.play({ do: 'scan' }, signal);
  await unit.play({ do: 'raw', text: `${'#'.repeat(1_000)}\r\n` }, signal);
  await unit.play({ do: 'scan', result: 'ALARM', subject: '0220123456' }, signal);
  expect(await until('the scan', () => bench.observations.find(({ type }) => type === 'scan'))).toMatchObject({
    hazard: 'explosive',
    identifiers: [{ kind: 'bag-tag', value: '0220123456' }],
  });
  expect(bench.refusals.map(({ code }) => code)).toEqual(['not-ascii', 'line-too-long']);
  await unit.play({ do: 'drop' }, signal);
  expect(await bench.ended).toMatchObject({ code: 'link-lost' });

  await unit.play({ do: 'skip', count: 3 }, signal);
  await using again = runDriver(blueprint, unit.link, {}, { kept });
  await until('the greeting', () => again.observations.some(({ type }) => type === 'condition'));
  await unit.play({ do: 'scan' }, signal);
  expect(await until('the gap', () => again.observations.find((one) => one.type === 'occupancy-missed'))).toMatchObject(
    { missed: 3 },
  );
});
