import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { freePort } from '../../simulators/free-port.ts';
import { openPty } from '../../simulators/pty.ts';
import { ptyLink } from '../../tests/support/pty-link.ts';
import { describeWith } from '../../tests/support/services.ts';
import { until } from '../../tests/support/until.ts';
import { openByteLink } from './byte-link.ts';

/** A TCP server that hands its one client to the test. */
async function listen() {
  const server: Server = createServer();
  const arrived = once(server, 'connection') as Promise<[Socket]>;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    link: { type: 'tcp', host: '127.0.0.1', port } as const,
    client: arrived.then(([socket]) => socket.on('error', () => undefined)),
    [Symbol.asyncDispose]: async () => {
      (await arrived)[0].destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

async function drain(link: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of link) chunks.push(chunk);
  return Buffer.concat(chunks).toString('latin1');
}

test.each([
  ['closed', (socket: Socket) => void socket.end('last words')],
  ['reset', (socket: Socket) => void socket.resetAndDestroy()],
])('a connection %s by the device is a lost link, naming the address', async (_name, cut) => {
  await using server = await listen();
  await using link = await openByteLink(server.link, new AbortController().signal);
  cut(await server.client);
  await expect(drain(link)).rejects.toMatchObject({
    code: 'link-lost',
    message: expect.stringContaining(`127.0.0.1:${server.link.port}`),
  });
});

test('a device gone before anybody read is a lost link all the same', async () => {
  await using server = await listen();
  await using link = await openByteLink(server.link, new AbortController().signal);
  const client = await server.client;
  client.resetAndDestroy();
  await until('the reset', () => client.closed);
  await expect(drain(link)).rejects.toMatchObject({ code: 'link-lost' });
});

test('the signal ends the reading without an error', async () => {
  await using server = await listen();
  const stop = new AbortController();
  await using link = await openByteLink(server.link, stop.signal);
  const client = await server.client;
  const read = drain(link);
  client.write('abc');
  stop.abort();
  expect('abc').toContain(await read);
});

test('who does not read slows the device down instead of filling memory', async () => {
  await using server = await listen();
  await using link = await openByteLink(server.link, new AbortController().signal);
  const client = await server.client;
  const total = 64 * 1024 * 1024;
  let sent = false;
  client.end(Buffer.alloc(total), () => {
    sent = true;
  });
  await expect(until('the end of the flood, with nobody reading', () => sent, 300)).rejects.toThrow('not within');
  let bytes = 0;
  const reading = async () => {
    for await (const chunk of link) bytes += chunk.length;
  };
  await expect(reading()).rejects.toMatchObject({ code: 'link-lost' });
  expect([bytes, sent]).toEqual([total, true]);
});

test('nobody there: refused, naming the address', async () => {
  const port = await freePort('127.0.0.1');
  await expect(
    openByteLink({ type: 'tcp', host: '127.0.0.1', port }, new AbortController().signal),
  ).rejects.toMatchObject({ code: 'link-refused', message: expect.stringContaining(`127.0.0.1:${port}`) });
});

describeWith(['socat'], 'on a pseudo-terminal', () => {
  test.each(['stopped', 'left'])('a serial line that was %s can be opened again at once', async (how) => {
    using place = ptyLink();
    await using _pty = await openPty(place.link.path);
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      const stop = new AbortController();
      await using line = await openByteLink(place.link, stop.signal);
      if (how === 'left') continue;
      const read = drain(line);
      stop.abort();
      expect(await read).toBe('');
    }
  });
});
