import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { connect, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { connectLive, subscribeTo } from '../http/live-client.ts';
import { adminToken, type Service, startService } from '../support/service.ts';
import { until } from '../support/until.ts';

const config = {
  version: 1,
  site: { id: 'post', name: 'Post', unlocode: 'NLRTM', timeZone: 'Europe/Amsterdam' },
  lanes: [{ id: 'lane-1', name: 'One', kind: 'vehicle' }],
  devices: [],
};
const flood = 4_000;
const mostNewcomers = 1_000;
/** Connections that the test opens together. */
const together = 100;

/** Of the service's process, as the system counts them. */
const socketsOf = (service: Service) => readdirSync(`/proc/${service.pid()}/fd`).length;
const residentBytes = (service: Service) =>
  1_024 * Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${service.pid()}/status`, 'utf8'))?.[1]);

/** Connections that each say `first` and then a byte now and then, for as long as they are let. */
async function openSlow(service: Service, count: number, first: string) {
  const { port } = new URL(service.address());
  const open = new Set<Socket>();
  let most = 0;
  for (let at = 0; at < count; at += together) {
    await Promise.all(
      Array.from({ length: together }, async () => {
        const socket = connect(Number(port), '127.0.0.1');
        open.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => open.delete(socket));
        socket.resume();
        await Promise.race([once(socket, 'connect'), once(socket, 'close')]);
        socket.write(first);
      }),
    );
    most = Math.max(most, socketsOf(service));
  }
  const dripping = setInterval(() => {
    for (const socket of open) socket.write('a');
  }, 500);
  return {
    open: () => open.size,
    /** What the service had open at once. */
    most,
    [Symbol.dispose]: () => {
      clearInterval(dripping);
      for (const socket of open) socket.destroy();
    },
  };
}

const statusBy = (service: Service, agent: Agent) =>
  new Promise<number>((resolve, reject) => {
    const headers = { authorization: `Bearer ${adminToken}` };
    get(`${service.address()}/api/v1/site`, { agent, headers }, (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer.statusCode ?? 0));
    }).on('error', reject);
  });

test.each([
  ['never end their headers', 'GET /healthz HTTP/1.1\r\nx: '],
  [
    'never end a body that nobody asked for',
    'POST /api/v1/targets HTTP/1.1\r\nhost: a\r\ncontent-length: 900000\r\n\r\n',
  ],
  [
    'never end the body of a sign-in',
    'POST /api/v1/session HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 90000\r\n\r\n{',
  ],
])(
  'thousands of connections that %s are bounded, and hold up nobody',
  async (_how, first) => {
    await using service = await startService(config);
    using live = await connectLive(service.address(), subscribeTo({ after: null }), {
      headers: { authorization: `Bearer ${adminToken}` },
    });
    using agent = Object.assign(new Agent({ keepAlive: true, maxSockets: 1 }), {
      [Symbol.dispose]: () => agent.destroy(),
    });
    expect(await statusBy(service, agent)).toBe(200);
    const before = { sockets: socketsOf(service), bytes: residentBytes(service) };

    using slow = await openSlow(service, flood, first);
    await until('most are gone', () => slow.open() <= mostNewcomers, 15_000);
    expect(slow.most - before.sockets).toBeLessThanOrEqual(mostNewcomers + together);
    expect(residentBytes(service) - before.bytes).toBeLessThan(150 * 1_048_576);

    // Who came before stays, who comes now finds room.
    expect(await statusBy(service, agent)).toBe(200);
    for (let times = 0; times < 20; times += 1) {
      const askedAt = performance.now();
      expect((await service.request('GET', '/site')).status).toBe(200);
      expect(performance.now() - askedAt).toBeLessThan(5_000);
    }
    expect(live.socket.readyState).toBe(live.socket.OPEN);
  },
  60_000,
);

test('a connection whose headers do not come in time is closed, however it drips', async () => {
  await using service = await startService(config);
  using slow = await openSlow(service, 100, 'GET /healthz HTTP/1.1\r\nx: ');
  await until('all are gone', () => slow.open() === 0, 20_000);
}, 60_000);
