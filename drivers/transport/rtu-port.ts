import { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import type { RtuPort } from './modbus-client.ts';

/** A frame is at most this long (Modbus over Serial Line 1.02, 2.5.1). */
const mostBytes = 256;
const exceptionBytes = 5;

/** An RTU line over a stream, and the bytes heard since the last request that were no answer to it. */
export interface HeardRtuPort extends RtuPort {
  heard(): Uint8Array;
}

/**
 * RTU framing (Modbus over Serial Line 1.02, 2.5.1) over a serial line or a device server's socket. Every request begins with
 * an empty buffer; an answer is taken where unit, function, length and CRC-16 all fit, so that noise before it does no
 * harm. Anything else is no answer, and the request runs into its time-out.
 */
export function rtuPort(stream: Duplex): HeardRtuPort {
  let buffer: Buffer = Buffer.alloc(0);
  let request: Buffer = Buffer.alloc(0);
  const port = Object.assign(new EventEmitter(), {
    isOpen: true,
    open: (callback: (error?: Error | null) => void) => callback(),
    close: (callback?: (error?: Error | null) => void) => callback?.(),
    write: (frame: Buffer) => {
      buffer = Buffer.alloc(0);
      request = frame;
      stream.write(frame);
    },
    heard: () => buffer,
  });
  stream.on('data', (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk]).subarray(-mostBytes);
    const answer = findAnswer(buffer, request);
    if (answer === null) return;
    buffer = Buffer.alloc(0);
    request = Buffer.alloc(0);
    port.emit('data', answer);
  });
  return port;
}

/** The answer to a request within what was heard, or null. Pure. */
export function findAnswer(heard: Buffer, request: Buffer): Buffer | null {
  if (request.length < 4) return null;
  const [unit = 0, code = 0] = request;
  const length = answerBytes(request);
  for (let at = 0; at + exceptionBytes <= heard.length; at += 1) {
    if (heard[at] !== unit) continue;
    const size = heard[at + 1] === code ? length : heard[at + 1] === (code | 0x80) ? exceptionBytes : 0;
    const frame = heard.subarray(at, at + size);
    const counted = heard[at + 1] !== code || code > 4 || heard[at + 2] === size - exceptionBytes;
    if (size > 0 && counted && frame.length === size && crc16(frame.subarray(0, -2)) === frame.readUInt16LE(size - 2)) {
      return frame;
    }
  }
  return null;
}

/** How long a good answer is: unit, function, byte count, data, CRC for reads; the request again for single writes. */
function answerBytes(request: Buffer): number {
  const code = request[1] ?? 0;
  const count = request.readUInt16BE(4);
  if (code === 1 || code === 2) return exceptionBytes + Math.ceil(count / 8);
  if (code === 3 || code === 4) return exceptionBytes + count * 2;
  return 8;
}

/** CRC-16 of Modbus over Serial Line 1.02, 6.2.2: polynomial 0xA001, start 0xFFFF. */
export function crc16(bytes: Uint8Array): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  }
  return crc;
}
