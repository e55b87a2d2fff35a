import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Simulator } from '../../simulators/simulator.ts';
import { xrayTdrSimulator } from '../../simulators/xray-tdr.ts';
import { runDriver, silentLog } from '../../tests/support/driver-bench.ts';
import { until } from '../../tests/support/until.ts';
import { type EmbeddedBroker, startEmbeddedBroker } from '../transport/embedded-broker.ts';
import { xrayTdr } from './definition.ts';

const link = { type: 'mqtt', broker: 'embedded', topic: 'scanners/xray-1/tdr', qos: 1 } as const;
const { signal } = new AbortController();

let broker: EmbeddedBroker;
let scanner: Simulator;
beforeEach(async () => {
  broker = await startEmbeddedBroker({ host: '127.0.0.1', port: 0 }, silentLog);
  scanner = await startScanner('xray-1');
});
afterEach(async () => {
  await scanner[Symbol.asyncDispose]();
  await broker[Symbol.asyncDispose]();
});

function startScanner(deviceId: string) {
  const brokerUrl = `mqtt://127.0.0.1:${broker.port}`;
  return xrayTdrSimulator.start({ deviceId, link, brokerUrl, random: () => 0.5 });
}

async function online(commit?: () => Promise<void>) {
  const parts = { bus: broker, deviceId: 'xray-1' };
  const bench = runDriver(xrayTdr, link, {}, commit === undefined ? parts : { ...parts, commit });
  await until('the subscription', () => bench.onlineCount() === 1);
  return bench;
}

/** Plays without waiting for the PUBACK; `done()` tells whether it has come. */
function playing(action: object) {
  let over = false;
  const played = scanner.play(action, signal).then(() => {
    over = true;
  });
  return { played, done: () => over };
}

const scan = {
  do: 'scan',
  decision: 'ALARM',
  subject: { id: 'CSQU3054383' },
  threats: [{ category: 'EXPLOSIVE', assessment: 'HIGH_THREAT', probability: 0.93, massG: 1200 }],
};

describe('acknowledgement', () => {
  it('leaves after the commit has resolved and not before; the next report does not wait', async () => {
    const commits: PromiseWithResolvers<void>[] = [];
    await using bench = await online(() => {
      const commit = Promise.withResolvers<void>();
      commits.push(commit);
      return commit.promise;
    });
    await using other = await startScanner('xray-2');
    const first = playing(scan);
    await until('the first report', () => bench.observations.length === 1);
    // The second scanner's message comes in, commits and is acknowledged while the first one waits.
    const second = other.play(scan, signal);
    await until('the second report', () => bench.observations.length === 2);
    commits[1]?.resolve();
    await second;
    expect(first.done()).toBe(false);
    commits[0]?.resolve();
    await first.played;
  });

  it('is withheld when the commit fails; the attempt goes on, and the next one gets the report again', async () => {
    let failures = 0;
    const failing = await online(() => {
      failures += 1;
      return Promise.reject(new Error('the journal is full'));
    });
    const report = playing(scan);
    await until('the failed commit', () => failures === 1);
    await failing.stop();
    expect(await failing.ended).toBeUndefined();
    expect(report.done()).toBe(false);
    await using bench = await online();
    await report.played;
    expect(bench.observations).toEqual(failing.observations);
  });

  it('is also given to what is refused, once the refusal is durable', async () => {
    const commit = Promise.withResolvers<void>();
    await using bench = await online(() => commit.promise);
    const bad = playing({ do: 'raw', text: '{"scanId":' });
    await until('the refusal', () => bench.refusals.length === 1);
    expect(bad.done()).toBe(false);
    commit.resolve();
    await bad.played;
  });
});

it('a report is one scan of its container, repeated to the byte', async () => {
  await using bench = await online();
  await scanner.play(scan, signal);
  await scanner.play({ do: 'repeat' }, signal);
  expect(bench.observations[0]).toMatchObject({
    type: 'scan',
    decision: 'alarm',
    hazard: 'explosive',
    identifiers: [{ kind: 'container', value: 'CSQU3054383', valid: true }],
    finding: { source: 'MACHINE', objects: [{ number: 1, category: 'EXPLOSIVE', massG: 1200 }] },
  });
  expect(bench.frames[1]?.bytes).toEqual(bench.frames[0]?.bytes);
  expect(bench.frames[0]?.held).toBe(true);
});

it('an operator’s report is of the machine’s scan; a new scan has a new id', async () => {
  await using bench = await online();
  await scanner.play(scan, signal);
  await scanner.play({ ...scan, tdrType: 'OPERATOR', decision: 'CLEAR' }, signal);
  await scanner.play({ ...scan, decision: 'UNKNOWN', abort: 'CLIPPED_BAG', nonOperational: true }, signal);
  const [machine, operator, next] = bench.observations.filter((item) => item.type === 'scan');
  expect(operator).toMatchObject({ scanId: machine?.scanId, decision: 'clear', finding: { source: 'OPERATOR' } });
  expect(next?.scanId).not.toBe(machine?.scanId);
  expect(next).toMatchObject({ decision: 'aborted', mode: 'test' });
});

it('bad documents are refused with bytes and reason, 10 MB too; the next good one works on the same link', async () => {
  await using bench = await online();
  await scanner.play({ do: 'raw', text: '{"scanId":' }, signal);
  await scanner.play({ ...scan, decision: 'MAYBE' }, signal);
  await scanner.play({ do: 'big', bytes: 10_000_000 }, signal);
  await scanner.play(scan, signal);
  expect(bench.refusals.map(({ code }) => code)).toEqual(['not-json', 'schema', 'too-large']);
  expect(bench.refusals[1]?.reason).toContain('alarmDecision: ');
  expect(Buffer.from(bench.refusals[0]?.bytes ?? []).toString()).toBe('{"scanId":');
  expect(bench.observations).toHaveLength(1);
  expect(bench.onlineCount()).toBe(1);
});

it('a clock an hour off is told as it is', async () => {
  await using bench = await online();
  await scanner.play({ do: 'clock', offsetS: -3_600 }, signal);
  await scanner.play(scan, signal);
  const [seen] = bench.observations;
  expect((seen?.observedAtMs ?? 0) - (bench.frames[0]?.receivedAtMs ?? 0)).toBeLessThan(-3_590_000);
});

it('a lost broker ends the attempt; a link of another kind cannot work', async () => {
  await using bench = await online();
  await broker[Symbol.asyncDispose]();
  expect(await bench.ended).toMatchObject({ code: 'link-lost' });
  await using wrong = runDriver(xrayTdr, { type: 'tcp', host: '127.0.0.1', port: 1 });
  expect(await wrong.ended).toMatchObject({ code: 'configuration-fault' });
});

it('reports in a folder: taken once, moved, and one that is none moved with the path of its fault beside it', async () => {
  const path = mkdtempSync(join(tmpdir(), 'lanewatch-tdr-'));
  try {
    const drop = { type: 'folder', path, pattern: '*.json' } as const;
    await using dropping = await xrayTdrSimulator.start({ deviceId: 'xray-1', link: drop, random: () => 0.5 });
    await using bench = runDriver(xrayTdr, drop);
    await until('online', () => bench.onlineCount() === 1);
    await dropping.play({ ...scan, decision: 'MAYBE' }, signal);
    await dropping.play(scan, signal);
    await until(
      'both are moved',
      () => [readdirSync(join(path, 'done')).length, readdirSync(join(path, 'refused')).length].join() === '1,2',
    );
    expect(bench.observations).toMatchObject([{ type: 'scan', decision: 'alarm', hazard: 'explosive' }]);
    const reason = readdirSync(join(path, 'refused')).find((name) => name.endsWith('.reason.txt')) ?? '';
    expect(readFileSync(join(path, 'refused', reason), 'utf8')).toMatch(/^schema: alarmDecision: /);
  } finally {
    rmSync(path, { recursive: true });
  }
});
