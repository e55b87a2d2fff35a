import { once } from 'node:events';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import type { Link } from '../src/domain/link.ts';
import { openPty } from './pty.ts';

/** The device's side of a text link: whatever is said reaches every listener of the moment. */
export interface LineServer extends AsyncDisposable {
  /** The link with its real port. */
  readonly link: Link;
  say(text: string): void;
  /** Cuts every connection, where the link is TCP. */
  drop(): void;
}

/** Serves TCP, or a pseudo-terminal for a serial link. `greet` is called when somebody connects. */
export async function openLineServer(link: Link, greet: (say: (text: string) => void) => void): Promise<LineServer> {
  if (link.type === 'serial') return serialServer(link, greet);
  if (link.type !== 'tcp') throw new Error(`text lines are not spoken over ${link.type}`);
  const clients = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    clients.add(socket);
    // A client that goes away is no fault of the device's.
    socket.on('error', () => clients.delete(socket)).on('close', () => clients.delete(socket));
    socket.resume();
    greet((text) => void socket.write(text));
  });
  server.listen(link.port, link.host);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const drop = () => {
    for (const client of clients) client.destroy();
  };
  return {
    link: { ...link, port: address.port },
    say: (text) => {
      for (const client of clients) client.write(text);
    },
    drop,
    [Symbol.asyncDispose]: async () => {
      drop();
      server.close();
      await once(server, 'close');
    },
  };
}

async function serialServer(
  link: Extract<Link, { type: 'serial' }>,
  greet: (say: (text: string) => void) => void,
): Promise<LineServer> {
  const pty = await openPty(link.path);
  const device = await open(pty.devicePath, constants.O_RDWR | constants.O_NOCTTY);
  let written: Promise<unknown> = Promise.resolve();
  const say = (text: string) => {
    written = written.then(() => device.write(text));
  };
  greet(say);
  return {
    link,
    say,
    drop: () => undefined,
    [Symbol.asyncDispose]: async () => {
      await written;
      await device.close();
      await pty[Symbol.asyncDispose]();
    },
  };
}
