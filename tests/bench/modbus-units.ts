import type { Socket } from 'node:net';
import { at, createRegisterFile, inputs, status } from '../../simulators/aspect-registers.ts';

/** A monitor with somebody in it, whose counts stand still. */
const words = new Map<number, number>();
const registers = createRegisterFile(words);
for (const channel of [at.gamma, at.neutron]) {
  registers.set(channel.status, status.ready);
  registers.long(channel.count, 400);
  registers.float(channel.background, 400);
  registers.float(channel.variance, 400);
}
registers.change(at.inputs, inputs.occup0, true);

const headerLength = 12;
const blockAddress = 100;

/**
 * Answers function 03 on one connection, as little as a Modbus TCP unit must (requests come whole and one at a time), and
 * tells the milliseconds between each two polls of the monitor block.
 */
export function answerModbus(socket: Socket, polled: (intervalMs: number) => void): void {
  let lastMs: number | null = null;
  socket.on('error', () => undefined);
  socket.on('data', (request) => {
    if (request.length < headerLength) return;
    const address = request.readUInt16BE(8);
    const count = request.readUInt16BE(10);
    if (address === blockAddress) {
      const nowMs = performance.now();
      if (lastMs !== null) polled(nowMs - lastMs);
      lastMs = nowMs;
    }
    const answer = Buffer.alloc(9 + 2 * count);
    // Transaction, protocol, length, unit, function, number of bytes.
    request.copy(answer, 0, 0, 8);
    answer.writeUInt16BE(3 + 2 * count, 4);
    answer[8] = 2 * count;
    for (let index = 0; index < count; index += 1) {
      answer.writeUInt16BE(words.get(address + index) ?? 0, 9 + 2 * index);
    }
    socket.write(answer);
  });
}
