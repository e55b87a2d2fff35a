import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { n42Simulator } from '../../simulators/n42.ts';
import { openWorkerPool } from '../../src/adapters/worker-pool.ts';
import type { OccupancyReport } from '../../src/domain/observation.ts';
import { type DriverBench, runDriver, silentLog } from '../../tests/support/driver-bench.ts';
import { until } from '../../tests/support/until.ts';
import { startEmbeddedBroker } from '../transport/embedded-broker.ts';
import { n42 } from './definition.ts';

const workers = openWorkerPool();
afterAll(() => workers[Symbol.asyncDispose]());

const signal = new AbortController().signal;
const tcp = { type: 'tcp', host: '127.0.0.1', port: 0 } as const;
const setup = (link: Parameters<typeof n42Simulator.start>[0]['link'], brokerUrl?: string) =>
  n42Simulator.start({ deviceId: 'srpm-1', link, brokerUrl, random: () => 0.5 });

const reportsIn = (bench: DriverBench) =>
  bench.observations.filter((one): one is OccupancyReport => one.type === 'occupancy-report');
const passing = { do: 'passing', nuclides: ['Cs-137'], container: 'CSQU3054383', durationS: 2 };

function folderLink() {
  const path = mkdtempSync(join(tmpdir(), 'lanewatch-n42-'));
  return {
    link: { type: 'folder', path, pattern: '*.n42' } as const,
    [Symbol.dispose]: () => rmSync(path, { recursive: true }),
  };
}

describe('over TCP, STX and ETX', () => {
  it('reports a passing with its alarms, identity and spectra', async () => {
    await using simulator = await setup(tcp);
    await using bench = runDriver(n42, simulator.link, {}, { workers });
    await until('online', () => bench.onlineCount() === 1);
    await simulator.play(passing, signal);
    const [report] = await until('a report', () => reportsIn(bench).length > 0 && reportsIn(bench));
    expect(report?.detections.map(({ signal: kind }) => kind)).toEqual(['gamma', 'isotope']);
    expect(report?.identifiers).toMatchObject([{ kind: 'container', value: 'CSQU3054383', valid: true }]);
    expect(report?.nuclides).toMatchObject([{ name: 'Cs-137', confidence: 0.92, rawConfidence: 92 }]);
    expect(report?.durationS).toBeCloseTo(2);
    expect(report?.speedKmh).toBeCloseTo(7.92);
    const gamma = report?.detections[0]?.finding;
    expect(gamma?.kind === 'radiation' && (gamma.sigma ?? 0)).toBeGreaterThan(5);
    expect(gamma?.kind === 'radiation' && gamma.positionRatio).toBeCloseTo(0.5, 0);
    expect(report?.spectra?.spectra.map(({ slices }) => slices)).toEqual([20, 1]);
  });

  it('refuses a cut and a garbled document with its bytes; the next one is read', async () => {
    await using simulator = await setup(tcp);
    await using bench = runDriver(n42, simulator.link, {}, { workers });
    await until('online', () => bench.onlineCount() === 1);
    for (const fault of ['cut', 'garble']) {
      await simulator.play({ do: fault }, signal);
      await simulator.play(passing, signal);
    }
    await simulator.play(passing, signal);
    await until('the good one', () => reportsIn(bench).length === 1);
    expect(bench.refusals.map(({ code }) => code)).toEqual(['cut-document', 'not-text']);
    expect(Buffer.from(bench.refusals[0]?.bytes ?? []).toString()).toContain('<RadMeasurement');
  });

  it('ends with link-lost when the portal hangs up', async () => {
    await using simulator = await setup(tcp);
    await using bench = runDriver(n42, simulator.link, {}, { workers });
    await until('online', () => bench.onlineCount() === 1);
    await simulator.play({ do: 'drop' }, signal);
    expect(await bench.ended).toMatchObject({ code: 'link-lost' });
  });
});

describe('over MQTT', () => {
  it('acknowledges a document after its commit', async () => {
    await using broker = await startEmbeddedBroker({ host: '127.0.0.1', port: 0 }, silentLog);
    const link = { type: 'mqtt', broker: 'embedded', topic: 'srpm/1', qos: 1 } as const;
    const durable = Promise.withResolvers<void>();
    await using bench = runDriver(n42, link, {}, { bus: broker, workers, commit: () => durable.promise });
    await until('online', () => bench.onlineCount() === 1);
    await using simulator = await setup(link, `mqtt://127.0.0.1:${broker.port}`);
    let acknowledged = false;
    const sent = simulator.play(passing, signal).then(() => {
      acknowledged = true;
    });
    await until('a report', () => reportsIn(bench).length === 1);
    expect(acknowledged).toBe(false);
    durable.resolve();
    await sent;
    expect(acknowledged).toBe(true);
  });
});

describe('in a folder', () => {
  it('moves a good document to done, a bad one to refused with the reason beside it', async () => {
    using folder = folderLink();
    await using simulator = await setup(folder.link);
    await using bench = runDriver(n42, folder.link, {}, { workers });
    await simulator.play({ do: 'garble' }, signal);
    await simulator.play(passing, signal);
    await simulator.play(passing, signal);
    await until('a report', () => reportsIn(bench).length === 1);
    const { path } = folder.link;
    await until('the good one is done', () => readdirSync(join(path, 'done')).length === 1);
    const refused = await until('the bad one is refused', () => {
      const names = readdirSync(join(path, 'refused'));
      return names.length === 2 && names.toSorted();
    });
    expect(readFileSync(join(path, 'refused', refused[1] ?? ''), 'utf8')).toMatch(
      /^not-text: the bytes are not in the encoding/,
    );
    expect(readdirSync(path).toSorted()).toEqual(['done', 'refused']);
  });

  it('leaves alone what does not fit the pattern and waits for what is still being written', async () => {
    using folder = folderLink();
    const { path } = folder.link;
    await using simulator = await setup(folder.link);
    writeFileSync(join(path, 'notes.txt'), 'not for us');
    await using bench = runDriver(n42, folder.link, {}, { workers });
    await until('online', () => bench.onlineCount() === 1);
    const growing = join(path, 'a.n42');
    // Every change makes it wait anew: while this goes on, a whole one beside it is taken, this one is not.
    const writing = setInterval(() => writeFileSync(growing, '<RadInstrumentData>', { flag: 'a' }), 100);
    await simulator.play(passing, signal);
    await until('the whole one', () => reportsIn(bench).length === 1);
    clearInterval(writing);
    expect(bench.refusals).toEqual([]);
    await until('the other one, once it is left in peace', () => bench.refusals.length === 1);
    expect(readdirSync(path)).toContain('notes.txt');
  });
});
