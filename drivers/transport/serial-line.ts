import { stat } from 'node:fs/promises';
import type { Duplex } from 'node:stream';
import { SerialPort } from 'serialport';
import type { SerialLink } from '../../src/domain/link.ts';
import { LanewatchError, messageOf } from '../../src/errors.ts';

/** A line that vanishes sometimes gives no event (serialport 13): so often it is looked whether it is still there. */
const lookEveryMs = 500;

/** An open serial line. It stays locked until `close`, also when its stream has been destroyed (serialport 13). */
export interface SerialLine {
  readonly stream: Duplex;
  /** Lets go what came in while nobody read. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a serial line, with a new port object for every attempt: re-opening one after a lost line succeeds and reads
 * nothing (serialport 13). Throws `link-refused`, naming the path.
 */
export async function openLine(link: Omit<SerialLink, 'type'>): Promise<SerialLine> {
  const { path, baudRate, dataBits, parity, stopBits } = link;
  const port = new SerialPort({ path, baudRate, dataBits, parity, stopBits, autoOpen: false });
  await new Promise<void>((resolve, reject) => {
    port.open((error) => {
      if (error === null) resolve();
      else reject(new LanewatchError('link-refused', `${path}: ${messageOf(error)}`, { cause: error }));
    });
  });
  watch(port, path, await standing(path));
  return {
    stream: port,
    flush: () => new Promise((resolve) => port.flush(() => resolve())),
    close: async () => {
      if (!port.isOpen) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      port.close(() => resolve());
      await promise;
    },
  };
}

/** Ends the stream when its device is gone, or another one stands in its place. */
function watch(port: SerialPort, path: string, opened: string): void {
  const look = setInterval(async () => {
    const now = await standing(path);
    if (port.isOpen && now !== opened) port.destroy(new Error(`${path} is gone`));
  }, lookEveryMs);
  look.unref();
  port.once('close', () => clearInterval(look));
}

/** Which device stands at the path; where there is none, why. */
async function standing(path: string): Promise<string> {
  return stat(path).then(({ dev, ino, rdev }) => `${dev}/${ino}/${rdev}`, messageOf);
}
