import modbus from 'modbus-serial';
import type { ModbusTcpLink } from '../../src/domain/link.ts';
import { LanewatchError, messageOf } from '../../src/errors.ts';
import { connectSocket } from './socket.ts';

/** An answer must be there by then; the link is given up otherwise, so that a late one is never taken for the next. */
const answerTimeoutMs = 2_000;

/** What the device answered: registers, or the exception it refused with. */
export type ModbusAnswer =
  | { readonly ok: true; readonly registers: readonly number[] }
  | { readonly ok: false; readonly code: 'modbus-exception'; readonly reason: string };

/** One connection to one unit, one request in flight. Every method throws `link-lost` or `link-timeout` once it is gone. */
export interface ModbusLink extends AsyncDisposable {
  /** Function 03; `address` is the PDU's, counted from 0. */
  readHolding(address: number, count: number): Promise<ModbusAnswer>;
}

/**
 * Opens a Modbus TCP link. The library's habits are contained here: it has no time-out of its own, leaves requests
 * pending when the socket goes, and throws things that are no errors. So each connection gets its own client, each
 * call races the socket's end and a deadline, and after a time-out or a malformed answer the link is gone for good.
 */
export async function openModbusTcp(link: ModbusTcpLink, signal: AbortSignal): Promise<ModbusLink> {
  const address = `${link.host}:${link.port}`;
  const socket = await connectSocket(link.host, link.port, signal);
  const gone = Promise.withResolvers<never>();
  // Nobody may be waiting when it goes.
  gone.promise.catch(() => undefined);
  const stop = () => gone.reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  socket.on('error', (error) =>
    gone.reject(new LanewatchError('link-lost', `${address}: ${error.message}`, { cause: error })),
  );
  socket.on('close', () => gone.reject(new LanewatchError('link-lost', `${address} closed the connection`)));

  const client = new modbus.default();
  client.on('error', (error) => gone.reject(new LanewatchError('link-lost', `${address}: ${messageOf(error)}`)));
  await client.linkTCP(socket, { port: link.port });
  client.setID(link.unit);
  client.setTimeout(answerTimeoutMs);

  let previous: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(request: () => Promise<T>): Promise<T> => {
    const turn = previous.then(request);
    previous = turn.catch(() => undefined);
    return turn;
  };
  const giveUp = (error: LanewatchError): LanewatchError => {
    gone.reject(error);
    socket.destroy();
    return error;
  };

  return {
    readHolding: (at, count) =>
      inTurn(async () => {
        try {
          const { data } = await Promise.race([client.readHoldingRegisters(at, count), gone.promise]);
          return { ok: true, registers: data };
        } catch (thrown) {
          if (thrown instanceof LanewatchError || signal.aborted) throw thrown;
          const exception = exceptionOf(thrown);
          if (exception !== null) {
            return { ok: false, code: 'modbus-exception', reason: `read of ${count} at ${at}: ${exception}` };
          }
          const timedOut = messageOf(thrown).includes('Timed out');
          const code = timedOut ? 'link-timeout' : 'link-lost';
          throw giveUp(
            new LanewatchError(code, `${address}: read of ${count} at ${at}: ${messageOf(thrown)}`, { cause: thrown }),
          );
        }
      }),
    [Symbol.asyncDispose]: async () => {
      signal.removeEventListener('abort', stop);
      socket.destroy();
    },
  };
}

/** The text of an exception response (function code with the high bit), or null for anything else. */
function exceptionOf(thrown: unknown): string | null {
  if (typeof thrown !== 'object' || thrown === null || !('modbusCode' in thrown)) return null;
  return thrown.modbusCode === undefined ? null : messageOf(thrown);
}
