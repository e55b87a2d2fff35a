import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { freePort } from '../../simulators/free-port.ts';
import type { Link } from '../../src/domain/link.ts';
import { LanewatchError } from '../../src/errors.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { type DriverBench, runDriver } from '../support/driver-bench.ts';
import { until } from '../support/until.ts';
import { contracted, type Post, rigs, startRig } from './rigs.ts';

const { signal } = new AbortController();
/** What the supervisor grants (src/runtime/supervisor.ts). */
const stopDeadlineMs = 3_000;
const overTcp = Object.entries(rigs).filter(([, { link }]) => link.type !== 'mqtt');

function run(post: Post, parts: { readonly clock?: Clock; readonly link?: Link } = {}): DriverBench {
  const { link = post.simulator.link, ...more } = parts;
  return runDriver(post.definition, link, rigs[post.definition.name]?.options, { ...post.parts, ...more });
}

/** Plays until the driver has something new to say. */
async function hears(post: Post, bench: DriverBench): Promise<void> {
  const { alive } = rigs[post.definition.name] ?? {};
  const before = bench.frames.length;
  await until(
    'a good frame',
    async () => {
      if (bench.frames.length === before) await post.simulator.play(alive, signal);
      return bench.frames.length > before || (await wait(50));
    },
    10_000,
  );
}

it('covers every driver', () => {
  expect(Object.keys(rigs).toSorted()).toEqual([...contracted.keys()].toSorted());
});

describe.each(Object.keys(rigs))('%s', (name) => {
  it('starts, goes online once, reports, and stops in time without a word', async () => {
    await using post = await startRig(name);
    await using bench = run(post);
    await until('online', () => bench.onlineCount() === 1);
    await hears(post, bench);
    const began = performance.now();
    await bench.stop();
    expect(performance.now() - began).toBeLessThan(stopDeadlineMs);
    expect(await bench.ended).toBeUndefined();
    expect(bench.onlineCount()).toBe(1);
  });

  it('stops at once when it is told before it has begun', async () => {
    await using post = await startRig(name);
    const bench = run(post);
    const began = performance.now();
    await bench.stop();
    expect(performance.now() - began).toBeLessThan(stopDeadlineMs);
  });

  it('refuses garbage with its bytes and reason, and goes on', async () => {
    const { garbage, mend } = rigs[name] ?? {};
    if (garbage === undefined) return expect(rigs[name]?.link.type).toBe('modbus-tcp');
    await using post = await startRig(name);
    await using bench = run(post);
    await until('online', () => bench.onlineCount() === 1);
    await post.simulator.play(garbage, signal);
    if (mend === undefined) await post.simulator.play(rigs[name]?.alive, signal);
    const refusal = await until('the refusal', () => bench.refusals[0]);
    expect(refusal.code).toMatch(/^[a-z0-9-]+$/);
    expect(refusal.reason.length).toBeGreaterThan(5);
    expect(refusal.bytes.length).toBeGreaterThan(0);
    if (mend !== undefined) await post.simulator.play(mend, signal);
    await hears(post, bench);
    expect(bench.onlineCount(), 'on the same link').toBe(1);
  });

  it('ends its attempt with a reason when the device goes away', async () => {
    await using post = await startRig(name);
    await using bench = run(post);
    await until('online', () => bench.onlineCount() === 1);
    await post.unplug();
    const ended = await until('the end', async () => Promise.race([bench.ended, wait(20).then(() => null)]), 10_000);
    expect(ended).toBeInstanceOf(LanewatchError);
    expect(ended).toMatchObject({ code: expect.stringMatching(/^link-(lost|timeout|refused)$/) });
  });

  it('follows the clock where it is put, and never gives a value the time of another', async () => {
    await using post = await startRig(name);
    let offsetMs = 0;
    const clock: Clock = {
      now: () => Date.now() + offsetMs,
      sleep: (ms, until_) => wait(ms, undefined, { signal: until_ }),
    };
    await using bench = run(post, { clock });
    await until('online', () => bench.onlineCount() === 1);
    await hears(post, bench);
    for (const hours of [-1, 2]) {
      offsetMs += hours * 3_600_000;
      await hears(post, bench);
    }
    const ownTime = ['n42', 'xray-tdr', 'trace-record', 'mqtt-map', 'blueprint'].includes(name);
    const times = bench.observations.map(({ observedAtMs }) => observedAtMs);
    expect(times.every((time) => Number.isFinite(time) && time > 0)).toBe(true);
    const newest = Math.max(...times);
    expect(Math.abs(newest - (ownTime ? Date.now() : clock.now()))).toBeLessThan(30_000);
  });

  it('leaves nothing open', async () => {
    const before = resources();
    {
      await using post = await startRig(name);
      await using bench = run(post);
      await until('online', () => bench.onlineCount() === 1);
      await hears(post, bench);
      await bench.stop();
    }
    await until('everything is closed', () => resources() <= before);
  });
});

/** Sockets, servers, pipes and threads that are open now. */
function resources(): number {
  return process.getActiveResourcesInfo().filter((one) => /TCP|Pipe|MessagePort|Worker|FSEvent|Process/.test(one))
    .length;
}

describe.each(overTcp)('%s on a bad line', (name, rig) => {
  it('nobody there: refused, naming the address', async () => {
    await using post = await startRig(name);
    const port = await freePort('127.0.0.1');
    await using bench = run(post, { link: { ...rig.link, port } as Link });
    expect(await bench.ended).toMatchObject({
      code: 'link-refused',
      message: expect.stringContaining(`127.0.0.1:${port}`),
    });
  });

  it('megabytes of noise neither stop the process nor fill it', async () => {
    await using post = await startRig(name);
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined).resume();
      const noise = randomBytes(64 * 1024);
      let sent = 0;
      const pour = () => {
        while (sent < 200 && socket.writable) {
          sent += 1;
          if (!socket.write(noise)) return;
        }
      };
      socket.on('drain', pour);
      pour();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const before = process.memoryUsage();
    await using bench = run(post, { link: { ...rig.link, port } as Link });
    await until(
      'it has been told, or given up',
      async () => {
        const over = await Promise.race([bench.ended.then(() => true), wait(10).then(() => false)]);
        return over || bench.refusals.length > 20;
      },
      15_000,
    );
    const refused = bench.refusals.reduce((sum, { bytes }) => sum + bytes.length, 0);
    expect(process.memoryUsage().rss - before.rss - refused).toBeLessThan(200 * 1024 * 1024);
    const began = performance.now();
    await bench.stop();
    expect(performance.now() - began).toBeLessThan(stopDeadlineMs);
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });

  it('a half-open link: it says nothing, and nothing is said for it', async () => {
    await using post = await startRig(name);
    const sockets = new Set<Socket>();
    const server = createServer((socket) => void sockets.add(socket.on('error', () => undefined))).listen(
      0,
      '127.0.0.1',
    );
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await using bench = run(post, { link: { ...rig.link, port } as Link });
    await Promise.race([bench.ended, wait(1_000)]);
    expect(bench.observations).toEqual([]);
    await bench.stop();
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });
});

it('a link the driver does not speak is a fault of the configuration', async () => {
  for (const name of Object.keys(rigs)) {
    await using post = await startRig(name);
    const wrong: Link =
      post.definition.links.includes('serial') || post.definition.links.includes('tcp')
        ? { type: 'modbus-tcp', host: '127.0.0.1', port: 1, unit: 1 }
        : { type: 'tcp', host: '127.0.0.1', port: 1 };
    await using bench = run(post, { link: wrong });
    expect(await bench.ended, name).toMatchObject({ code: 'configuration-fault' });
  }
});
