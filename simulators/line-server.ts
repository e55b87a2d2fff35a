import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Link, SerialLink } from '../src/domain/link.ts';
import { createFaults, type SimulatedWire } from './faults.ts';
import { openPty } from './pty.ts';
import { openTcpServer } from './tcp-server.ts';

type Say = (text: string) => Promise<void>;

/** The device's side of a text link: whatever is said is one frame, and reaches every listener of the moment. */
export interface LineServer extends SimulatedWire {
  readonly say: Say;
}

/** Serves TCP, or a pseudo-terminal for a serial link. `greet` is called when somebody connects. */
export async function openLineServer(link: Link, greet: (say: Say) => void = () => undefined): Promise<LineServer> {
  if (link.type === 'serial') return serialServer(link, greet);
  if (link.type !== 'tcp') throw new Error(`text lines are not spoken over ${link.type}`);
  const faults = createFaults({ drop: () => server.drop() });
  const server = await openTcpServer(link, (client) =>
    greet((text) => faults.pass(Buffer.from(text), (bytes) => client.write(bytes))),
  );
  const sayAll = (bytes: Uint8Array) => {
    for (const client of server.clients) client.write(bytes);
  };
  return {
    link: { ...link, port: server.port },
    say: (text) => faults.pass(Buffer.from(text), sayAll),
    fault: faults.fault,
    [Symbol.asyncDispose]: async () => {
      faults[Symbol.dispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

async function serialServer(link: SerialLink, greet: (say: Say) => void): Promise<LineServer> {
  const plug = async () => {
    const pty = await openPty(link.path);
    const device = await open(pty.devicePath, constants.O_RDWR | constants.O_NOCTTY);
    return { pty, device };
  };
  const unplug = async () => {
    await written;
    await plugged.device.close();
    await plugged.pty[Symbol.asyncDispose]();
  };
  let plugged = await plug();
  let written: Promise<unknown> = Promise.resolve();
  const faults = createFaults({
    drop: async () => {
      await unplug();
      plugged = await plug();
      greet(say);
    },
  });
  const say: Say = (text) =>
    faults.pass(Buffer.from(text), (bytes) => {
      written = written.then(() => plugged.device.write(bytes));
      return written;
    });
  greet(say);
  return {
    link,
    say,
    fault: faults.fault,
    [Symbol.asyncDispose]: async () => {
      faults[Symbol.dispose]();
      await unplug();
    },
  };
}
