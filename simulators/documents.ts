import { openPublisher } from './publisher.ts';
import type { SimulatorSetup } from './simulator.ts';

/** The sending half of a device that publishes one JSON document per message. */
export interface DocumentSender extends AsyncDisposable {
  /** Resolves at the broker's PUBACK. */
  send(payload: string | object): Promise<void>;
  /** Sends the last message again, to the byte. */
  repeat(): Promise<void>;
  /** An id that no other run gave: device, start of the run, running number. */
  nextId(): string;
  /** The device's clock, ISO 8601. */
  time(): string;
  /** Puts the device's clock off by this much. */
  setClock(offsetS: number): void;
}

/** Connects to the broker of the setup; publishes at QoS 1 to the topic of its link. */
export function openDocumentSender({ deviceId, link, brokerUrl }: SimulatorSetup): DocumentSender {
  if (link.type !== 'mqtt' || brokerUrl === undefined) throw new Error(`${deviceId} needs an mqtt link and a broker`);
  const { topic } = link;
  const publisher = openPublisher({ brokerUrl, clientId: `${deviceId}-simulator` });
  const startMs = Date.now();
  let offsetMs = 0;
  let ids = 0;
  let last: string | undefined;
  const publish = (text: string) => publisher.publish(topic, text);

  return {
    send: (payload) => {
      last = typeof payload === 'string' ? payload : JSON.stringify(payload);
      return publish(last);
    },
    repeat: () => {
      if (last === undefined) throw new Error(`${deviceId} has sent nothing to repeat`);
      return publish(last);
    },
    nextId: () => {
      ids += 1;
      return `${deviceId}-${startMs.toString(36)}-${ids}`;
    },
    time: () => new Date(Date.now() + offsetMs).toISOString(),
    setClock: (offsetS) => {
      offsetMs = offsetS * 1000;
    },
    [Symbol.asyncDispose]: () => publisher[Symbol.asyncDispose](),
  };
}
