import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { modbusMapSimulator } from '../../simulators/modbus-map.ts';
import { type DriverBench, runDriver } from '../../tests/support/driver-bench.ts';
import { startModbusPeer } from '../../tests/support/modbus-peer.ts';
import { bundledProfile } from '../../tests/support/profiles.ts';
import { describeWith } from '../../tests/support/services.ts';
import { until } from '../../tests/support/until.ts';
import { decode } from './decode.ts';
import { modbusMap } from './definition.ts';
import { ModbusProfile } from './profile.ts';
import { requestsOf } from './requests.ts';

const { signal } = new AbortController();
const link = { type: 'modbus-tcp', host: '127.0.0.1', port: 0, unit: 1 } as const;
const monitor = ModbusProfile.parse(bundledProfile('modbus-map', 'gamma-monitor'));
/** The bundled monitor, quicker. */
const quick = {
  ...monitor,
  blocks: monitor.blocks.map((block) => ({ ...block, everyMs: Math.min(block.everyMs, 50) })),
  rules: monitor.rules.map((rule) => ({ ...rule, forMs: 0, clearForMs: 0 })),
};
const options = { profile: 'gamma-monitor' };
const types = (bench: DriverBench) => new Set(bench.observations.map(({ type }) => type));

describe('a gamma monitor', () => {
  it('tells dose rate, occupancy, detection and conditions', async () => {
    await using device = await modbusMapSimulator.start({ deviceId: 'm', link, random: () => 0.5 });
    const play = (action: object) => device.play(action, signal);
    await play({ do: 'float', table: 'input', address: 0, value: 0.25 });
    await play({ do: 'float', table: 'holding', address: 100, value: 1 });
    await using bench = runDriver(modbusMap, device.link, options, { profile: quick });
    await until('the first reading', () => types(bench).has('reading'));
    expect(bench.observations.find((one) => one.type === 'reading')).toMatchObject({
      quantity: 'dose-rate',
      value: 0.25,
      unit: 'µSv/h',
    });
    await play({ do: 'set', table: 'input', address: 4, value: 8 });
    await until('the occupancy', () => types(bench).has('occupancy-opened'));
    await play({ do: 'float', table: 'input', address: 0, value: 30 });
    await play({ do: 'set', table: 'input', address: 4, value: 9 });
    await until('the detection', () => bench.observations.some((one) => one.type === 'detection' && one.active));
    await play({ do: 'set', table: 'input', address: 4, value: 4 });
    const closed = await until('the close', () => bench.observations.find((one) => one.type === 'occupancy-closed'));
    expect(closed).toMatchObject({ reason: 'device' });
    expect(bench.observations.findLast((one) => one.type === 'detection')).toMatchObject({
      active: false,
      finding: { peak: 30, threshold: 1, unit: 'µSv/h' },
    });
    await until('high voltage', () =>
      bench.observations.some((one) => one.type === 'condition' && one.code === 'high-voltage-low' && one.active),
    );
    expect(bench.refusals).toEqual([]);
  });

  it('refuses what cannot be, names the point, keeps the others, and never re-stamps the old value', async () => {
    await using device = await modbusMapSimulator.start({ deviceId: 'm', link, random: () => 0.5 });
    await device.play({ do: 'float', table: 'input', address: 0, value: Number.NaN }, signal);
    await device.play({ do: 'float', table: 'input', address: 2, value: 0.125 }, signal);
    await using bench = runDriver(modbusMap, device.link, options, { profile: quick });
    const refusal = await until('the refusal', () => bench.refusals[0]);
    expect(refusal).toMatchObject({ code: 'implausible', reason: 'doseRate is NaN' });
    expect(refusal.bytes).toHaveLength(10);
    await until('the background', () => types(bench).has('reading'));
    expect(new Set(bench.observations.flatMap((one) => (one.type === 'reading' ? [one.quantity] : [])))).toEqual(
      new Set(['dose-rate-background']),
    );
    await device.play({ do: 'exception', on: true }, signal);
    await until('the exception', () => bench.refusals.some(({ code }) => code === 'modbus-exception'));
    await device.play({ do: 'drop' }, signal);
    expect(await bench.ended).toMatchObject({ code: 'link-lost' });
  });
});

describeWith(['pymodbus'], 'against pymodbus', () => {
  it('reads the light tower’s coils and discrete inputs', async () => {
    await using peer = await startModbusPeer(2);
    const tower = bundledProfile('modbus-map', 'light-tower');
    await using bench = runDriver(modbusMap, peer.link, { profile: 'light-tower' }, { profile: tower });
    await until('all lamps', () => bench.observations.filter((one) => one.type === 'reading').length >= 4);
    await peer.set('discrete', 4, 1);
    await until('the supply', () =>
      bench.observations.some((one) => one.type === 'condition' && one.code === 'supply-failed' && one.active),
    );
    await peer.set('coils', 0, 1);
    await until('red', () =>
      bench.observations.some((one) => one.type === 'reading' && one.quantity === 'lamp-red-told' && one.value === 1),
    );
    expect(bench.refusals).toEqual([]);
  });
});

describe('requests', () => {
  const block = (name: string, address: number, count: number, change: object = {}) => ({
    ...{ name, address, count, table: 'holding' as const, everyMs: 1_000 },
    ...change,
  });
  test.each([
    ['adjacent ones are one', [block('a', 0, 4), block('b', 4, 4)], [[0, 8]]],
    [
      'a gap is not read along',
      [block('a', 0, 4), block('b', 5, 2)],
      [
        [0, 4],
        [5, 2],
      ],
    ],
    [
      'nor a large one',
      [block('a', 0, 4), block('b', 20, 2)],
      [
        [0, 4],
        [20, 2],
      ],
    ],
    ['overlapping ones are one', [block('a', 0, 8), block('b', 4, 2)], [[0, 8]]],
    [
      'not over 125 registers',
      [block('a', 0, 100), block('b', 100, 100)],
      [
        [0, 100],
        [100, 100],
      ],
    ],
    [
      'another table is another',
      [block('a', 0, 4), block('b', 4, 4, { table: 'input' })],
      [
        [0, 4],
        [4, 4],
      ],
    ],
    [
      'another pace too',
      [block('a', 0, 4), block('b', 4, 4, { everyMs: 5_000 })],
      [
        [0, 4],
        [4, 4],
      ],
    ],
  ])('%s', (_, blocks, expected) => {
    expect(requestsOf(blocks).map(({ address, count }) => [address, count])).toEqual(expected);
  });
});

describe('values', () => {
  const types32 = {
    u32: fc.nat(0xffff_ffff),
    i32: fc.integer(),
    f32: fc.float({ noNaN: true, noDefaultInfinity: true }),
  };
  const types16 = { u16: fc.nat(0xffff), i16: fc.integer({ min: -0x8000, max: 0x7fff }) };
  const profileOf = (type: string, wordOrder: string) =>
    ModbusProfile.parse({
      blocks: [{ name: 'b', table: 'holding', address: 0, count: 2, everyMs: 100 }],
      points: [{ name: 'x', block: 'b', offset: 0, type, wordOrder }],
    });
  const encode = (type: string, wordOrder: string, value: number): readonly number[] => {
    const view = new DataView(new ArrayBuffer(4));
    if (type === 'f32') view.setFloat32(0, value);
    else if (type.endsWith('32')) view.setUint32(0, value);
    else view.setUint16(0, value);
    const words = [view.getUint16(0), view.getUint16(2)];
    return wordOrder === 'low-first' && type.endsWith('32') ? words.toReversed() : words;
  };

  test.each(Object.entries({ ...types32, ...types16 }))(
    '%s: encoding and decoding is the identity, in either order',
    (type, values) => {
      fc.assert(
        fc.property(values, fc.constantFrom('high-first', 'low-first'), (value, order) => {
          const profile = profileOf(type, order);
          const [request] = requestsOf(profile.blocks);
          const decoded = request && decode(request, encode(type, order, value), profile);
          // Adding 0 makes −0 a plain 0, as scaling does.
          expect(decoded?.values.get('x')).toBe(value + 0);
        }),
      );
    },
  );

  it('a short answer is refused by point, and nothing throws', () => {
    const [request] = requestsOf(monitor.blocks);
    fc.assert(
      fc.property(fc.array(fc.nat(0xffff), { maxLength: 8 }), (words) => {
        const decoded = request && decode(request, words, monitor);
        expect(decoded && decoded.values.size + decoded.refused.length).toBe(
          request?.blocks.flatMap(({ name }) => monitor.points.filter(({ block }) => block === name)).length,
        );
      }),
    );
  });

  test.each([
    ['a block that is not there', { points: [{ name: 'x', block: 'c', offset: 0, type: 'u16' }] }],
    ['beyond the block', { points: [{ name: 'x', block: 'b', offset: 1, type: 'u32' }] }],
    ['a bit without its number', { points: [{ name: 'x', block: 'b', offset: 0, type: 'bit' }] }],
    ['too many registers', { blocks: [{ name: 'b', table: 'holding', address: 0, count: 126, everyMs: 100 }] }],
    ['a rule without its point', { rules: [{ when: { point: 'y', op: 'set' }, tell: { report: 'occupancy' } }] }],
  ])('a profile with %s is none', (_, change) => {
    const good = {
      blocks: [{ name: 'b', table: 'holding', address: 0, count: 2, everyMs: 100 }],
      points: [{ name: 'x', block: 'b', offset: 0, type: 'u16' }],
    };
    expect(ModbusProfile.safeParse(good).success).toBe(true);
    expect(ModbusProfile.safeParse({ ...good, ...change }).success).toBe(false);
  });
});
