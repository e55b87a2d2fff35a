import type { WebSocket } from 'ws';
import { allows } from '../../domain/access.ts';
import type { ErrorCode } from '../../errors.ts';
import type { Principal } from '../../ports/access.ts';
import { refusalOf } from '../guard.ts';
import { frames } from './frames.ts';
import { closeCode } from './limits.ts';
import { readSubscribe } from './subscribe-message.ts';
import { type LiveParts, openSubscription } from './subscription.ts';

export interface LiveConnection {
  /** One heartbeat: cuts off a client that was silent since the last one or may no longer listen. */
  beat(): void;
  /** Cuts off a client that may no longer listen. */
  recheck(): void;
  /** The service stops. Resolves when the client has closed. */
  goAway(): Promise<void>;
  terminate(): void;
}

/**
 * One live client. A later `subscribe` replaces the former. `recheck` answers who the credential stands for now.
 */
export function openLiveConnection(
  socket: WebSocket,
  parts: LiveParts,
  principal: Principal,
  recheck: () => Principal | null,
): LiveConnection {
  const { limits } = parts;
  const ended = new AbortController();
  const closed = Promise.withResolvers<void>();
  let alive = true;
  let subscription: Disposable | null = null;

  const drop = (): void => {
    subscription?.[Symbol.dispose]();
    subscription = null;
  };
  const refuse = (closeWith: number, code: ErrorCode | 'behind', detail: string): void => {
    drop();
    socket.send(frames.error(code, detail));
    socket.close(closeWith, code);
  };

  socket.on('message', (data, isBinary) => {
    alive = true;
    if (socket.readyState !== socket.OPEN) return;
    const read = isBinary ? { refused: 'the message is not text' } : readSubscribe(String(data));
    if ('refused' in read) return refuse(closeCode.policy, 'invalid-request', read.refused);
    if (read.readings.length > 0 && !allows(principal, 'read-readings')) {
      return refuse(closeCode.policy, 'not-allowed', refusalOf(principal, 'read-readings'));
    }
    drop();
    const progressed = () => {
      alive = true;
    };
    subscription = openSubscription(parts, read, { socket, viewer: parts.viewerOf(principal), refuse, progressed });
  });
  socket.on('pong', () => {
    alive = true;
  });
  socket.on('close', () => {
    drop();
    ended.abort();
    closed.resolve();
  });
  parts.clock.sleep(limits.subscribeWithinMs, ended.signal).then(
    () => {
      if (subscription === null) refuse(closeCode.policy, 'invalid-request', 'nothing was subscribed in time');
    },
    () => undefined,
  );

  /** Whoever may see less, or more, than when the stream began has to begin it again. */
  const isEntitled = (): boolean => {
    if (socket.readyState !== socket.OPEN) return false;
    if (JSON.stringify(recheck()) === JSON.stringify(principal)) return true;
    refuse(closeCode.unauthenticated, 'not-authenticated', 'the credential has ended');
    return false;
  };

  return {
    beat: () => {
      if (!alive) return socket.terminate();
      alive = false;
      if (isEntitled()) socket.ping();
    },
    recheck: () => void isEntitled(),
    goAway: () => {
      drop();
      socket.close(closeCode.goingAway, 'stopping');
      return closed.promise;
    },
    terminate: () => socket.terminate(),
  };
}
