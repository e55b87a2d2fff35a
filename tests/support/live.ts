import { WebSocket } from 'ws';
import { adminToken, type CloudEventLike } from './service.ts';

/** A live client on a real socket; everything it got is kept in order. */
export interface LiveClient extends AsyncDisposable {
  events(): readonly CloudEventLike[];
  readings(): readonly { readonly deviceId: string; readonly quantity: string; readonly value: number }[];
  /** Sequence of the last event seen, for resuming. */
  cursor(): string;
  readonly closed: Promise<number>;
}

interface Frame {
  readonly event?: CloudEventLike;
  readonly events?: readonly CloudEventLike[];
  readonly readings?: ReturnType<LiveClient['readings']>;
}

export async function connectLive(
  address: string,
  subscribe: {
    readonly after: string | null;
    readonly types?: readonly string[];
    readonly readings?: readonly string[];
  },
): Promise<LiveClient> {
  const socket = new WebSocket(`${address.replace('http', 'ws')}/api/v1/live`, {
    headers: { authorization: `Bearer ${adminToken}` },
  });
  const events: CloudEventLike[] = [];
  const readings: { deviceId: string; quantity: string; value: number }[] = [];
  const closed = Promise.withResolvers<number>();
  socket.on('message', (data) => {
    const frame = JSON.parse(String(data)) as Frame;
    events.push(...(frame.events ?? (frame.event === undefined ? [] : [frame.event])));
    readings.push(...(frame.readings ?? []));
  });
  socket.on('close', (code) => closed.resolve(code));
  // A killed service resets the connection: that is what some tests are about.
  socket.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('close', () => reject(new Error('the live stream refused')));
  });
  socket.send(JSON.stringify({ subscribe }));
  return {
    events: () => events,
    readings: () => readings,
    cursor: () => events.at(-1)?.sequence ?? '0',
    closed: closed.promise,
    [Symbol.asyncDispose]: async () => {
      socket.close();
      await closed.promise;
    },
  };
}
