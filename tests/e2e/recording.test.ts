import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { drivers } from '../../drivers/index.ts';
import { startEmbeddedBroker } from '../../drivers/transport/embedded-broker.ts';
import { aspectRpmSimulator } from '../../simulators/aspect-rpm.ts';
import { n42Simulator } from '../../simulators/n42.ts';
import type { Simulator } from '../../simulators/simulator.ts';
import { tsaRpmSimulator } from '../../simulators/tsa-rpm.ts';
import { xrayTdrSimulator } from '../../simulators/xray-tdr.ts';
import { openWorkerPool } from '../../src/adapters/worker-pool.ts';
import { ModbusRtuLink } from '../../src/domain/link.ts';
import type { DriverDefinition } from '../../src/ports/driver.ts';
import type { MessageBus } from '../../src/ports/message-bus.ts';
import { createRecording, type RecordingEntry } from '../../src/runtime/recording/format.ts';
import { recordedWire } from '../../src/runtime/recording/recorded-wire.ts';
import type { Told } from '../../src/runtime/recording/replay.ts';
import { type DriverBench, runDriver, silentLog, wireOf } from '../support/driver-bench.ts';
import { ptyLink } from '../support/pty-link.ts';
import { replayed } from '../support/replayed.ts';
import { runCommand } from '../support/service.ts';
import { describeWith } from '../support/services.ts';
import { until } from '../support/until.ts';

const { signal } = new AbortController();

function scratch() {
  const folder = mkdtempSync(join(tmpdir(), 'lanewatch-recording-'));
  return { file: (name: string) => join(folder, name), [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}

function definitionOf(name: string): DriverDefinition {
  const definition = drivers.get(name);
  if (definition === undefined) throw new Error(`no driver ${name}`);
  return definition;
}

/** Runs a simulated device through its driver and records it, to what is then in the file. */
async function recorded(
  simulator: Simulator,
  name: string,
  file: string,
  options: object,
  play: (bench: DriverBench) => Promise<unknown>,
  bus?: MessageBus,
) {
  await using workers = openWorkerPool();
  const header = {
    recording: 1 as const,
    ...{ device: { id: 'd', laneId: 'l', timeZone: 'Europe/Amsterdam' }, driver: name },
    ...{ linkType: simulator.link.type, modbusUnit: null, options, profile: null },
    startedAt: new Date().toISOString(),
  };
  using recording = createRecording(file, header);
  const wire = recordedWire(wireOf(simulator.link, 'd', bus), recording.write, Date.now);
  const bench = runDriver(definitionOf(name), simulator.link, options, { wire, workers });
  await until('online', () => bench.onlineCount() === 1);
  await play(bench);
  await bench.stop();
  return bench;
}

const framesOf = (told: readonly Told[]) =>
  told.flatMap((item) => ('observations' in item ? [hex(item.frame.bytes)] : []));
const refusalsOf = (told: readonly Told[]) =>
  told.flatMap((item) => ('refused' in item ? [`${item.refused} ${hex(item.frame.bytes)}`] : []));
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

test('a TSA stream comes back to the byte, at its own times, garbage included', async () => {
  using place = scratch();
  const file = place.file('tsa.jsonl');
  const link = { type: 'tcp', host: '127.0.0.1', port: 0 } as const;
  await using simulator = await tsaRpmSimulator.start({ deviceId: 'd', link, random: () => 0.5 });
  const live = await recorded(simulator, 'tsa-rpm', file, {}, async (bench) => {
    await simulator.play({ do: 'garble' }, signal);
    await simulator.play({ do: 'tamper', on: false }, signal);
    await simulator.play({ do: 'occupancy', durationS: 3, gammaSigma: 20, speedup: 20 }, signal);
    await until('the close', () => bench.observations.some(({ type }) => type === 'occupancy-closed'));
  });
  const told = await replayed(file);
  expect(framesOf(told)).toEqual(live.frames.map(({ bytes }) => hex(bytes)));
  expect(refusalsOf(told)).toEqual(live.refusals.map(({ code, bytes }) => `${code} ${hex(bytes)}`));
  const types = told.flatMap((item) => ('observations' in item ? item.observations.map(({ type }) => type) : []));
  expect(types).toEqual(live.observations.map(({ type }) => type));
  const late = told.map((item, index) =>
    Math.abs(item.frame.receivedAtMs - (live.frames[index]?.receivedAtMs ?? item.frame.receivedAtMs)),
  );
  expect(told[0]?.frame.receivedAtMs, 'the recorded time, not that of the replay').toBeLessThan(Date.now());
  expect(Math.max(...late)).toBeLessThan(2_000);
});

test('Modbus polls and N42 documents too', async () => {
  using place = scratch();
  const modbus = { type: 'modbus-tcp', host: '127.0.0.1', port: 0, unit: 1 } as const;
  await using aspect = await aspectRpmSimulator.start({ deviceId: 'd', link: modbus, random: () => 0.5 });
  const polled = await recorded(aspect, 'aspect-rpm', place.file('aspect.jsonl'), quick, async (bench) => {
    await aspect.play({ do: 'occupancy', durationS: 1, gammaSigma: 20, speedup: 2 }, signal);
    await until('the close', () => bench.observations.some(({ type }) => type === 'occupancy-closed'));
  });
  expect(framesOf(await replayed(place.file('aspect.jsonl')))).toEqual(polled.frames.map(({ bytes }) => hex(bytes)));

  const link = { type: 'tcp', host: '127.0.0.1', port: 0 } as const;
  await using portal = await n42Simulator.start({ deviceId: 'd', link, random: () => 0.5 });
  const read = await recorded(portal, 'n42', place.file('n42.jsonl'), {}, async (bench) => {
    await portal.play({ do: 'passing', nuclides: ['Cs-137'] }, signal);
    await until('the report', () => bench.observations.some(({ type }) => type === 'occupancy-report'));
  });
  const told = await replayed(place.file('n42.jsonl'));
  expect(told.flatMap((item) => ('observations' in item ? item.observations : []))).toEqual(read.observations);
});

const quick = { idlePollMs: 50, occupiedPollMs: 50 };

/** What a recording gives back, against what was heard live: every byte in its order, and what was made of it. */
async function sameAgain(file: string, live: DriverBench): Promise<void> {
  const told = await replayed(file);
  expect(framesOf(told)).toEqual(live.frames.map(({ bytes }) => hex(bytes)));
  expect(refusalsOf(told)).toEqual(live.refusals.map(({ code, bytes }) => `${code} ${hex(bytes)}`));
  const observed = told.flatMap((item) => ('observations' in item ? item.observations : []));
  expect(observed.map(({ type }) => type)).toEqual(live.observations.map(({ type }) => type));
}

test('messages of a broker come back to the byte, garbage included', async () => {
  using place = scratch();
  await using broker = await startEmbeddedBroker({ host: '127.0.0.1', port: 0 }, silentLog);
  const link = { type: 'mqtt', broker: 'embedded', topic: 'x/tdr', qos: 1 } as const;
  const brokerUrl = `mqtt://127.0.0.1:${broker.port}`;
  await using simulator = await xrayTdrSimulator.start({ deviceId: 'd', link, brokerUrl, random: () => 0.5 });
  const live = await recorded(
    simulator,
    'xray-tdr',
    place.file('r.jsonl'),
    {},
    async () => {
      await simulator.play({ do: 'scan', decision: 'ALARM' }, signal);
      await simulator.play({ do: 'raw', text: '{"scanId":\u0000' }, signal);
      await simulator.play({ do: 'scan', decision: 'CLEAR' }, signal);
    },
    broker,
  );
  expect(live.refusals).toHaveLength(1);
  await sameAgain(place.file('r.jsonl'), live);
});

test('files of a folder too', async () => {
  using place = scratch();
  const path = place.file('in');
  mkdirSync(path);
  const link = { type: 'folder', path, pattern: '*.json' } as const;
  await using simulator = await xrayTdrSimulator.start({ deviceId: 'd', link, random: () => 0.5 });
  const live = await recorded(simulator, 'xray-tdr', place.file('r.jsonl'), {}, async (bench) => {
    await simulator.play({ do: 'raw', text: 'no document' }, signal);
    await simulator.play({ do: 'scan', decision: 'ALARM' }, signal);
    await until('both', () => bench.observations.length + bench.refusals.length === 2);
  });
  await sameAgain(place.file('r.jsonl'), live);
});

describeWith(['socat'], 'serial lines', () => {
  test('text and Modbus RTU come back to the byte', async () => {
    using place = scratch();
    using text = ptyLink();
    await using portal = await tsaRpmSimulator.start({ deviceId: 'd', link: text.link, random: () => 0.5 });
    const heard = await recorded(portal, 'tsa-rpm', place.file('tsa.jsonl'), {}, async (bench) => {
      await portal.play({ do: 'occupancy', durationS: 1, gammaSigma: 20, speedup: 20 }, signal);
      await until('the close', () => bench.observations.some(({ type }) => type === 'occupancy-closed'));
    });
    await sameAgain(place.file('tsa.jsonl'), heard);

    using bus = ptyLink();
    const link = ModbusRtuLink.parse({ type: 'modbus-rtu', path: bus.link.path, unit: 5 });
    await using monitor = await aspectRpmSimulator.start({ deviceId: 'd', link, random: () => 0.5 });
    const polled = await recorded(monitor, 'aspect-rpm', place.file('aspect.jsonl'), quick, async (bench) => {
      await monitor.play({ do: 'occupancy', durationS: 1, gammaSigma: 20, speedup: 2 }, signal);
      await monitor.play({ do: 'exception', on: true }, signal);
      await until('the exception', () => bench.refusals.some(({ code }) => code === 'modbus-exception'));
    });
    await sameAgain(place.file('aspect.jsonl'), polled);
  });
});

test('a file that cannot be played says where and why', async () => {
  using place = scratch();
  const good = {
    ...{ recording: 1, device: { id: 'd', laneId: 'l', timeZone: 'UTC' }, driver: 'tsa-rpm', linkType: 'tcp' },
    ...{ modbusUnit: null, options: {}, profile: null, startedAt: '2026-11-24T05:00:00.000Z' },
  };
  const said = async (...lines: readonly unknown[]) => {
    const file = place.file(`${Math.random()}.jsonl`);
    writeFileSync(file, lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''));
    const { code, stderr } = await runCommand(['replay', '--file', file]);
    expect(code).not.toBe(0);
    expect(stderr).not.toMatch(/ {4}at /);
    return stderr;
  };
  expect(await said()).toMatch(/jsonl:1: /);
  expect(await said('not json')).toMatch(/jsonl:1: /);
  expect(await said({ ...good, options: { nSigma: 'x' } })).toMatch(/options.*nSigma/s);
  expect(await said({ ...good, driver: 'none' })).toMatch(/no driver none/);
  expect(await said({ ...good, linkType: 'mqtt' })).toMatch(/does not speak mqtt/);
  expect(await said(good, { at: 0, what: 'bytes', base64: '%%' })).toMatch(/jsonl:2: /);
  expect(await said(good, { at: 0, what: 'open', kind: 'messages' })).toMatch(/another driver/);
  expect((await runCommand(['replay', '--file', place.file('none')])).stderr).toMatch(/none.*no such file/i);
}, 60_000);

test('a replay at a speed takes the time divided by it', async () => {
  using place = scratch();
  const startedAt = '2026-11-24T05:00:00.000Z';
  const at = Date.parse(startedAt);
  const line = Buffer.from('GB,000188,000206,000262,000243\r\n').toString('base64');
  const entries: RecordingEntry[] = [
    { at, what: 'open', kind: 'bytes' },
    { at, what: 'bytes', base64: line },
    { at: at + 5_000, what: 'bytes', base64: line },
  ];
  const header = {
    recording: 1,
    driver: 'tsa-rpm',
    linkType: 'tcp',
    modbusUnit: null,
    options: {},
    profile: null,
  } as const;
  using recording = createRecording(place.file('r.jsonl'), {
    ...header,
    startedAt,
    device: { id: 'd', laneId: 'l', timeZone: 'UTC' },
  });
  for (const entry of entries) recording.write(entry);
  const began = performance.now();
  const told = await replayed(place.file('r.jsonl'), { speed: 20 });
  expect(performance.now() - began).toBeGreaterThanOrEqual(245);
  expect(told.map(({ frame }) => frame.receivedAtMs - at)).toEqual([0, 5_000]);
});
