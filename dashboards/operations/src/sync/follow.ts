import { type Api, ApiError } from '../contract/api.ts';
import type { LiveFrame } from '../contract/live-frame.ts';
import { createFrameBatch } from '../state/frame-batch.ts';
import type { Store } from '../state/store.ts';
import { openLiveSocket } from './live-socket.ts';
import { loadBoard, loadPost } from './load.ts';
import { watchService } from './watch.ts';

/** How a connection ended: its close code, whether it had been live, and the last moment it was known to be good. */
export interface Ending {
  readonly code: number;
  readonly wasLive: boolean;
  readonly goodUntilMs: number | null;
}

/**
 * One connection of the live stream, from the cursor, until it is lost or `signal` aborts. Without a cursor the first
 * picture is loaded after the stream has begun; what the stream says meanwhile is kept and applied after it: no gap.
 * Rejects with ApiError where the post cannot be loaded or the session is gone.
 */
export async function follow(api: Api, store: Store, address: string, signal: AbortSignal): Promise<Ending> {
  await loadPost(api, store, signal);
  const { cursor: after, devices, mayRead } = store.get();
  let goodUntilMs: number | null = null;
  let live = false;
  let failure: unknown = null;
  const kept: LiveFrame[] = [];

  using batch = createFrameBatch((events, readings) => store.dispatch({ type: 'heard', events, readings }));
  const measured = new Set([...devices.values()].map((device) => device.laneId));
  const readings = mayRead.readings ? [...measured] : [];
  const socket = openLiveSocket(address, { after, readings }, (frame) => {
    goodUntilMs = Date.now();
    if (frame.kind === 'caught-up') catchUp(frame.sequence).catch(fail);
    else if (!live && after === null) kept.push(frame);
    else pass(frame);
  });
  using _watch = watchService(api, store, signal, {
    goodUntilMs: () => goodUntilMs,
    good: () => {
      goodUntilMs = Date.now();
    },
    fail,
  });
  const stop = () => socket.close();
  signal.addEventListener('abort', stop);

  function pass(frame: LiveFrame) {
    if (frame.kind === 'events') batch.events(frame.events);
    else if (frame.kind === 'readings') batch.readings(frame.readings);
  }
  function fail(reason: unknown) {
    failure ??= reason;
    socket.close();
  }
  async function catchUp(sequence: string) {
    // A journal that is behind our cursor is another journal: what we show is not its truth, nor is our place in it.
    const another = after !== null && sequence < after;
    if (after === null || another) await loadBoard(api, store, sequence, signal);
    live = true;
    if (another) return socket.close();
    for (const frame of kept.splice(0)) pass(frame);
    store.dispatch({ type: 'connection', connection: { kind: 'live' } });
  }

  const code = await socket.closed;
  signal.removeEventListener('abort', stop);
  if (failure instanceof ApiError && failure.status === 401) throw failure;
  return { code, wasLive: live, goodUntilMs };
}
