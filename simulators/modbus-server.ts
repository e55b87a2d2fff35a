import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import modbus from 'modbus-serial';
import type { Link } from '../src/domain/link.ts';
import { freePort } from './free-port.ts';
import { openPty } from './pty.ts';

export type Table = 'coils' | 'discrete' | 'holding' | 'input';

/** The device's side of a Modbus link: one unit with its four tables; what was never set is 0. */
export interface ModbusServer extends AsyncDisposable {
  readonly link: Link;
  readonly tables: Readonly<Record<Table, Map<number, number>>>;
  /** Takes requests and answers none of them. */
  freeze(on: boolean): void;
  /** Answers everything with exception 4, server device failure. */
  fail(on: boolean): void;
  /** Answers so much later. */
  delay(ms: number): void;
  /** Cuts the connections (TCP) and is there again. */
  drop(): Promise<void>;
}

type Vector = ConstructorParameters<typeof modbus.ServerTCP>[0];

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
  let [frozen, failing, delayMs] = [false, false, 0];
  // All values of a request are looked up in one turn, so that none is torn.
  const answer = <T>(value: () => T): Promise<T> => {
    if (failing) throw Object.assign(new Error('server device failure'), { modbusErrorCode: 4 });
    if (frozen) return new Promise(() => undefined);
    return delayMs > 0 ? wait(delayMs).then(value) : Promise.resolve(value());
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
  const unitID = Number(link.unit);
  const faults = {
    freeze: (on: boolean) => {
      frozen = on;
    },
    fail: (on: boolean) => {
      failing = on;
    },
    delay: (ms: number) => {
      delayMs = ms;
    },
  };

  if (link.type === 'modbus-rtu') {
    const { path, baudRate } = link;
    const pty = await openPty(path);
    const server = new modbus.ServerSerial(vector, { path: pty.devicePath, baudRate, unitID });
    server.on('error', () => undefined).on('socketError', () => undefined);
    await once(server, 'initialized');
    const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
    const end = async () => {
      await close();
      await pty[Symbol.asyncDispose]();
    };
    return { link, tables, ...faults, drop: async () => undefined, [Symbol.asyncDispose]: end };
  }
  const port = await freePort(link.host, link.port);
  const listen = async () => {
    const opened = new modbus.ServerTCP(vector, { host: link.host, port, unitID });
    // A client that goes away in mid-answer, an exception we meant to answer: nothing a device stops for.
    opened.on('socketError', () => undefined).on('error', () => undefined);
    await once(opened, 'initialized');
    return opened;
  };
  let server = await listen();
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  const drop = async () => {
    await close();
    server = await listen();
  };
  return { link: { ...link, port }, tables, ...faults, drop, [Symbol.asyncDispose]: close };
}
