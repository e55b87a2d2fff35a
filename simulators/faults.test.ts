import { describe, expect, it, test } from 'vitest';
import { until } from '../tests/support/until.ts';
import { createFaults, Fault } from './faults.ts';
import { simulators } from './index.ts';

const { signal } = new AbortController();
const faults = [
  { do: 'drop' },
  { do: 'garble' },
  { do: 'cut' },
  { do: 'freeze', durationS: 1 },
  { do: 'repeat' },
  { do: 'late', byS: 1 },
  { do: 'out-of-order' },
  { do: 'restart-counter' },
];

test.each([...simulators])('%s knows every common fault, and nothing besides its own actions', (_, { actions }) => {
  expect(faults.filter((fault) => !actions.safeParse(fault).success)).toEqual([]);
  expect(actions.safeParse({ do: 'silence', durationS: 1 }).success).toBe(false);
  expect(faults).toHaveLength(Fault.options.length);
});

/** A wire that writes down what leaves. */
function paper() {
  const left: string[] = [];
  let drops = 0;
  const wire = createFaults({
    drop: () => {
      drops += 1;
    },
  });
  const put = (bytes: Uint8Array) => left.push(Buffer.from(bytes).toString('latin1'));
  return { left, wire, say: (text: string) => wire.pass(Buffer.from(text), put), drops: () => drops };
}

describe('a wire', () => {
  it('carries frames as they are, in their order', async () => {
    const { left, say } = paper();
    await Promise.all(['one', 'two', 'three'].map(say));
    expect(left).toEqual(['one', 'two', 'three']);
  });

  it('damages or cuts the next frame, and only that', async () => {
    const { left, say, wire } = paper();
    await wire.fault({ do: 'garble' }, signal);
    await say('abcdef');
    await wire.fault({ do: 'cut' }, signal);
    await say('abcdef');
    await say('abcdef');
    expect(left).toEqual(['abc\xff\xfff', 'abc', 'abcdef']);
  });

  it('repeats the last frame as it left; without one it says so', async () => {
    const { left, say, wire } = paper();
    await expect(wire.fault({ do: 'repeat' }, signal)).rejects.toThrow('there is no frame to repeat yet');
    await wire.fault({ do: 'cut' }, signal);
    await say('abcd');
    await wire.fault({ do: 'repeat' }, signal);
    expect(left).toEqual(['ab', 'ab']);
  });

  it('swaps two frames, and no third', async () => {
    const { left, say, wire } = paper();
    await wire.fault({ do: 'out-of-order' }, signal);
    for (const text of ['one', 'two', 'three']) await say(text);
    expect(left).toEqual(['two', 'one', 'three']);
    await wire.fault({ do: 'repeat' }, signal);
    expect(left.at(-1)).toBe('three');
  });

  it('loses what is said while it is frozen', async () => {
    const { left, say, wire } = paper();
    await say('before');
    const thaw = new AbortController();
    const frozen = wire.fault({ do: 'freeze', durationS: 600 }, thaw.signal);
    await say('meanwhile');
    await wire.fault({ do: 'repeat' }, signal);
    thaw.abort();
    await frozen;
    await say('after');
    expect(left).toEqual(['before', 'after']);
  });

  it('is late by so much, keeps the order when it is no longer, and leaves nothing behind when it is closed', async () => {
    const { left, say, wire } = paper();
    await wire.fault({ do: 'late', byS: 0.2 }, signal);
    const began = performance.now();
    const late = say('late');
    await wire.fault({ do: 'late', byS: 0 }, signal);
    await Promise.all([late, say('next')]);
    expect(performance.now() - began).toBeGreaterThan(190);
    expect(left).toEqual(['late', 'next']);
    await wire.fault({ do: 'late', byS: 60 }, signal);
    const never = say('never');
    wire[Symbol.dispose]();
    await never;
    expect(left).toEqual(['late', 'next']);
  });

  it('is cut by its own means', async () => {
    const { wire, drops } = paper();
    await wire.fault({ do: 'drop' }, signal);
    await until('the cut', () => drops() === 1);
  });
});
