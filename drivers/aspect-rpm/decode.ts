import { blockLength, description, inputBits, occupiedBits, offsets, outputBits, statusBits } from './registers.ts';

/** Which register of a 32-bit value comes first. */
export type WordOrder = 'low-first' | 'high-first';

export interface Channel {
  readonly alarm: boolean;
  readonly status: Readonly<Record<keyof typeof statusBits, boolean>>;
  readonly count: number;
  readonly background: number;
  readonly variance: number;
}

/** One poll of the monitor. */
export interface MonitorBlock {
  readonly elapsed: number;
  readonly occupied: boolean;
  readonly inputs: Readonly<Record<keyof typeof inputBits, boolean>>;
  readonly outputs: Readonly<Record<keyof typeof outputBits, boolean>>;
  readonly gamma: Channel;
  readonly neutron: Channel;
  readonly objectCounter: number;
  readonly objectMark: number;
  readonly speedMms: number;
}

export type Decoded<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: string; readonly reason: string };

/** A background or variance above this, below zero or not a number is no measurement (sheet). */
const mostPlausible = 1e7;

/** Registers of the monitor block → its values, or a named refusal. Pure; never throws. */
export function decodeBlock(registers: readonly number[], order: WordOrder): Decoded<MonitorBlock> {
  if (registers.length < blockLength) {
    return { ok: false, code: 'short-block', reason: `${registers.length} registers, ${blockLength} expected` };
  }
  const gamma = channel(registers, offsets.gammaStatus, order);
  const neutron = channel(registers, offsets.neutronStatus, order);
  for (const [name, { background, variance }] of [
    ['gamma', gamma],
    ['neutron', neutron],
  ] as const) {
    for (const [what, value] of [
      ['background', background],
      ['variance', variance],
    ] as const) {
      if (!(value >= 0 && value <= mostPlausible)) {
        return { ok: false, code: 'implausible', reason: `${name} ${what} is ${value}` };
      }
    }
  }
  const inputs = at(registers, offsets.inputs);
  const value: MonitorBlock = {
    elapsed: unsigned32(registers, offsets.elapsed, order),
    occupied: (inputs & occupiedBits) !== 0,
    inputs: flags(inputs, inputBits),
    outputs: flags(at(registers, offsets.outputs), outputBits),
    gamma,
    neutron,
    objectCounter: at(registers, offsets.objectCounter),
    objectMark: at(registers, offsets.objectMark),
    speedMms: at(registers, offsets.objectSpeed),
  };
  return { ok: true, value };
}

/** Where the monitor block is, from the device description; null when that does not make sense. */
export function decodeDescription(
  registers: readonly number[],
): { readonly monitorId: number; readonly address: number } | null {
  const address = at(registers, description.blockAddress);
  const length = at(registers, description.blockLength);
  if (registers.length < description.length || length < blockLength || address === 0 || address + length > 0x1_0000)
    return null;
  return { monitorId: at(registers, description.monitorId), address };
}

/** The registers as the bytes they were on the wire: big endian. */
export function bytesOf(registers: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(registers.length * 2);
  const view = new DataView(bytes.buffer);
  for (const [index, register] of registers.entries()) view.setUint16(index * 2, register);
  return bytes;
}

function channel(registers: readonly number[], statusAt: number, order: WordOrder): Channel {
  const status = flags(at(registers, statusAt), statusBits);
  return {
    alarm: status.alarm1 || status.alarm2,
    status,
    count: unsigned32(registers, statusAt + 1, order),
    background: float32(registers, statusAt + 3, order),
    variance: float32(registers, statusAt + 5, order),
  };
}

function at(registers: readonly number[], index: number): number {
  return (registers[index] ?? 0) & 0xffff;
}

function unsigned32(registers: readonly number[], index: number, order: WordOrder): number {
  const [first, second] = [at(registers, index), at(registers, index + 1)];
  return order === 'low-first' ? second * 0x1_0000 + first : first * 0x1_0000 + second;
}

function float32(registers: readonly number[], index: number, order: WordOrder): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, unsigned32(registers, index, order));
  return view.getFloat32(0);
}

function flags<Names extends string>(
  word: number,
  bits: Readonly<Record<Names, number>>,
): Readonly<Record<Names, boolean>> {
  const entries = Object.entries<number>(bits).map(([name, bit]) => [name, (word & bit) !== 0]);
  return Object.fromEntries(entries) as Record<Names, boolean>;
}
