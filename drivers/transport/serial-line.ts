import type { Duplex } from 'node:stream';
import { SerialPort } from 'serialport';
import type { SerialLink } from '../../src/domain/link.ts';
import { LanewatchError, messageOf } from '../../src/errors.ts';

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
