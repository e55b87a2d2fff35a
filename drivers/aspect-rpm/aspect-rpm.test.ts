import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { aspectRpmSimulator } from '../../simulators/aspect-rpm.ts';
import { freePort } from '../../simulators/free-port.ts';
import { type Link, ModbusRtuLink } from '../../src/domain/link.ts';
import { runDriver } from '../../tests/support/driver-bench.ts';
import { startModbusPeer } from '../../tests/support/modbus-peer.ts';
import { ptyLink } from '../../tests/support/pty-link.ts';
import { describeWith } from '../../tests/support/services.ts';
import { until } from '../../tests/support/until.ts';
import { aspectRpm } from './definition.ts';

const setup = {
  deviceId: 'rpm-2',
  link: { type: 'modbus-tcp', host: '127.0.0.1', port: 0, unit: 1 },
  random: () => 0.5,
} as const;
const quick = { idlePollMs: 50, occupiedPollMs: 50 };

describe('against the simulator', () => {
  test('an occupancy with a gamma alarm', async () => {
    await using simulator = await aspectRpmSimulator.start(setup);
    await using bench = runDriver(aspectRpm, simulator.link, quick);
    await until('the first poll', () => bench.observations.some(({ type }) => type === 'reading'));
    await simulator.play({ do: 'occupancy', durationS: 4, gammaSigma: 20, speedup: 4 }, new AbortController().signal);
    await until('the close', () => bench.observations.some(({ type }) => type === 'occupancy-closed'));
    const detections = bench.observations.filter((item) => item.type === 'detection');
    expect(detections[0]).toMatchObject({ signal: 'gamma', hazard: 'radiological', active: true, count: 1 });
    expect(detections.at(-1)).toMatchObject({ active: false });
    expect(detections.at(-1)?.finding.sigma).toBeGreaterThan(15);
    expect(bench.observations.find((item) => item.type === 'settings')).toMatchObject({
      settings: { blockAddress: 100 },
    });
  });

  test('garbage is refused with its bytes and never re-stamped; the next good block works', async () => {
    await using simulator = await aspectRpmSimulator.start(setup);
    await using bench = runDriver(aspectRpm, simulator.link, quick);
    await until('the first poll', () => bench.frames.length > 1);
    const signal = new AbortController().signal;
    await simulator.play({ do: 'implausible' }, signal);
    const refusal = await until('a refusal', () => bench.refusals[0]);
    expect(refusal).toMatchObject({ code: 'implausible', reason: 'gamma background is NaN' });
    expect(refusal.bytes).toHaveLength(42);
    const readings = bench.observations.length;
    await until('more refusals', () => bench.refusals.length > 3);
    expect(bench.observations.length, 'no value from a bad block').toBe(readings);
    await simulator.play({ do: 'occupancy', durationS: 0.2 }, signal);
    await until('a good block', () => bench.observations.length > readings);
  });

  test('an exception response is a refusal, not a lost link', async () => {
    await using simulator = await aspectRpmSimulator.start(setup);
    await using bench = runDriver(aspectRpm, simulator.link, quick);
    await until('the first poll', () => bench.frames.length > 1);
    await simulator.play({ do: 'exception', on: true }, new AbortController().signal);
    await until('the exception', () => bench.refusals.some(({ code }) => code === 'modbus-exception'));
    const frames = bench.frames.length;
    await simulator.play({ do: 'exception', on: false }, new AbortController().signal);
    await until('the next good block on the same link', () => bench.frames.length > frames);
    expect(bench.onlineCount()).toBe(1);
  });

  test('a cut link ends the attempt, and the occupancy with it', async () => {
    await using simulator = await aspectRpmSimulator.start(setup);
    await using bench = runDriver(aspectRpm, simulator.link, quick);
    await until('the first poll', () => bench.frames.length > 1);
    const stop = new AbortController();
    const played = simulator.play({ do: 'occupancy', durationS: 60 }, stop.signal);
    await until('the occupancy', () => bench.observations.some(({ type }) => type === 'occupancy-opened'));
    await simulator.play({ do: 'drop' }, stop.signal);
    expect(await bench.ended).toMatchObject({ code: 'link-lost' });
    expect(bench.observations.at(-1)).toMatchObject({ type: 'occupancy-closed', reason: 'link-lost' });
    stop.abort();
    await played;
  });
});

test('looks for the unit where the link says scan, and shows inputs and outputs by name', async () => {
  await using simulator = await aspectRpmSimulator.start({ ...setup, link: { ...setup.link, unit: 3 } });
  await using bench = runDriver(aspectRpm, { ...simulator.link, unit: 'scan' } as Link, quick);
  await until('the first poll', () => bench.observations.some(({ type }) => type === 'reading'), 20_000);
  await simulator.play({ do: 'input', name: 'open', on: true }, new AbortController().signal);
  const told = () => bench.observations.flatMap((item) => (item.type === 'settings' ? [item.settings] : []));
  await until('the open cabinet', () => told().some(({ inputs }) => inputs === 'open'));
  expect(told()[0]).toEqual({ unit: 3 });
  expect(told().find((settings) => 'inputs' in settings)).toMatchObject({ inputs: '', gammaStatus: 'ready' });
});

test('a scan that was ended in its midst goes on where it was, and the unit it found is asked first the next time', async () => {
  await using simulator = await aspectRpmSimulator.start({ ...setup, link: { ...setup.link, unit: 31 } });
  const kept = new Map<string, number>();
  const scanning = { ...simulator.link, unit: 'scan' } as Link;
  await using ended = runDriver(aspectRpm, scanning, quick, { kept });
  await until('it has begun', () => (kept.get('unit') ?? 0) > 1);
  await ended.stop();
  expect(kept.get('unit')).toBeLessThan(10);
  kept.set('unit', 30);
  await using second = runDriver(aspectRpm, scanning, quick, { kept });
  await until('it is found', () => second.observations.some(({ type }) => type === 'reading'));
  expect(second.observations[0]).toMatchObject({ type: 'settings', settings: { unit: 31 } });
  await second.stop();
  const began = performance.now();
  await using third = runDriver(aspectRpm, scanning, quick, { kept });
  await until('it is there at once', () => third.observations.some(({ type }) => type === 'reading'));
  expect(performance.now() - began).toBeLessThan(500);
});

describeWith(['socat'], 'on an RS-485 line', () => {
  test('an occupancy with a gamma alarm over RTU', async () => {
    using place = ptyLink();
    const link = ModbusRtuLink.parse({ type: 'modbus-rtu', path: place.link.path, baudRate: 19_200, unit: 5 });
    await using simulator = await aspectRpmSimulator.start({ ...setup, link });
    await using bench = runDriver(aspectRpm, link, quick);
    await until('the first poll', () => bench.observations.some(({ type }) => type === 'reading'));
    await simulator.play({ do: 'occupancy', durationS: 4, gammaSigma: 20, speedup: 4 }, new AbortController().signal);
    await until('the close', () => bench.observations.some(({ type }) => type === 'occupancy-closed'));
    expect(bench.observations.find((item) => item.type === 'detection')).toMatchObject({
      signal: 'gamma',
      active: true,
    });
  });
});

test('a peer that accepts and never answers ends the attempt within its deadline', async () => {
  const mute = createServer((socket) => socket.on('error', () => undefined)).listen(0, '127.0.0.1');
  await once(mute, 'listening');
  const address = mute.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await using bench = runDriver(aspectRpm, { ...setup.link, port });
  expect(await bench.ended).toMatchObject({ code: 'link-timeout' });
  mute.close();
});

test('nobody there: refused, naming the address', async () => {
  const port = await freePort('127.0.0.1');
  await using bench = runDriver(aspectRpm, { ...setup.link, port });
  expect(await bench.ended).toMatchObject({
    code: 'link-refused',
    message: expect.stringContaining(`127.0.0.1:${port}`),
  });
});

/** The sheet's block in a Modbus server that others wrote. */
async function startPeer(unit: number) {
  const peer = await startModbusPeer(unit);
  return {
    link: peer.link,
    set: async (words: Readonly<Record<number, number>>) => {
      for (const [address, value] of Object.entries(words)) await peer.set('holding', Number(address), value);
    },
    [Symbol.asyncDispose]: () => peer[Symbol.asyncDispose](),
  };
}

describeWith(['pymodbus'], 'against pymodbus, a Modbus server we did not write', () => {
  test('stepped through an occupancy with Alarm1', async () => {
    await using peer = await startPeer(3);
    // Block at 100: ready, gamma 400 over a background of 400.0 (0x43C80000), nobody there.
    await peer.set({ 1: 21, 2: 9, 3: 100, 4: 21, 103: 0x80, 104: 400, 107: 0x43c8, 109: 0x43c8, 110: 0x80, 117: 41 });
    await using bench = runDriver(aspectRpm, peer.link, quick);
    await until('a quiet block', () => bench.observations.some(({ type }) => type === 'reading'));
    await peer.set({ 117: 42, 102: 0x41, 119: 2_000 });
    await until('the occupancy', () => bench.observations.some(({ type }) => type === 'occupancy-opened'));
    await peer.set({ 104: 0x0102, 105: 0x0003, 103: 0x81 });
    const raised = await until('the alarm', () => bench.observations.find((item) => item.type === 'detection'));
    expect(raised).toMatchObject({ signal: 'gamma', active: true, finding: { background: 400, unit: 'counts' } });
    await until('the peak', () =>
      bench.observations.some((item) => item.type === 'detection' && item.finding.peak === 196_866),
    );
    await peer.set({ 103: 0x80, 102: 0 });
    const closed = await until('the close', () => bench.observations.find((item) => item.type === 'occupancy-closed'));
    expect(closed).toMatchObject({ counter: 42, direction: 'forward', speedKmh: 7.2, reason: 'device' });
    expect(bench.refusals).toEqual([]);
  });

  test('an address it does not have is refused as the exception it answers', async () => {
    await using peer = await startPeer(1);
    await using bench = runDriver(aspectRpm, peer.link, { ...quick, blockAddress: 60_000 });
    const refusal = await until('the exception', () => bench.refusals[0]);
    expect(refusal.code).toBe('modbus-exception');
  });
});
