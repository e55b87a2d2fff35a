import type { BusMessage } from '../../src/ports/message-bus.ts';
import { createInbox, type Inbox } from './mqtt-inbox.ts';

/** A PUBLISH as it came off the wire, QoS 0 or 1. */
export interface Publish {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly retain: boolean;
  /** Present with QoS 1: what its PUBACK must name. */
  readonly messageId: number | undefined;
}

/**
 * The receiving side of one connection. Hands every message on at once and owes its acknowledgement; the PUBACKs leave
 * in the order of receipt (MQTT-4.6.0-2), whatever the order of the commits.
 */
export interface Receiver {
  readonly inbox: Inbox;
  /** Calls `proceed` when the next packet may be read from the wire: at once, or when there is room again. */
  accept(publish: Publish, proceed: () => void): void;
}

/** `window`: how much may be unacknowledged (QoS 1) or unread (QoS 0) before reading stops. */
export function createReceiver(
  window: { readonly messages: number; readonly bytes: number },
  sendPuback: (messageId: number, good: boolean) => void,
): Receiver {
  const inbox = createInbox();
  const owed: { readonly messageId: number; readonly release: () => void; good?: boolean }[] = [];
  let messages = 0;
  let bytes = 0;
  let parked: (() => void) | undefined;

  const hasRoom = () => messages < window.messages && bytes < window.bytes;
  const occupy = (size: number) => {
    messages += 1;
    bytes += size;
    return () => {
      messages -= 1;
      bytes -= size;
      if (parked === undefined || !hasRoom()) return;
      const proceed = parked;
      parked = undefined;
      proceed();
    };
  };

  const owe = (messageId: number, release: () => void): BusMessage['acknowledge'] => {
    const debt: (typeof owed)[number] = { messageId, release };
    owed.push(debt);
    return (good) => {
      debt.good ??= good;
      for (let first = owed[0]; first?.good !== undefined; first = owed[0]) {
        owed.shift();
        sendPuback(first.messageId, first.good);
        first.release();
      }
    };
  };

  return {
    inbox,
    accept({ topic, payload, retain, messageId }, proceed) {
      const release = occupy(payload.length);
      const held = messageId !== undefined;
      const acknowledge = held ? owe(messageId, release) : once(release);
      inbox.put({ topic, payload, receivedAtMs: Date.now(), held, retained: retain, acknowledge });
      if (hasRoom()) proceed();
      else parked = proceed;
    },
  };
}

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (!done) act();
    done = true;
  };
}
