import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { xrayPlcSimulator } from '../../simulators/xray-plc.ts';
import type { Scan } from '../../src/domain/observation.ts';
import { type DriverBench, runDriver } from '../../tests/support/driver-bench.ts';
import { startModbusPeer } from '../../tests/support/modbus-peer.ts';
import { describeWith } from '../../tests/support/services.ts';
import { until } from '../../tests/support/until.ts';
import { decodeScan, registerSpan } from './decode.ts';
import { xrayPlc } from './definition.ts';
import { scansOf, stepOf } from './normalise.ts';
import { PlcOptions } from './options.ts';

const { signal } = new AbortController();
const setup = {
  deviceId: 'plc-1',
  link: { type: 'modbus-tcp', host: '127.0.0.1', port: 0, unit: 1 },
  random: () => 0.5,
} as const;
const quick = { pollMs: 20 };
const options = PlcOptions.parse({});

const scansIn = (bench: DriverBench) => bench.observations.filter((one): one is Scan => one.type === 'scan');
const watched = (bench: DriverBench) => until('two polls', () => bench.frames.length >= 4);

describe('against the simulator', () => {
  test.each([
    ['clear', 'clear', null],
    ['reject', 'alarm', null],
    ['unknown', 'unknown', 'unknown'],
    ['timeout', 'unknown', 'timeout'],
    ['none', 'unknown', 'none'],
  ] as const)('a scan that says %s is %s', async (result, decision, reason) => {
    await using simulator = await xrayPlcSimulator.start(setup);
    await using bench = runDriver(xrayPlc, simulator.link, quick);
    await watched(bench);
    expect(scansIn(bench), 'the counter as found is nobody’s scan').toEqual([]);
    await simulator.play({ do: 'scan', result, bagTag: '0016123456' }, signal);
    const [scan] = await until('the scan', () => scansIn(bench).length === 1 && scansIn(bench));
    expect(scan).toMatchObject({
      signal: 'xray-object',
      decision,
      finding: { reason },
      identifiers: [{ kind: 'bag-tag', value: '0016123456', method: 'barcode' }],
    });
  });

  test('a tag that was not read is none; one that is no number is refused, its scan stands', async () => {
    await using simulator = await xrayPlcSimulator.start(setup);
    await using bench = runDriver(xrayPlc, simulator.link, quick);
    await watched(bench);
    await simulator.play({ do: 'scan', bagTag: '0000000000' }, signal);
    await until('one', () => scansIn(bench).length === 1);
    await simulator.play({ do: 'scan', bagTag: '00161x3456' }, signal);
    await until('two', () => scansIn(bench).length === 2);
    expect(scansIn(bench).map(({ identifiers }) => identifiers)).toEqual([[], []]);
    expect(bench.refusals).toMatchObject([{ code: 'bag-tag', reason: expect.stringContaining('3178') }]);
  });

  test('conditions come and go with their inputs', async () => {
    await using simulator = await xrayPlcSimulator.start(setup);
    await using bench = runDriver(xrayPlc, simulator.link, quick);
    const active = () =>
      new Map(bench.observations.flatMap((one) => (one.type === 'condition' ? [[one.code, one.active] as const] : [])));
    await watched(bench);
    expect([...active().values()]).toEqual([false, false, false, false, false]);
    await simulator.play({ do: 'input', name: 'emergencyStop', on: true }, signal);
    await simulator.play({ do: 'input', name: 'ready', on: false }, signal);
    await until('both', () => active().get('emergency-stop') === true && active().get('not-ready') === true);
    await simulator.play({ do: 'input', name: 'emergencyStop', on: false }, signal);
    await until('it is over', () => active().get('emergency-stop') === false);
  });

  test('garbage and exceptions are refused with their bytes; the next scan is read', async () => {
    await using simulator = await xrayPlcSimulator.start(setup);
    await using bench = runDriver(xrayPlc, simulator.link, quick);
    await watched(bench);
    await simulator.play({ do: 'implausible' }, signal);
    await until('the refusal', () =>
      bench.refusals.some(({ code, bytes }) => code === 'unknown-result' && bytes.length === 16),
    );
    await simulator.play({ do: 'exception', on: true }, signal);
    await until('the exception', () => bench.refusals.some(({ code }) => code === 'modbus-exception'));
    await simulator.play({ do: 'exception', on: false }, signal);
    await simulator.play({ do: 'scan', result: 'reject' }, signal);
    await until('the scan', () => scansIn(bench).length === 1);
  });

  test('scans while the link was down are missed, also over attempts; a restarted PLC leaves no gap', async () => {
    await using simulator = await xrayPlcSimulator.start(setup);
    const kept = new Map<string, number>();
    await using first = runDriver(xrayPlc, simulator.link, quick, { kept });
    await watched(first);
    await first.stop();
    await simulator.play({ do: 'skip-scans', count: 3 }, signal);
    await using second = runDriver(xrayPlc, simulator.link, quick, { kept });
    const missed = await until('the gap', () => second.observations.find((one) => one.type === 'occupancy-missed'));
    expect(missed).toMatchObject({ missed: 3, counter: 3 });
    await simulator.play({ do: 'restart-counter' }, signal);
    await simulator.play({ do: 'scan' }, signal);
    await watched(second);
    expect(second.observations.filter((one) => one.type === 'occupancy-missed')).toHaveLength(1);
  });
});

describeWith(['pymodbus'], 'against pymodbus', () => {
  it('reads discrete inputs and the scan block of a PLC we did not write', async () => {
    await using peer = await startModbusPeer(4);
    await peer.set('discrete', 0, 1);
    await using bench = runDriver(xrayPlc, peer.link, quick);
    await watched(bench);
    await peer.set('discrete', 8, 1);
    await until('the interlock', () =>
      bench.observations.some((one) => one.type === 'condition' && one.code === 'interlock-open' && one.active),
    );
    await peer.set('holding', 2, 2);
    await peer.set('holding', 1, 1);
    const [scan] = await until('the scan', () => scansIn(bench).length === 1 && scansIn(bench));
    expect(scan).toMatchObject({ decision: 'alarm', identifiers: [] });
    expect(bench.refusals).toEqual([]);
  });
});

describe('the counter', () => {
  test.each([
    [5, 5, 0],
    [5, 6, 1],
    [5, 9, 4],
    [0xffff_ffff, 0, 1],
    [0xffff_fffe, 2, 4],
    [500, 1, 0],
  ])('from %i to %i is a step of %i', (before, after, step) => expect(stepOf(before, after)).toBe(step));

  it('a step of more than one tells how many nobody saw, and only the last scan', () => {
    const block = { counter: 9, result: 'clear', bagTag: null, badTag: null } as const;
    expect(scansOf(5, block, 0).map(({ type }) => type)).toEqual(['occupancy-missed', 'scan']);
    expect(scansOf(5, block, 0)[0]).toMatchObject({ missed: 3 });
    expect(scansOf(null, block, 0)).toEqual([]);
  });
});

describe('decoding', () => {
  it('never throws, whatever the registers are', () => {
    const registers = fc.array(fc.nat(0xffff), { maxLength: 12 });
    fc.assert(
      fc.property(registers, (given) => {
        expect(decodeScan(given, options)).toHaveProperty('ok');
      }),
    );
  });

  it('encoding and decoding is the identity', () => {
    const tags = fc.option(fc.stringMatching(/^[1-9]\d{9}$/));
    fc.assert(
      fc.property(fc.nat(0xffff_ffff), fc.nat(4), tags, (counter, result, tag) => {
        const words = [0, 1, 2, 3, 4].map((word) =>
          tag === null ? 0 : tag.charCodeAt(word * 2) * 256 + tag.charCodeAt(word * 2 + 1),
        );
        const registers = [Math.floor(counter / 0x1_0000), counter % 0x1_0000, result, ...words];
        expect(decodeScan(registers, options)).toMatchObject({
          ok: true,
          block: { counter, bagTag: tag, badTag: null },
        });
      }),
    );
  });

  it('reads what the options name, in one request', () => {
    const moved = PlcOptions.parse({
      registers: { counter: 110, result: 100, bagTag: 103 },
      counterOrder: 'low-first',
    });
    expect(registerSpan(moved)).toEqual({ address: 100, count: 12 });
    const registers = [1, 0, 0, 0x3031, 0x3032, 0x3033, 0x3034, 0x3035, 0, 0, 7, 1];
    expect(decodeScan(registers, moved)).toMatchObject({
      block: { counter: 65_543, result: 'clear', bagTag: '0102030405' },
    });
  });

  test.each([{ registers: { counter: 0, result: 500 } }, { inputs: { ready: 0, fault: 5_000 } }, { pollMs: 1 }])(
    '%j cannot be read in one request',
    (given) => {
      expect(PlcOptions.safeParse(given).success).toBe(false);
    },
  );
});
