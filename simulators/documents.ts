import { rename, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { createFaults, type SimulatedWire } from './faults.ts';
import { openPublisher } from './publisher.ts';
import type { SimulatorSetup } from './simulator.ts';

/** The sending half of a device that sends documents: one a message, or one a file. */
export interface DocumentSender extends SimulatedWire {
  /** Resolves at the broker's PUBACK, or when the file is there. `topic`: another than that of the link. */
  send(payload: string | object, topic?: string): Promise<void>;
  /** An id that no other run gave: device, start of the run, running number. */
  nextId(): string;
  /** The running number begins anew: ids come a second time. */
  restartIds(): void;
  /** The device's clock, ISO 8601. */
  time(): string;
  /** Puts the device's clock off by this much. */
  setClock(offsetS: number): void;
}

/** Publishes at QoS 1 to the topic of its `mqtt` link, or drops files into its `folder`. */
export function openDocumentSender(setup: SimulatorSetup): DocumentSender {
  const { put, drop, close } = setup.link.type === 'folder' ? intoFolder(setup) : toBroker(setup);
  const faults = createFaults({ drop });
  const startMs = Date.now();
  let offsetMs = 0;
  let ids = 0;
  return {
    link: setup.link,
    fault: faults.fault,
    send: (payload, topic) => {
      const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
      return faults.pass(Buffer.from(text), (bytes) => put(bytes, topic));
    },
    nextId: () => {
      ids += 1;
      return `${setup.deviceId}-${startMs.toString(36)}-${ids}`;
    },
    restartIds: () => {
      ids = 0;
    },
    time: () => new Date(Date.now() + offsetMs).toISOString(),
    setClock: (offsetS) => {
      offsetMs = offsetS * 1000;
    },
    [Symbol.asyncDispose]: async () => {
      faults[Symbol.dispose]();
      await close();
    },
  };
}

interface Outlet {
  readonly put: (bytes: Uint8Array, topic?: string) => Promise<void>;
  readonly drop: (signal: AbortSignal) => Promise<void>;
  readonly close: () => PromiseLike<void>;
}

function toBroker({ deviceId, link, brokerUrl }: SimulatorSetup): Outlet {
  if (link.type !== 'mqtt' || brokerUrl === undefined) throw new Error(`${deviceId} needs an mqtt link and a broker`);
  const publisher = openPublisher({ brokerUrl, clientId: `${deviceId}-simulator` });
  return {
    put: (bytes, topic = link.topic) => publisher.publish(topic, bytes),
    drop: publisher.drop,
    close: () => publisher[Symbol.asyncDispose](),
  };
}

/** A folder has no connection to lose. */
function intoFolder({ deviceId, link }: SimulatorSetup): Outlet {
  if (link.type !== 'folder') throw new Error(`${deviceId} needs a folder`);
  let files = 0;
  return {
    put: async (bytes) => {
      files += 1;
      const name = `${deviceId}-${Date.now()}-${files}${extname(link.pattern)}`;
      // A name the driver does not take, until the file is whole.
      await writeFile(join(link.path, `.${name}`), bytes);
      await rename(join(link.path, `.${name}`), join(link.path, name));
    },
    drop: async () => undefined,
    close: async () => undefined,
  };
}
