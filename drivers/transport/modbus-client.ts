import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import modbus from 'modbus-serial';
import { LanewatchError, messageOf } from '../../src/errors.ts';
import type { ModbusAnswer, ModbusTable } from '../../src/ports/wire.ts';
import { lifeOf } from './life.ts';

/** One request to one unit. A `value` makes it a write. */
export interface ModbusRequest {
  readonly unit: number;
  readonly table: ModbusTable;
  readonly address: number;
  /** 1 for a write. */
  readonly count: number;
  readonly value?: number;
  readonly answerTimeoutMs: number;
}

/** A line in RTU framing, as modbus-serial drives it: whole frames in and out, emitted as `data`. */
export interface RtuPort extends EventEmitter {
  readonly isOpen: boolean;
  open(callback: (error?: Error | null) => void): void;
  close(callback?: (error?: Error | null) => void): void;
  write(frame: Buffer): void;
}

/** One client of modbus-serial for the life of one connection. Requests must come one at a time. */
export interface ModbusClient {
  /** Throws `link-timeout` or `link-lost`; after that the connection is good for nothing. */
  request(request: ModbusRequest): Promise<ModbusAnswer>;
}

/**
 * The library's habits are contained here: it has no time-out of its own, leaves requests pending when the connection goes,
 * and throws things that are no errors. So each call waits no longer than `gone` (which rejects when the connection ends) and a deadline.
 */
export async function modbusClient(
  line: { readonly socket: Socket } | { readonly port: RtuPort },
  name: string,
  gone: Promise<never>,
): Promise<ModbusClient> {
  const client = 'port' in line ? new modbus.default(line.port) : new modbus.default();
  // What goes wrong with the connection is told by the connection itself.
  client.on('error', () => undefined);
  if ('socket' in line) await client.linkTCP(line.socket, { port: line.socket.remotePort ?? 502 });
  else await new Promise<void>((resolve) => client.open(() => resolve()));
  const during = lifeOf(gone);
  return {
    request: async (request) => {
      client.setID(request.unit);
      client.setTimeout(request.answerTimeoutMs);
      const what = `${request.value === undefined ? 'read' : 'write'} of ${request.count} at ${request.address}`;
      try {
        const values = await during(send(client, request));
        return { ok: true, values };
      } catch (thrown) {
        if (thrown instanceof LanewatchError) throw thrown;
        const exception = exceptionOf(thrown);
        if (exception !== null) {
          const bytes = Uint8Array.of(exception);
          return { ok: false, code: 'modbus-exception', reason: `${what}: ${messageOf(thrown)}`, bytes };
        }
        const code = messageOf(thrown).includes('Timed out') ? 'link-timeout' : 'link-lost';
        const detail = `${name}: unit ${request.unit}, ${request.table}: ${what}: ${messageOf(thrown)}`;
        throw new LanewatchError(code, detail, { cause: thrown });
      } finally {
        // It would keep the last 256 requests with all they held; one is in flight at a time, so none is needed any more.
        Reflect.set(client, '_transactions', {});
      }
    },
  };
}

async function send(
  client: InstanceType<typeof modbus.default>,
  { table, address, count, value }: ModbusRequest,
): Promise<readonly number[]> {
  if (value !== undefined) {
    if (table === 'coils') await client.writeCoil(address, value !== 0);
    else await client.writeRegister(address, value);
    return [value];
  }
  switch (table) {
    case 'coils':
      return bits((await client.readCoils(address, count)).data, count);
    case 'discrete':
      return bits((await client.readDiscreteInputs(address, count)).data, count);
    case 'holding':
      return (await client.readHoldingRegisters(address, count)).data;
    case 'input':
      return (await client.readInputRegisters(address, count)).data;
    default:
      return table satisfies never;
  }
}

/** The answer is padded to whole bytes. */
function bits(data: readonly boolean[], count: number): readonly number[] {
  return data.slice(0, count).map(Number);
}

/** The code of an exception response (function code with the high bit), or null for anything else. */
function exceptionOf(thrown: unknown): number | null {
  if (typeof thrown !== 'object' || thrown === null || !('modbusCode' in thrown)) return null;
  return typeof thrown.modbusCode === 'number' ? thrown.modbusCode : null;
}
