import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { externalBroker } from '../../drivers/transport/mqtt.ts';
import { freePort } from '../../simulators/free-port.ts';
import { openPublisher } from '../../simulators/publisher.ts';
import { openTcpServer } from '../../simulators/tcp-server.ts';
import type { Link } from '../../src/domain/link.ts';
import { type DriverBench, silentLog, wireOf } from '../support/driver-bench.ts';
import { until } from '../support/until.ts';
import { named, runRig, startRig } from './rigs.ts';

const { signal } = new AbortController();
const host = '127.0.0.1';
/** What the supervisor grants (src/runtime/supervisor.ts). */
const stopDeadlineMs = 3_000;
/** More than a bench keeps of it by far, and less than what was poured out. */
const mostGrowthBytes = 100 * 1024 * 1024;

const overMqtt = named.filter(([, { link }]) => link.type === 'mqtt');
const overTcp = named.filter(([, { link }]) => link.type !== 'mqtt');
const asked = named.filter(([, { link }]) => link.type === 'modbus-tcp');

/** The rig's link, to another port. */
function at(link: Link, port: number): Link {
  return { ...link, port } as Link;
}

async function stopsInTime(bench: DriverBench): Promise<void> {
  const began = performance.now();
  await bench.stop();
  expect(performance.now() - began).toBeLessThan(stopDeadlineMs);
}

/** What the process has grown by, beside the bytes that the bench itself keeps. */
function growth(fromBytes: number, { refusals }: DriverBench): number {
  const kept = refusals.reduce((sum, { bytes }) => sum + bytes.length, 0);
  return process.memoryUsage().rss - fromBytes - kept;
}

describe.each(named)('%s, nobody there', (_, rig) => {
  it('is refused, naming the address', async () => {
    await using post = await startRig(rig);
    const port = await freePort(host);
    const broker = externalBroker({ url: `mqtt://${host}:${port}`, clientIdPrefix: 'contract' }, silentLog);
    await using bench = runRig(rig, post, { link: at(rig.link, port), bus: broker });
    expect(await bench.ended).toMatchObject({
      code: 'link-refused',
      message: expect.stringContaining(`${host}:${port}`),
    });
  });
});

describe.each(named)('%s, half-open', (_, rig) => {
  it('says nothing, and nothing is said for it; a stop does not wait for it, and nothing stays', async () => {
    await using post = await startRig(rig);
    await using mute = await openTcpServer({ host, port: 0 });
    const broker = externalBroker({ url: `mqtt://${host}:${mute.port}`, clientIdPrefix: 'contract' }, silentLog);
    await using bench = runRig(rig, post, { link: at(rig.link, mute.port), bus: broker });
    await until('it has connected', () => mute.clients.size === 1);
    if (rig.link.type === 'modbus-tcp') expect(await bench.ended).toMatchObject({ code: 'link-timeout' });
    await stopsInTime(bench);
    expect(bench.reports).toEqual([]);
    expect(bench.refusals).toEqual([]);
    await until('its connection is gone', () => mute.clients.size === 0);
  });
});

describe.each(asked)('%s, half-open on an RS-485 line behind a device server', (_, rig) => {
  it('ends with link-timeout and leaves the line to the others', async () => {
    await using post = await startRig(rig);
    await using mute = await openTcpServer({ host, port: 0 });
    const serial = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 } as const;
    const line = {
      type: 'modbus-rtu',
      path: `tcp://${host}:${mute.port}`,
      ...serial,
      unit: 1,
      timeoutMs: 100,
    } as const;
    const wire = wireOf(line);
    for (const unit of ['first', 'next']) {
      await using bench = runRig(rig, post, { link: line, wire });
      expect(await bench.ended, unit).toMatchObject({ code: 'link-timeout' });
      expect(bench.reports).toEqual([]);
    }
    await until('the line is given back', () => mute.clients.size === 0);
  });
});

describe.each(overTcp)('%s, flooded', (_, rig) => {
  it('megabytes of noise neither stop the process nor fill it, and are refused', async () => {
    await using post = await startRig(rig);
    const noise = randomBytes(64 * 1024);
    const pour = (client: Socket) => {
      let sent = 0;
      const more = () => {
        while (sent < 3_200 && client.writable) {
          sent += 1;
          if (!client.write(noise)) return;
        }
      };
      client.on('drain', more);
      more();
    };
    await using noisy = await openTcpServer({ host, port: 0 }, pour);
    const fromBytes = process.memoryUsage().rss;
    await using bench = runRig(rig, post, { link: at(rig.link, noisy.port) });
    const over = bench.ended.then(() => true);
    await until(
      'it has been told, or given up',
      async () => (await Promise.race([over, wait(10)])) === true || bench.refusals.length > 2_000,
      15_000,
    );
    const lengths = bench.refusals.map(({ bytes }) => bytes.length);
    expect(Math.max(...lengths)).toBeGreaterThan(0);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(noise.length);
    // Two letters between two line ends are a value to a scanner that sends nothing else.
    if (rig.bare !== true) expect(bench.reports).toEqual([]);
    expect(growth(fromBytes, bench)).toBeLessThan(mostGrowthBytes);
    await stopsInTime(bench);
  });
});

describe.each(overMqtt)('%s, flooded', (_, rig) => {
  it('thousands of bad messages are refused one by one, and the good one behind them is read', async () => {
    await using post = await startRig(rig);
    const { brokerUrl } = post;
    if (brokerUrl === undefined || rig.link.type !== 'mqtt') throw new Error('no broker');
    const { topic } = rig.link;
    await using bench = runRig(rig, post);
    await until('online', () => bench.onlineCount() === 1);
    await using flooder = openPublisher({ brokerUrl, clientId: 'flooder' });
    const noise = randomBytes(1_024);
    const [rounds, together] = [40, 100];
    for (let round = 0; round < rounds; round += 1) {
      await Promise.all(Array.from({ length: together }, () => flooder.publish(topic, noise)));
    }
    await post.simulator.play(rig.alive, signal);
    await until('the good one', () => bench.reports.length === 1, 15_000);
    expect(bench.refusals).toHaveLength(rounds * together);
    expect(bench.onlineCount(), 'on the same link').toBe(1);
    await stopsInTime(bench);
  });
});
