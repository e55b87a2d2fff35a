import { type ClientOptions, WebSocket } from 'ws';
import { adminToken } from './http-bench.ts';

interface LiveEvent {
  readonly sequence: string;
  readonly type: string;
}
export interface Frame {
  readonly event?: LiveEvent;
  readonly events?: readonly LiveEvent[];
  readonly caughtUp?: { readonly sequence: string };
  readonly readings?: readonly { readonly deviceId: string; readonly quantity: string; readonly value: number }[];
  readonly error?: { readonly code: string; readonly detail: string };
}

/** A client of the live stream on a real socket; everything it got is kept in order. */
export interface LiveClient extends Disposable {
  readonly socket: WebSocket;
  readonly frames: readonly Frame[];
  events(): readonly LiveEvent[];
  sequences(): readonly number[];
  caughtUp(): boolean;
  /** The close code, once closed. */
  readonly closed: Promise<number>;
}

export async function connectLive(
  address: string,
  message?: unknown,
  options: ClientOptions = { headers: { authorization: `Bearer ${adminToken}` } },
): Promise<LiveClient> {
  const socket = new WebSocket(`${address.replace('http', 'ws')}/api/v1/live`, options);
  const frames: Frame[] = [];
  const closed = Promise.withResolvers<number>();
  socket.on('message', (data) => frames.push(JSON.parse(String(data))));
  socket.on('close', (code) => closed.resolve(code));
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  if (message !== undefined) socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  const events = () => frames.flatMap((frame) => frame.events ?? (frame.event === undefined ? [] : [frame.event]));
  return {
    socket,
    frames,
    events,
    sequences: () => events().map((event) => Number(event.sequence)),
    caughtUp: () => frames.some((frame) => frame.caughtUp !== undefined),
    closed: closed.promise,
    [Symbol.dispose]: () => socket.terminate(),
  };
}

export function subscribeTo(subscription: Record<string, unknown>): unknown {
  return { subscribe: subscription };
}
