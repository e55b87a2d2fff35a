import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';

/** A device's connection as the broker sees it. */
export interface GuardedConnection {
  readonly stream: Duplex;
  /** Counts one unacknowledged message until the returned function is called. */
  occupy(bytes: number): () => void;
}

/**
 * Keeps one device from filling the memory: ends the connection at the first packet whose header announces more than
 * `packetBytes`, and reads nothing while `window` is full (TCP then makes the device wait).
 */
export function guardConnection(
  socket: Socket,
  limits: { readonly packetBytes: number; readonly window: { readonly messages: number; readonly bytes: number } },
): GuardedConnection {
  const measure = createPacketMeter();
  let messages = 0;
  let bytes = 0;
  const hasRoom = () => messages < limits.window.messages && bytes < limits.window.bytes;

  const stream = new Duplex({
    read: () => {
      if (hasRoom()) socket.resume();
    },
    writev: (chunks, done) => socket.write(Buffer.concat(chunks.map(({ chunk }) => chunk)), done),
    final: (done) => socket.end(done),
    destroy: (error, done) => {
      socket.destroy();
      done(error);
    },
  });
  socket.on('data', (chunk) => {
    if (measure(chunk) > limits.packetBytes) {
      stream.destroy(new Error(`a packet of more than ${limits.packetBytes} bytes`));
    } else if (!stream.push(chunk)) socket.pause();
  });
  socket.on('end', () => stream.push(null));
  socket.on('error', (error) => stream.destroy(error));
  socket.on('close', () => stream.destroy());

  return {
    stream,
    occupy(size) {
      messages += 1;
      bytes += size;
      if (!hasRoom()) socket.pause();
      return () => {
        messages -= 1;
        bytes -= size;
        if (hasRoom()) socket.resume();
      };
    },
  };
}

/**
 * Follows MQTT's fixed headers (3.1.1, 2.2: one byte, then the remaining length in up to four bytes of seven bits) and
 * returns the largest remaining length the chunk announced, before its packet has arrived.
 */
export function createPacketMeter(): (chunk: Uint8Array) => number {
  let bodyLeft = 0;
  let lengthBytes = -1;
  let length = 0;
  return (chunk) => {
    let largest = 0;
    for (let at = 0; at < chunk.length; ) {
      if (bodyLeft > 0) {
        const skipped = Math.min(bodyLeft, chunk.length - at);
        bodyLeft -= skipped;
        at += skipped;
        continue;
      }
      const byte = chunk[at] ?? 0;
      at += 1;
      if (lengthBytes < 0) {
        lengthBytes = 0;
        length = 0;
        continue;
      }
      length += (byte & 0x7f) * 128 ** lengthBytes;
      lengthBytes += 1;
      if (byte >= 0x80 && lengthBytes < 4) continue;
      largest = Math.max(largest, length);
      bodyLeft = length;
      lengthBytes = -1;
    }
    return largest;
  };
}
