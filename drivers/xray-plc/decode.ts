import type { PlcOptions } from './options.ts';

export type Inputs = Readonly<Record<keyof PlcOptions['inputs'], boolean>>;

/** The result register (sheet xray-plc). */
export const results = ['none', 'clear', 'reject', 'unknown', 'timeout'] as const;
export type Result = (typeof results)[number];

/** The scan block of one poll. */
export interface ScanBlock {
  readonly counter: number;
  readonly result: Result;
  /** Ten digits; null: not read. */
  readonly bagTag: string | null;
  /** The tag's registers, in hex, where they hold anything but digits. */
  readonly badTag: string | null;
}

export type Decoded =
  | { readonly ok: true; readonly block: ScanBlock }
  | { readonly ok: false; readonly code: string; readonly reason: string };

/** What is to be read in one request. */
export interface Span {
  readonly address: number;
  readonly count: number;
}

export function inputSpan({ inputs }: PlcOptions): Span {
  return spanOf(Object.values(inputs));
}

export function registerSpan({ registers: { counter, result, bagTag } }: PlcOptions): Span {
  return spanOf([counter, counter + 1, result, bagTag + 4, bagTag]);
}

function spanOf(addresses: readonly number[]): Span {
  const address = Math.min(...addresses);
  return { address, count: Math.max(...addresses) - address + 1 };
}

/** Bits of `inputSpan` → the signals by name. Pure. */
export function decodeInputs(bits: readonly number[], options: PlcOptions): Inputs {
  const { address } = inputSpan(options);
  const entries = Object.entries(options.inputs).map(([name, at]) => [name, bits[at - address] === 1]);
  return Object.fromEntries(entries) as Inputs;
}

/** Registers of `registerSpan` → the scan, or a refusal. A bad tag does not spoil its scan. Pure; never throws. */
export function decodeScan(registers: readonly number[], options: PlcOptions): Decoded {
  const { address, count } = registerSpan(options);
  if (registers.length < count) {
    return { ok: false, code: 'short-block', reason: `${registers.length} registers, ${count} expected` };
  }
  const at = (register: number) => registers[register - address] ?? 0;
  const { counter, result, bagTag } = options.registers;
  const [first, second] = [at(counter), at(counter + 1)];
  const counted = options.counterOrder === 'high-first' ? first * 0x1_0000 + second : second * 0x1_0000 + first;
  const word = results[at(result)];
  if (word === undefined) return { ok: false, code: 'unknown-result', reason: `result ${at(result)} is not 0 to 4` };
  const words = [0, 1, 2, 3, 4].map((offset) => at(bagTag + offset));
  const text = words.map((value) => String.fromCharCode(value >> 8, value & 0xff)).join('');
  const unread = words.every((value) => value === 0) || text === '0000000000';
  const good = /^\d{10}$/.test(text);
  return {
    ok: true,
    block: {
      counter: counted,
      result: word,
      bagTag: good && !unread ? text : null,
      badTag: good || unread ? null : words.map((value) => value.toString(16).padStart(4, '0')).join(' '),
    },
  };
}
