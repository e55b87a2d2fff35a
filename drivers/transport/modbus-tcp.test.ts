import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { expect, it, onTestFinished, test } from 'vitest';
import { LanewatchError } from '../../src/errors.ts';
import { until } from '../../tests/support/until.ts';
import { openModbusTcp } from './modbus-tcp.ts';

const { signal } = new AbortController();
const way = { unit: 1, answerTimeoutMs: 200 };

/** A server that answers as the test says: each request with its transaction number and address. */
async function listen(answer: (socket: Socket, transaction: number, address: number) => void) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    socket.on('data', (request) => answer(socket, request.readUInt16BE(0), request.readUInt16BE(8)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { link: { type: 'modbus-tcp', host: '127.0.0.1', port, unit: 1 } as const, sockets };
}
/** An answer to a read of one holding register; `change` puts its header wrong. */
function frame(transaction: number, value: number, change: { length?: number; unit?: number } = {}): Buffer {
  const { length = 5, unit = 1 } = change;
  return Buffer.from([
    transaction >> 8,
    transaction & 0xff,
    0,
    0,
    length >> 8,
    length & 0xff,
    unit,
    3,
    2,
    value >> 8,
    value & 0xff,
  ]);
}

/** What was asked ended in time, whatever came: with no value that is another register's. */
async function ended(reading: Promise<unknown>): Promise<unknown> {
  const began = performance.now();
  const result = await reading.catch((error: unknown) => error);
  expect(performance.now() - began).toBeLessThan(1_500);
  return result;
}

test.each<[string, (socket: Socket, transaction: number) => void]>([
  ['a wrong length in its header', (socket, transaction) => void socket.write(frame(transaction, 7, { length: 99 }))],
  ['another transaction', (socket, transaction) => void socket.write(frame(transaction + 1, 7))],
  ['another unit', (socket, transaction) => void socket.write(frame(transaction, 7, { unit: 9 }))],
  ['half an answer', (socket, transaction) => void socket.write(frame(transaction, 7).subarray(0, 8))],
  ['noise', (socket) => void socket.write(Buffer.alloc(300, 0xa5))],
  ['nothing', () => undefined],
  ['a reset', (socket) => void socket.resetAndDestroy()],
  ['the end', (socket) => void socket.end()],
])('%s is no answer; it ends within its time, and so does all that waits behind it', async (_, answer) => {
  const server = await listen(answer);
  await using link = await openModbusTcp(server.link, way, signal);
  const [first, second] = await Promise.all([ended(link.read('holding', 0, 1)), ended(link.read('holding', 1, 1))]);
  expect(first).not.toMatchObject({ ok: true });
  expect(second).toBeInstanceOf(LanewatchError);
  expect(second).toMatchObject({ code: expect.stringMatching(/^link-(lost|timeout)$/) });
});

it('an answer that comes late is never the next register’s', async () => {
  const late: (() => void)[] = [];
  const server = await listen((socket, transaction, address) => {
    if (address === 0) late.push(() => void socket.write(frame(transaction, 111)));
    else socket.write(frame(transaction, 222));
  });
  await using link = await openModbusTcp(server.link, way, signal);
  await expect(link.read('holding', 0, 1)).rejects.toMatchObject({ code: 'link-timeout' });
  for (const say of late) say();
  await expect(link.read('holding', 1, 1)).rejects.toBeInstanceOf(LanewatchError);
  await using again = await openModbusTcp(server.link, way, signal);
  expect(await again.read('holding', 1, 1)).toEqual({ ok: true, values: [222] });
});

it('one request is in flight at a time, each gets its own answer', async () => {
  let inFlight = 0;
  let most = 0;
  const server = await listen((socket, transaction, address) => {
    inFlight += 1;
    most = Math.max(most, inFlight);
    setImmediate(() => {
      inFlight -= 1;
      socket.write(frame(transaction, 1_000 + address));
    });
  });
  await using link = await openModbusTcp(server.link, { unit: 1, answerTimeoutMs: 2_000 }, signal);
  const answers = await Promise.all(Array.from({ length: 50 }, (_, address) => link.read('holding', address, 1)));
  expect(answers).toEqual(Array.from({ length: 50 }, (_, address) => ({ ok: true, values: [1_000 + address] })));
  expect(most).toBe(1);
});

it('a link that is told to stop lets go of what waits', async () => {
  const server = await listen(() => undefined);
  const stopper = new AbortController();
  await using link = await openModbusTcp(server.link, { unit: 1, answerTimeoutMs: 60_000 }, stopper.signal);
  const reading = ended(link.read('holding', 0, 1));
  await until('the request', () => server.sockets.size === 1);
  stopper.abort(new Error('told to stop'));
  expect(await reading).toBeInstanceOf(Error);
});
