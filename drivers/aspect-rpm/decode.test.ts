import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesOf, decodeBlock, decodeDescription } from './decode.ts';
import { conditionsOf } from './levels.ts';
import { abandon, initialState, normalise, stepOf } from './normalise.ts';

/** A quiet block, every channel ready, with some words replaced. */
function block(words: Readonly<Record<number, number>> = {}): number[] {
  const quiet = { 3: 0x80, 4: 400, 10: 0x80, 11: 2 };
  return Array.from({ length: 21 }, (_, at) => ({ ...quiet, ...words })[at] ?? 0);
}

function decoded(words: Readonly<Record<number, number>> = {}, order: 'low-first' | 'high-first' = 'low-first') {
  const result = decodeBlock(block(words), order);
  if (!result.ok) throw new Error(result.reason);
  return result.value;
}

describe('the sheet’s vectors', () => {
  test('u32, low word first: 0x0102, 0x0003 is 196866', () => {
    expect(decoded({ 4: 0x0102, 5: 0x0003 }).gamma.count).toBe(196_866);
    expect(decoded({ 4: 0x0003, 5: 0x0102 }, 'high-first').gamma.count).toBe(196_866);
  });

  test('f32 250.5: first register 0x8000, second 0x437A', () => {
    expect(decoded({ 6: 0x8000, 7: 0x437a }).gamma.background).toBe(250.5);
  });
});

describe('bits', () => {
  test.each([
    [2, 0x1, 'occupied'],
    [2, 0x8, 'occupied'],
  ])('register %i bit %i: occupied', (at, bit) => {
    expect(decoded({ [at]: bit }).occupied).toBe(true);
    expect(decoded().occupied).toBe(false);
  });

  const named = (flags: Readonly<Record<string, boolean>>) => Object.keys(flags).filter((name) => flags[name]);

  test.each([
    ['occup0', 0x1],
    ['occup1', 0x2],
    ['occup2', 0x4],
    ['occup3', 0x8],
    ['button', 0x10],
    ['sensor', 0x20],
    ['dir01', 0x40],
    ['dir10', 0x80],
    ['powerFail', 0x100],
    ['lowBattery', 0x200],
    ['open', 0x400],
    ['error', 0x800],
    ['reset', 0x8000],
  ] as const)('input %s is bit %i', (name, bit) => {
    expect(named(decoded({ 2: bit }).inputs)).toEqual([name]);
  });

  test.each<[string, number]>([
    ['alarm1', 0x1],
    ['alarm2', 0x2],
    ['lowCount', 0x10],
    ['highCount', 0x20],
    ['overload', 0x40],
    ['ready', 0x80],
    ...Array.from({ length: 8 }, (_, at): [string, number] => [`n${at}`, 0x100 << at]),
  ])('status %s is bit %i, on either channel', (name, bit) => {
    expect(named(decoded({ 3: bit, 10: 0 }).gamma.status)).toEqual([name]);
    expect(named(decoded({ 3: 0, 10: bit }).neutron.status)).toEqual([name]);
  });

  test.each([
    ['alarm', 0x1],
    ['video', 0x2],
    ['yellowLed', 0x4],
    ['fastFlash', 0x8],
    ['slowFlash', 0x10],
    ['busy', 0x20],
    ['adaptation', 0x40],
    ['entryGreen', 0x100],
    ['exitGreen', 0x200],
    ['exitArrow', 0x400],
    ['out8', 0x800],
  ])('output %s is bit %i', (name, bit) => {
    expect(named(decoded({ 20: bit }).outputs)).toEqual([name]);
  });

  test.each([
    [{ 3: 0x10 }, 'gamma-count-low'],
    [{ 3: 0x20 }, 'gamma-count-high'],
    [{ 3: 0x40 }, 'gamma-overload'],
    [{ 3: 0 }, 'gamma-not-ready'],
    [{ 10: 0x10 }, 'neutron-count-low'],
    [{ 10: 0x20 }, 'neutron-count-high'],
    [{ 10: 0x40 }, 'neutron-overload'],
    [{ 10: 0 }, 'neutron-not-ready'],
    [{ 2: 0x100 }, 'power-fail'],
    [{ 2: 0x200 }, 'low-battery'],
    [{ 2: 0x400 }, 'tamper'],
    [{ 2: 0x800 }, 'device-error'],
  ])('%j is the condition %s', (words, code) => {
    const told = conditionsOf(decoded(words), 0).filter(({ active }) => active);
    expect(told.map((one) => one.code)).toContain(code);
    expect(conditionsOf(decoded(), 0).filter(({ active }) => active)).toEqual([]);
  });

  test.each([0x1, 0x2])('status bit %i is an alarm on either channel', (bit) => {
    expect(decoded({ 3: bit }).gamma.alarm).toBe(true);
    expect(decoded({ 10: bit }).neutron.alarm).toBe(true);
  });
});

describe('refusals', () => {
  test.each([
    ['a short block', block().slice(0, 20), 'short-block'],
    ['nothing at all', [], 'short-block'],
    ['a background that is no number', block({ 6: 0, 7: 0x7fc0 }), 'implausible'],
    ['a negative background', block({ 6: 0, 7: 0xc37a }), 'implausible'],
    ['a background above ten million', block({ 6: 0, 7: 0x4b40 }), 'implausible'],
    ['an infinite variance', block({ 15: 0, 16: 0x7f80 }), 'implausible'],
  ])('%s', (_name, registers, code) => {
    expect(decodeBlock(registers, 'low-first')).toMatchObject({ ok: false, code });
  });
});

describe('the device description', () => {
  test('tells where the block is', () => {
    expect(decodeDescription([0xabcd, 21, 7, 300, 21, 0, 0, 0])).toEqual({ monitorId: 7, address: 300 });
  });

  test.each([
    ['too short', [0, 21, 7, 300]],
    ['no address', [0, 21, 7, 0, 21, 0, 0, 0]],
    ['a block that is too small', [0, 21, 7, 300, 20, 0, 0, 0]],
    ['a block beyond the last register', [0, 21, 7, 65_530, 21, 0, 0, 0]],
  ])('is not believed: %s', (_name, registers) => {
    expect(decodeDescription(registers)).toBeNull();
  });
});

describe('occupancies', () => {
  /** Feeds polls a second apart and tells what came of each. */
  function polls(...blocks: readonly Readonly<Record<number, number>>[]) {
    let state = initialState;
    return blocks.map((words, index) => {
      const next = normalise(state, decoded(words), index * 1_000);
      state = next.state;
      return next.observations.filter(({ type }) => !['reading', 'condition', 'settings'].includes(type));
    });
  }
  const types = (polled: ReturnType<typeof polls>) => polled.map((seen) => seen.map(({ type }) => type));

  test('an alarm on the poll that opens it and on the one that closes it both count', () => {
    const seen = polls({}, { 2: 1, 17: 1, 3: 0x81 }, { 17: 1, 10: 0x81 });
    expect(types(seen)).toEqual([
      [],
      ['occupancy-opened', 'detection'],
      ['detection', 'detection', 'detection', 'occupancy-closed'],
    ]);
    expect(seen[1]?.[1]).toMatchObject({ signal: 'gamma', active: true, count: 1 });
    expect(seen[2]?.filter((item) => item.type === 'detection').map(({ signal, active }) => [signal, active])).toEqual([
      ['gamma', false],
      ['neutron', true],
      ['neutron', false],
    ]);
  });

  test('a counter step between two polls is an occupancy of its own, and more than one is missed', () => {
    expect(types(polls({ 17: 5 }, { 17: 6 }))).toEqual([[], ['occupancy-opened', 'occupancy-closed']]);
    const [, seen] = polls({ 17: 0xffff }, { 17: 2 });
    expect(seen?.[0]).toMatchObject({ type: 'occupancy-missed', missed: 2, counter: 2 });
  });

  test.each([
    [5, 5, 0],
    [5, 6, 1],
    [0xffff, 2, 3],
    [500, 0, 0],
    [500, 1, 0],
  ])('the counter from %i to %i is a step of %i', (before, after, step) => expect(stepOf(before, after)).toBe(step));

  test('a device that began anew leaves no gap and opens nothing', () => {
    expect(types(polls({ 17: 500 }, { 17: 0 }, { 17: 1 }))).toEqual([[], [], ['occupancy-opened', 'occupancy-closed']]);
  });

  test('a lost link ends the alarm with its last word, then the occupancy; a clock that was set back makes no time negative', () => {
    const { state } = normalise(initialState, decoded({ 2: 1, 3: 0x81, 4: 900 }), 60_000);
    expect(abandon(state, 1_000)).toMatchObject([
      { type: 'detection', signal: 'gamma', active: false, finding: { peak: 900, durationS: 0 } },
      { type: 'occupancy-closed', reason: 'link-lost', durationS: 0 },
    ]);
    expect(abandon(initialState, 0)).toEqual([]);
  });

  test('an endless occupancy stays bounded and loses no peak', () => {
    let state = initialState;
    for (let poll = 0; poll < 7_000; poll += 1) {
      state = normalise(
        state,
        decoded({ 2: 1, 3: poll > 6_500 ? 0x81 : 0x80, 4: poll === 6_000 ? 9_999 : 400 }),
        poll * 200,
      ).state;
    }
    expect(state.occupancy?.profile.gamma.points).toBeLessThanOrEqual(1_200);
    expect(abandon(state, 1_400_000)[0]).toMatchObject({ type: 'detection', finding: { peak: 9_999 } });
  });

  test('direction and speed come with the close; both directions at once are none', () => {
    const [, , closed] = polls({}, { 2: 0x41, 19: 2_500 }, { 2: 0 });
    expect(closed?.at(-1)).toMatchObject({ type: 'occupancy-closed', direction: 'forward', speedKmh: 9, durationS: 1 });
    const [, , both] = polls({}, { 2: 0xc1 }, { 2: 0 });
    expect(both?.at(-1)).toMatchObject({ direction: null });
  });

  test('not ready, overloaded, open: conditions, with their levels', () => {
    const { observations } = normalise(initialState, decoded({ 2: 0x400, 3: 0x40 }), 0);
    const active = observations.filter((item) => item.type === 'condition' && item.active);
    expect(active).toMatchObject([{ code: 'gamma-overload' }, { code: 'gamma-not-ready' }, { code: 'tamper' }]);
  });
});

test('no registers make the decoder or the normaliser throw, and bytes are the registers', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 30 }), { maxLength: 20 }),
      (all) => {
        let state = initialState;
        for (const [index, registers] of all.entries()) {
          expect(bytesOf(registers)).toHaveLength(registers.length * 2);
          decodeDescription(registers);
          const result = decodeBlock(registers, 'high-first');
          if (result.ok) state = normalise(state, result.value, index * 200).state;
        }
      },
    ),
  );
});
