import type { ModbusTcpLink } from '../../src/domain/link.ts';
import { LanewatchError, messageOf } from '../../src/errors.ts';
import type { ModbusAnswer, ModbusLink } from '../../src/ports/wire.ts';
import { type ModbusRequest, modbusClient } from './modbus-client.ts';
import { connectSocket } from './socket.ts';

/** The longest frame (Modbus Messaging on TCP/IP 1.0b, 4.1). */
const mostBytes = 260;

export interface UnitWay {
  readonly unit: number;
  readonly answerTimeoutMs: number;
}

/**
 * Opens a Modbus TCP link of its own to one unit. After a time-out or a malformed answer the link is gone for good: a
 * late answer is never taken for the next one. What is heard and is no answer is refused with its bytes before that.
 */
export async function openModbusTcp(link: ModbusTcpLink, way: UnitWay, signal: AbortSignal): Promise<ModbusLink> {
  const address = `${link.host}:${link.port}`;
  const socket = await connectSocket(link, signal);
  const gone = Promise.withResolvers<never>();
  // Nobody may be waiting when it goes.
  gone.promise.catch(() => undefined);
  const stop = () => gone.reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  socket.on('error', (error) =>
    gone.reject(new LanewatchError('link-lost', `${address}: ${error.message}`, { cause: error })),
  );
  socket.on('close', () => gone.reject(new LanewatchError('link-lost', `${address} closed the connection`)));
  const client = await modbusClient({ socket }, address, gone.promise);
  let heard: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    heard = Buffer.concat([heard, chunk]).subarray(-mostBytes);
  });

  let previous: Promise<unknown> = Promise.resolve();
  const inTurn = (request: Omit<ModbusRequest, 'unit' | 'answerTimeoutMs'>): Promise<ModbusAnswer> => {
    const turn = previous.then(async () => {
      heard = Buffer.alloc(0);
      try {
        return await client.request({ ...request, ...way });
      } catch (error) {
        // Closed by the peer or told to stop: nothing is wrong with what was heard.
        const whole = socket.destroyed || heard.length === 0;
        gone.reject(error);
        socket.destroy();
        if (whole) throw error;
        return {
          ok: false as const,
          code: 'bad-frame' as const,
          reason: `no answer: ${messageOf(error)}`,
          bytes: heard,
        };
      }
    });
    previous = turn.catch(() => undefined);
    return turn;
  };

  return {
    read: (table, at, count) => inTurn({ table, address: at, count }),
    write: (table, at, value) => inTurn({ table, address: at, count: 1, value }),
    [Symbol.asyncDispose]: async () => {
      signal.removeEventListener('abort', stop);
      socket.destroy();
    },
  };
}
