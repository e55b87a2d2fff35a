import type { SerialLink, TcpLink } from '../../src/domain/link.ts';
import { LanewatchError } from '../../src/errors.ts';
import type { ByteLink } from '../../src/ports/wire.ts';
import { openLine } from './serial-line.ts';
import { connectSocket } from './socket.ts';
import { connectionFault } from './tls-fault.ts';

/** Opens a TCP or serial link. Throws `link-refused` or `link-timeout`, naming the address. */
export async function openByteLink(link: TcpLink | SerialLink, signal: AbortSignal): Promise<ByteLink> {
  return link.type === 'tcp' ? openTcp(link, signal) : openSerial(link, signal);
}

async function openTcp(link: TcpLink, signal: AbortSignal): Promise<ByteLink> {
  const socket = await connectSocket(link, signal);
  return byteLink(socket, `${link.host}:${link.port}`, signal, async () => undefined);
}

async function openSerial(link: SerialLink, signal: AbortSignal): Promise<ByteLink> {
  const { stream, close } = await openLine(link);
  return byteLink(stream, link.path, signal, close);
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
  // It may come before the reader or after it: it is told as soon as somebody reads, and never brings the process down.
  let failure: unknown;
  stream.on('error', (error) => {
    failure ??= error;
  });
  return {
    async *[Symbol.asyncIterator]() {
      try {
        for await (const chunk of stream) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      } catch (error) {
        if (signal.aborted) return;
        throw new LanewatchError('link-lost', `${address}: ${connectionFault(error)}`, { cause: error });
      }
      if (signal.aborted) return;
      const reason = failure === undefined ? ' closed the connection' : `: ${connectionFault(failure)}`;
      throw new LanewatchError('link-lost', `${address}${reason}`, { cause: failure });
    },
    [Symbol.asyncDispose]: async () => {
      signal.removeEventListener('abort', stop);
      stream.destroy();
      await close();
    },
  };
}
