import type { ModbusTcpLink } from '../../src/domain/link.ts';
import { LanewatchError } from '../../src/errors.ts';
import type { ModbusAnswer, ModbusLink } from '../../src/ports/wire.ts';
import { type ModbusRequest, modbusClient } from './modbus-client.ts';
import { connectSocket } from './socket.ts';

export interface UnitWay {
  readonly unit: number;
  readonly answerTimeoutMs: number;
}

/**
 * Opens a Modbus TCP link of its own to one unit. After a time-out or a malformed answer the link is gone for good: a
 * late answer is never taken for the next one.
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

  let previous: Promise<unknown> = Promise.resolve();
  const inTurn = (request: Omit<ModbusRequest, 'unit' | 'answerTimeoutMs'>): Promise<ModbusAnswer> => {
    const turn = previous.then(async () => {
      try {
        return await client.request({ ...request, ...way });
      } catch (error) {
        gone.reject(error);
        socket.destroy();
        throw error;
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
