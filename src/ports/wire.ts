import type { BusMessage, Publisher, Will } from './message-bus.ts';

/**
 * A stream of bytes from a device. Iterating reads with back-pressure and throws `link-lost` when the link ends, as
 * long as the signal it was opened with has not aborted; then iteration just ends.
 */
export interface ByteLink extends AsyncIterable<Uint8Array>, AsyncDisposable {}

/** The four tables of Modbus: bits that can be written and that cannot, registers that can be written and that cannot. */
export type ModbusTable = 'coils' | 'discrete' | 'holding' | 'input';

/**
 * What the device answered: registers (0–65535) or bits (0 and 1); an exception; on a serial line also bytes that are no
 * answer, as they came.
 */
export type ModbusAnswer =
  | { readonly ok: true; readonly values: readonly number[] }
  | {
      readonly ok: false;
      readonly code: 'modbus-exception' | 'bad-frame';
      readonly reason: string;
      readonly bytes: Uint8Array;
    };

/**
 * One unit, one request in flight. `address` is the PDU's, counted from 0. Every method throws `link-lost` or `link-timeout` once
 * the unit does not answer or the line is gone; the link is then given up, so that a late answer is never taken for
 * another.
 */
export interface ModbusLink extends AsyncDisposable {
  /** Functions 01 to 04. */
  read(table: ModbusTable, address: number, count: number): Promise<ModbusAnswer>;
  /** Function 05 for a coil (0 or 1), 06 for a holding register. */
  write(table: 'coils' | 'holding', address: number, value: number): Promise<ModbusAnswer>;
}

/** Where the link's own settings do not do: another unit than the configured one, less patience (milliseconds). */
export interface ModbusWay {
  readonly unit?: number;
  readonly answerTimeoutMs?: number;
}

/**
 * How one device is reached, whatever carries it: a real link, one that is recorded, or a recording played back. Each
 * method opens the link for one attempt and throws `link-refused` or `link-timeout` naming the address, or
 * `configuration-fault` where the device's link is of another kind.
 */
export interface Wire {
  /** What the configuration says of the Modbus unit: `scan` where the driver is to look for it; null on other links. */
  readonly modbusUnit: number | 'scan' | null;
  /** `tcp` and `serial`. */
  bytes(signal: AbortSignal): Promise<ByteLink>;
  /** `modbus-tcp` and `modbus-rtu`. */
  modbus(signal: AbortSignal, way?: ModbusWay): Promise<ModbusLink>;
  /** `mqtt` and `folder`: one document per message. Ends when the signal aborts, throws when the link is lost. */
  messages(signal: AbortSignal): Promise<AsyncIterable<BusMessage>>;
  /** `mqtt`, the sending direction: a client of its own by this name. */
  publisher(signal: AbortSignal, sender: { readonly name: string; readonly will: Will }): Promise<Publisher>;
}
