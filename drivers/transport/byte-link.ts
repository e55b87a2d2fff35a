import { SerialPort } from 'serialport';
import type { SerialLink, TcpLink } from '../../src/domain/link.ts';
import { LanewatchError, messageOf } from '../../src/errors.ts';
import { connectSocket } from './socket.ts';

/**
 * A stream of bytes from a device. Iterating reads with back-pressure and throws `link-lost` when the link ends, as
 * long as the signal it was opened with has not aborted; then iteration just ends.
 */
export interface ByteLink extends AsyncIterable<Uint8Array>, AsyncDisposable {}

/** Opens a TCP or serial link. Throws `link-refused` or `link-timeout`, naming the address. */
export async function openByteLink(link: TcpLink | SerialLink, signal: AbortSignal): Promise<ByteLink> {
  return link.type === 'tcp' ? openTcp(link, signal) : openSerial(link, signal);
}

async function openTcp({ host, port }: TcpLink, signal: AbortSignal): Promise<ByteLink> {
  const socket = await connectSocket(host, port, signal);
  return byteLink(socket, `${host}:${port}`, signal, async () => undefined);
}

/** A new port object for every attempt: re-opening one after a lost line succeeds and reads nothing (serialport 13). */
async function openSerial(link: SerialLink, signal: AbortSignal): Promise<ByteLink> {
  const { path, baudRate, dataBits, parity, stopBits } = link;
  const port = new SerialPort({ path, baudRate, dataBits, parity, stopBits, autoOpen: false });
  await new Promise<void>((resolve, reject) => {
    port.open((error) => {
      if (error === null) resolve();
      else reject(new LanewatchError('link-refused', `${path}: ${messageOf(error)}`, { cause: error }));
    });
  });
  // Destroying the stream leaves the line open and locked, so that no later attempt could have it (serialport 13).
  const close = async () => {
    if (!port.isOpen) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    port.close(() => resolve());
    await promise;
  };
  return byteLink(port, path, signal, close);
}

/** Reading stops with the signal at once, whatever the stream does. */
function byteLink(
  stream: NodeJS.ReadableStream & { destroy(error?: Error): unknown },
  address: string,
  signal: AbortSignal,
  close: () => Promise<void>,
): ByteLink {
  const stop = () => void stream.destroy();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  // A late error after the reader has gone must not bring the process down.
  stream.on('error', () => undefined);
  return {
    async *[Symbol.asyncIterator]() {
      try {
        for await (const chunk of stream) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      } catch (error) {
        if (signal.aborted) return;
        throw new LanewatchError('link-lost', `${address}: ${messageOf(error)}`, { cause: error });
      }
      if (!signal.aborted) throw new LanewatchError('link-lost', `${address} closed the connection`);
    },
    [Symbol.asyncDispose]: async () => {
      signal.removeEventListener('abort', stop);
      stream.destroy();
      await close();
    },
  };
}
