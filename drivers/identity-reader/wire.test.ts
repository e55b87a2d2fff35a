import { afterEach, beforeEach, expect, it } from 'vitest';
import { identityReaderSimulator } from '../../simulators/identity-reader.ts';
import type { Simulator } from '../../simulators/simulator.ts';
import { type DriverBench, runDriver, silentLog } from '../../tests/support/driver-bench.ts';
import { until } from '../../tests/support/until.ts';
import { type EmbeddedBroker, startEmbeddedBroker } from '../transport/embedded-broker.ts';
import { identityReader } from './definition.ts';

const link = { type: 'mqtt', broker: 'embedded', topic: 'readers/anpr-1', qos: 1 } as const;
const { signal } = new AbortController();

let broker: EmbeddedBroker;
let reader: Simulator;
let bench: DriverBench;
beforeEach(async () => {
  broker = await startEmbeddedBroker({ host: '127.0.0.1', port: 0 }, silentLog);
  const brokerUrl = `mqtt://127.0.0.1:${broker.port}`;
  reader = await identityReaderSimulator.start({ deviceId: 'anpr-1', link, brokerUrl, random: () => 0.5 });
  bench = runDriver(identityReader, link, {}, { bus: broker, deviceId: 'anpr-1' });
  await until('the subscription', () => bench.onlineCount() === 1);
});
afterEach(async () => {
  await bench[Symbol.asyncDispose]();
  await reader[Symbol.asyncDispose]();
  await broker[Symbol.asyncDispose]();
});

it('reads arrive as they were made, each with an id of its own', async () => {
  await reader.play({ do: 'read', kind: 'plate', value: 'AB-123-C', country: 'NL' }, signal);
  await reader.play({ do: 'read', kind: 'bag-tag', value: '0220123456' }, signal);
  const [plate, tag] = bench.observations.filter((item) => item.type === 'identity');
  expect(plate?.identifiers).toMatchObject([
    { kind: 'plate', value: 'AB123C', issuer: 'NL', method: 'plate-reader', confidence: 0.95 },
  ]);
  expect(tag?.identifiers).toMatchObject([{ kind: 'bag-tag', valid: true, method: 'barcode', confidence: null }]);
  expect(plate?.readId).not.toBe(tag?.readId);
});

it('the same read again is the same to the byte', async () => {
  await reader.play({ do: 'read', kind: 'container', value: 'CSQU3054383' }, signal);
  await reader.play({ do: 'repeat' }, signal);
  expect(bench.observations[1]).toEqual(bench.observations[0]);
});

it('bad reads are refused and acknowledged; the next good one works on the same link', async () => {
  await reader.play({ do: 'raw', text: 'AB-123-C' }, signal);
  await reader.play({ do: 'read', kind: 'plate', value: ' ' }, signal);
  await reader.play({ do: 'read', kind: 'plate', value: 'AB-123-C', confidence: 97 }, signal);
  await reader.play({ do: 'read', kind: 'mrz', value: 'AB-123-C' }, signal);
  await reader.play({ do: 'raw', text: 'x'.repeat(10_000_000) }, signal);
  await reader.play({ do: 'read', kind: 'plate', value: 'AB-123-C' }, signal);
  expect(bench.refusals.map(({ code }) => code)).toEqual(['not-json', 'schema', 'schema', 'mrz', 'too-large']);
  expect(bench.observations).toHaveLength(1);
  expect(bench.onlineCount()).toBe(1);
});

it('a clock an hour off is told as it is', async () => {
  await reader.play({ do: 'clock', offsetS: 3_600 }, signal);
  await reader.play({ do: 'read', kind: 'plate', value: 'AB-123-C' }, signal);
  const [seen] = bench.observations;
  expect((seen?.observedAtMs ?? 0) - (bench.frames[0]?.receivedAtMs ?? 0)).toBeGreaterThan(3_590_000);
});
