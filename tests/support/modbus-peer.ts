import { freePort } from '../../simulators/free-port.ts';
import type { ModbusTable } from '../../src/ports/wire.ts';
import { startPythonPeer } from './python-peer.ts';

/** A pymodbus server with one unit whose values the test sets. */
export async function startModbusPeer(unit: number) {
  const port = await freePort('127.0.0.1');
  const peer = await startPythonPeer('modbus_peer.py', [String(port), String(unit)]);
  return {
    link: { type: 'modbus-tcp', host: '127.0.0.1', port, unit } as const,
    set: (table: ModbusTable, address: number, value: number) => peer.tell(`set ${table} ${address} ${value}`),
    [Symbol.asyncDispose]: () => peer[Symbol.asyncDispose](),
  };
}
