import { once } from 'node:events';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { openPty } from '../../simulators/pty.ts';
import type { ModbusRtuLink } from '../../src/domain/link.ts';
import { ptyLink } from '../../tests/support/pty-link.ts';
import { startPythonPeer } from '../../tests/support/python-peer.ts';
import { describeWith } from '../../tests/support/services.ts';
import { until } from '../../tests/support/until.ts';
import { createRtuBus } from './rtu-bus.ts';
import { crc16 } from './rtu-port.ts';

const { signal } = new AbortController();
const settings = (path: string): ModbusRtuLink => ({
  type: 'modbus-rtu',
  path,
  baudRate: 19_200,
  dataBits: 8,
  parity: 'none',
  stopBits: 1,
  unit: 1,
});
const way = (unit: number, answerTimeoutMs = 200) => ({ unit, answerTimeoutMs });

describeWith(['socat', 'pymodbus'], 'a line of pymodbus units', () => {
  it('reads all four tables of its units, writes, and shows an exception', async () => {
    using place = ptyLink();
    await using pty = await openPty(place.link.path);
    await using _peer = await startPythonPeer('rtu_peer.py', [pty.devicePath, '1', '2']);
    const bus = createRtuBus(settings(place.link.path));
    await using one = await bus.join(way(1, 1_000), signal);
    await using two = await bus.join(way(2, 1_000), signal);
    const both = await Promise.all([one.read('holding', 5, 3), two.read('input', 7, 1)]);
    expect(both).toEqual([
      { ok: true, values: [1005, 1006, 1007] },
      { ok: true, values: [2007] },
    ]);
    expect(await one.read('coils', 0, 9)).toEqual({ ok: true, values: [0, 1, 0, 1, 0, 1, 0, 1, 0] });
    expect(await two.read('discrete', 1, 2)).toEqual({ ok: true, values: [1, 0] });
    expect(await one.write('coils', 4, 1)).toEqual({ ok: true, values: [1] });
    expect(await one.write('holding', 5, 77)).toEqual({ ok: true, values: [77] });
    expect(await one.read('holding', 5, 1)).toEqual({ ok: true, values: [77] });
    expect(await one.read('coils', 4, 1)).toEqual({ ok: true, values: [1] });
    expect(await one.read('holding', 900, 1)).toMatchObject({
      ok: false,
      code: 'modbus-exception',
      bytes: Uint8Array.of(2),
    });
  });

  it('a dead unit loses its own link only; the others go on', async () => {
    using place = ptyLink();
    await using pty = await openPty(place.link.path);
    await using _peer = await startPythonPeer('rtu_peer.py', [pty.devicePath, '1', '2']);
    const bus = createRtuBus(settings(place.link.path));
    await using one = await bus.join(way(1), signal);
    await using two = await bus.join(way(2), signal);
    await using dead = await bus.join(way(9, 100), signal);
    const asked = [one, two].map(async (unit) => {
      const answers = [];
      for (let turn = 0; turn < 20; turn += 1) answers.push(await unit.read('holding', turn, 1));
      return answers;
    });
    await expect(dead.read('holding', 0, 1)).rejects.toMatchObject({ code: 'link-timeout' });
    const [first, second] = await Promise.all(asked);
    expect(first).toEqual(Array.from({ length: 20 }, (_, turn) => ({ ok: true, values: [1000 + turn] })));
    expect(second).toEqual(Array.from({ length: 20 }, (_, turn) => ({ ok: true, values: [2000 + turn] })));
  });

  it('a dead unit that is asked again and again, as fast as may be, leaves the others their turns', async () => {
    using place = ptyLink();
    await using pty = await openPty(place.link.path);
    await using _peer = await startPythonPeer('rtu_peer.py', [pty.devicePath, '1', '2']);
    const bus = createRtuBus(settings(place.link.path));
    await using one = await bus.join(way(1, 1_000), signal);
    await using two = await bus.join(way(2, 1_000), signal);
    const stopper = new AbortController();
    let attempts = 0;
    const insisting = (async () => {
      while (!stopper.signal.aborted) {
        await using dead = await bus.join(way(9, 100), stopper.signal);
        attempts += 1;
        await dead.read('holding', 0, 1).catch(() => undefined);
      }
    })().catch(() => undefined);
    const longestWaitMs = async (unit: typeof one) => {
      let longestMs = 0;
      for (let turn = 0; turn < 10; turn += 1) {
        const askedMs = performance.now();
        expect(await unit.read('holding', turn, 1)).toMatchObject({ ok: true });
        longestMs = Math.max(longestMs, performance.now() - askedMs);
      }
      return longestMs;
    };
    const waits = await Promise.all([one, two].map(longestWaitMs));
    stopper.abort();
    await insisting;
    expect(attempts, 'it was asked all the while').toBeGreaterThan(3);
    // One time-out of the dead unit and as long a quiet after it, the line opened anew, and the other unit's turn.
    expect(Math.max(...waits)).toBeLessThan(1_000);
  });

  it('a unit that comes while the last one leaves is served', async () => {
    using place = ptyLink();
    await using pty = await openPty(place.link.path);
    await using _peer = await startPythonPeer('rtu_peer.py', [pty.devicePath, '1', '2']);
    const bus = createRtuBus(settings(place.link.path));
    for (let turn = 0; turn < 5; turn += 1) {
      const one = await bus.join(way(1, 1_000), signal);
      const leaving = one[Symbol.asyncDispose]();
      await new Promise((resolve) => setImmediate(resolve));
      await using two = await bus.join(way(2, 1_000), signal);
      expect(await two.read('holding', turn, 1)).toEqual({ ok: true, values: [2000 + turn] });
      await leaving;
    }
  });

  it('a busy unit does not keep the others waiting: they take turns', async () => {
    using place = ptyLink();
    await using pty = await openPty(place.link.path);
    await using _peer = await startPythonPeer('rtu_peer.py', [pty.devicePath, '1', '2']);
    const bus = createRtuBus(settings(place.link.path));
    await using greedy = await bus.join(way(1), signal);
    await using modest = await bus.join(way(2), signal);
    const order: string[] = [];
    const many = Array.from({ length: 30 }, () => greedy.read('holding', 0, 1).then(() => order.push('greedy')));
    await modest.read('holding', 0, 1);
    order.push('modest');
    await Promise.all(many);
    expect(order.indexOf('modest')).toBeLessThan(3);
  });
});

/** An answer to a read of one holding register, with its CRC. */
function answer(unit: number, value: number): Buffer {
  const frame = Buffer.from([unit, 3, 2, value >> 8, value & 0xff]);
  const crc = crc16(frame);
  return Buffer.concat([frame, Buffer.from([crc & 0xff, crc >> 8])]);
}

describeWith(['socat'], 'a line with bad manners', () => {
  /** The other end of the line, byte by byte. */
  async function line() {
    await using opened = new AsyncDisposableStack();
    const place = opened.use(ptyLink());
    const pty = opened.use(await openPty(place.link.path));
    const device = await open(pty.devicePath, constants.O_RDWR | constants.O_NOCTTY);
    opened.defer(() => device.close());
    const heard: Buffer[] = [];
    const reading = (async () => {
      const buffer = Buffer.alloc(256);
      while (true) {
        const { bytesRead } = await device.read(buffer, 0, 256, null);
        if (bytesRead === 0) return;
        heard.push(Buffer.from(buffer.subarray(0, bytesRead)));
      }
    })().catch(() => undefined);
    const owned = opened.move();
    return {
      bus: createRtuBus(settings(place.link.path)),
      heard: () => heard.length,
      say: (bytes: Buffer) => device.write(bytes),
      [Symbol.asyncDispose]: async () => {
        // The pending read ends with the line.
        await pty[Symbol.asyncDispose]();
        await reading;
        await owned.disposeAsync();
      },
    };
  }

  it('a late answer is never taken for the next register', async () => {
    await using other = await line();
    await using unit = await other.bus.join(way(1, 500), signal);
    const askedMs = performance.now();
    const first = unit.read('holding', 0, 1);
    const given = expect(first).rejects.toMatchObject({ code: 'link-timeout' });
    await until('the request', () => other.heard() === 1);
    // It comes while the line is kept quiet, as long again as an answer may take: one that is later still has no mark to tell it by.
    await until('its time is over', () => performance.now() - askedMs > 550);
    await other.say(answer(1, 111));
    await given;
    await using again = await other.bus.join(way(1, 1_000), signal);
    const second = again.read('holding', 1, 1);
    await until('the next request', () => other.heard() === 2);
    await other.say(answer(1, 222));
    expect(await second).toEqual({ ok: true, values: [222] });
  });

  it('noise before an answer does no harm; noise instead of one is refused with its bytes, and the unit keeps its link', async () => {
    await using other = await line();
    await using unit = await other.bus.join(way(1, 300), signal);
    const noisy = unit.read('holding', 0, 1);
    await until('the request', () => other.heard() === 1);
    await other.say(Buffer.concat([Buffer.from([0xff, 0x00, 1]), answer(1, 7)]));
    expect(await noisy).toEqual({ ok: true, values: [7] });

    const garbled = unit.read('holding', 0, 1);
    await until('the request', () => other.heard() === 2);
    await other.say(Buffer.from([1, 3, 2, 0, 9, 0xde, 0xad]));
    const refused = await garbled;
    expect(refused).toMatchObject({ ok: false, code: 'bad-frame' });
    expect(!refused.ok && Buffer.from(refused.bytes).toString('hex')).toBe('01030200' + '09dead');

    const next = unit.read('holding', 0, 1);
    await until('the request', () => other.heard() === 3);
    await other.say(answer(1, 8));
    expect(await next).toEqual({ ok: true, values: [8] });
  });

  it('an answer of another unit is none of ours', async () => {
    await using other = await line();
    await using unit = await other.bus.join(way(1, 200), signal);
    const asked = unit.read('holding', 0, 1);
    await until('the request', () => other.heard() === 1);
    await other.say(answer(2, 7));
    expect(await asked).toMatchObject({ ok: false, code: 'bad-frame' });
  });
});

it('speaks RTU to a serial device server in raw mode', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (request) => socket.write(answer(request[0] ?? 0, 500 + (request[3] ?? 0))));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const bus = createRtuBus(settings(`tcp://127.0.0.1:${port}`));
  const unit = await bus.join(way(3), signal);
  expect(await unit.read('holding', 4, 1)).toEqual({ ok: true, values: [504] });
  await unit[Symbol.asyncDispose]();
  server.close();
  await once(server, 'close');
});

it('a line that is not there is refused by name', async () => {
  const bus = createRtuBus(settings('/dev/no-such-line'));
  await expect(bus.join(way(1), signal)).rejects.toMatchObject({
    code: 'link-refused',
    message: expect.stringContaining('/dev/no-such-line'),
  });
});
