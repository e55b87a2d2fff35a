import { type LiveFrame, readLiveFrame } from '../contract/live-frame.ts';

export interface LiveSocket {
  /** Resolves with the close code once the connection is gone. Never rejects. */
  readonly closed: Promise<number>;
  close(): void;
}

/** What the client asks of the live stream, once, when the connection stands. */
export interface Subscription {
  /** Sequence to go on from; null: from now. */
  readonly after: string | null;
  /** Lanes whose readings are wanted. */
  readonly readings: readonly string[];
}

/** One connection to the live stream. */
export function openLiveSocket(
  address: string,
  subscription: Subscription,
  onFrame: (frame: LiveFrame) => void,
): LiveSocket {
  const socket = new WebSocket(address);
  const { promise: closed, resolve } = Promise.withResolvers<number>();
  socket.addEventListener('open', () => {
    socket.send(JSON.stringify({ subscribe: subscription }));
  });
  socket.addEventListener('message', (message) => onFrame(readLiveFrame(String(message.data))));
  socket.addEventListener('close', (event) => resolve(event.code));
  return {
    closed,
    close() {
      socket.close();
      // A peer that is gone answers no closing handshake; nobody waits for it.
      resolve(1006);
    },
  };
}

export function liveAddress(page: Pick<Location, 'protocol' | 'host'>): string {
  return `${page.protocol === 'https:' ? 'wss' : 'ws'}://${page.host}/api/v1/live`;
}
