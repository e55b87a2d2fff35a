import { once } from 'node:events';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import modbus from 'modbus-serial';
import type { Link, ModbusRtuLink, ModbusTcpLink } from '../src/domain/link.ts';
import { createFaults, type Faults, type SimulatedWire } from './faults.ts';
import { freePort } from './free-port.ts';
import { openPty } from './pty.ts';
import { openTcpServer } from './tcp-server.ts';

export type Table = 'coils' | 'discrete' | 'holding' | 'input';

/** The device's side of a Modbus link: one unit with its four tables; what was never set is 0. Its frames are its answers. */
export interface ModbusServer extends SimulatedWire {
  readonly tables: Readonly<Record<Table, Map<number, number>>>;
  /** Answers everything with exception 4, server device failure. */
  fail(on: boolean): void;
}

type Vector = ConstructorParameters<typeof modbus.ServerTCP>[0];
const loopback = '127.0.0.1';
/** Bytes before the unit identifier (Modbus Messaging on TCP/IP 1.0b, 3.1.3); the length of the rest is at byte 4. */
const headBytes = 6;

/** Serves `modbus-tcp`, or `modbus-rtu` on a pseudo-terminal of its own. */
export async function openModbusServer(link: Link): Promise<ModbusServer> {
  if (link.type !== 'modbus-tcp' && link.type !== 'modbus-rtu')
    throw new Error(`Modbus is not spoken over ${link.type}`);
  const tables = {
    coils: new Map(),
    discrete: new Map(),
    holding: new Map(),
    input: new Map(),
  } as const satisfies Record<Table, Map<number, number>>;
  let failing = false;
  // All values of a request are looked up in one turn, so that none is torn.
  const answer = <T>(value: () => T): Promise<T> => {
    if (failing) throw Object.assign(new Error('server device failure'), { modbusErrorCode: 4 });
    return Promise.resolve(value());
  };
  const at = (table: Table) => (address: number) => answer(() => tables[table].get(address) ?? 0);
  const isSet = (table: Table) => (address: number) => answer(() => tables[table].get(address) === 1);
  const put = (table: Table, address: number, value: number) => answer(() => void tables[table].set(address, value));
  const vector: Vector = {
    getHoldingRegister: at('holding'),
    getInputRegister: at('input'),
    getCoil: isSet('coils'),
    getDiscreteInput: isSet('discrete'),
    setCoil: (address: number, on: boolean) => put('coils', address, Number(on)),
    setRegister: (address: number, value: number) => put('holding', address, value),
  };
  const wire = await (link.type === 'modbus-rtu' ? serveLine(vector, link) : serveTcp(vector, link));
  const fail = (on: boolean) => {
    failing = on;
  };
  return { ...wire, tables, fail };
}

/** The library answers at a port of its own; its answers pass the faults on their way out. */
async function serveTcp(vector: Vector, link: ModbusTcpLink): Promise<SimulatedWire> {
  const port = await freePort(loopback);
  const server = new modbus.ServerTCP(vector, { host: loopback, port, unitID: Number(link.unit) });
  // A client that goes away in mid-answer, an exception we meant to answer: nothing a device stops for.
  server.on('socketError', () => undefined).on('error', () => undefined);
  await once(server, 'initialized');
  const faults = createFaults({ drop: () => front.drop(), damage: otherFunction });
  const front = await openTcpServer(link, (client) => join(client, port, faults));
  return {
    link: { ...link, port: front.port },
    fault: faults.fault,
    [Symbol.asyncDispose]: async () => {
      faults[Symbol.dispose]();
      await front[Symbol.asyncDispose]();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function join(client: Socket, port: number, faults: Faults): void {
  const back = connect(port, loopback);
  client.on('close', () => back.destroy());
  back.on('error', () => undefined).on('close', () => client.destroy());
  client.pipe(back);
  let heard: Buffer = Buffer.alloc(0);
  back.on('data', (chunk: Buffer) => {
    heard = Buffer.concat([heard, chunk]);
    while (heard.length > headBytes && heard.length >= headBytes + heard.readUInt16BE(4)) {
      const size = headBytes + heard.readUInt16BE(4);
      void faults.pass(heard.subarray(0, size), (bytes) => client.write(bytes));
      heard = heard.subarray(size);
    }
  });
}

/** Over TCP nothing sums the data up: only an answer to something else is known as bad. */
function otherFunction(answer: Uint8Array): Uint8Array {
  return Uint8Array.from(answer).fill(0xff, headBytes + 1, headBytes + 2);
}

async function serveLine(vector: Vector, { path, baudRate, unit, ...rest }: ModbusRtuLink): Promise<SimulatedWire> {
  const plug = async () => {
    const pty = await openPty(path);
    const device = await open(pty.devicePath, constants.O_WRONLY | constants.O_NOCTTY);
    const portResponse = { write: (answer: Buffer) => void faults.pass(answer, (bytes) => device.write(bytes)) };
    const options = { path: pty.devicePath, baudRate, unitID: Number(unit), portResponse };
    const server = new modbus.ServerSerial(vector, options);
    server.on('error', () => undefined).on('socketError', () => undefined);
    await once(server, 'initialized');
    return { pty, device, server };
  };
  const unplug = async () => {
    await new Promise<void>((resolve) => plugged.server.close(() => resolve()));
    await plugged.device.close();
    await plugged.pty[Symbol.asyncDispose]();
  };
  const faults = createFaults({
    drop: async () => {
      await unplug();
      plugged = await plug();
    },
  });
  let plugged = await plug();
  return {
    link: { path, baudRate, unit, ...rest },
    fault: faults.fault,
    [Symbol.asyncDispose]: async () => {
      faults[Symbol.dispose]();
      await unplug();
    },
  };
}
