import type { WebSocket } from 'ws';
import { allows, seesEvent } from '../../domain/access.ts';
import { type ErrorCode, messageOf } from '../../errors.ts';
import type { Principal } from '../../ports/access.ts';
import type { Clock } from '../../ports/clock.ts';
import type { EventFeed, LiveReading, ReadingFeed } from '../../ports/feed.ts';
import type { Journal } from '../../ports/journal.ts';
import type { Log } from '../../ports/log.ts';
import { typeFilter } from '../event-types.ts';
import { createEventOutbox } from './event-outbox.ts';
import { frames } from './frames.ts';
import { closeCode, type LiveLimits } from './limits.ts';
import { createReadingOutbox } from './reading-outbox.ts';
import { readSubscribe, type Subscription } from './subscribe-message.ts';

export interface LiveParts {
  readonly journal: Pick<Journal, 'head' | 'read'>;
  readonly events: EventFeed;
  readonly readings: ReadingFeed;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: LiveLimits;
}

export interface LiveConnection {
  /** One heartbeat: cuts off a client that was silent since the last one or may no longer listen. */
  beat(): void;
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
    if (read.readings.length > 0 && !allows(principal.role, 'read-readings')) {
      return refuse(closeCode.policy, 'not-allowed', `the role ${principal.role} may not read readings`);
    }
    drop();
    subscription = subscribe(socket, parts, principal, read, refuse, () => {
      alive = true;
    });
  });
  socket.on('pong', () => {
    alive = true;
  });
  // ws closes the socket after any error; what it was, the peer has been told by the close code.
  socket.on('error', () => socket.terminate());
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

  return {
    beat: () => {
      if (!alive) return socket.terminate();
      if (recheck()?.role !== principal.role) {
        return refuse(closeCode.unauthenticated, 'not-authenticated', 'the credential has ended');
      }
      alive = false;
      socket.ping();
    },
    goAway: () => {
      drop();
      socket.close(closeCode.goingAway, 'stopping');
      return closed.promise;
    },
    terminate: () => socket.terminate(),
  };
}

function subscribe(
  socket: WebSocket,
  parts: LiveParts,
  principal: Principal,
  asked: Subscription,
  refuse: (closeWith: number, code: 'behind' | 'journal-unavailable', detail: string) => void,
  progressed: () => void,
): Disposable {
  const { journal, limits } = parts;
  const wanted = typeFilter(asked.types);
  const held = new DisposableStack();
  const outbox = held.use(
    createEventOutbox({
      limits,
      head: () => journal.head().sequence,
      read: (after, limit) => journal.read({ after, limit, types: asked.types }),
      accepts: (type) => wanted(type) && seesEvent(principal.role, type),
      send: (frame, flushed) =>
        socket.send(frame, () => {
          progressed();
          flushed();
        }),
      later: (turn) =>
        setImmediate(() => {
          try {
            turn();
          } catch (error) {
            parts.log.error({ error: messageOf(error) }, 'a live client lost its backfill');
            refuse(closeCode.internal, 'journal-unavailable', 'the journal cannot be read now');
          }
        }),
      behind: () => refuse(closeCode.behind, 'behind', 'read faster, or resume from the last sequence you have'),
    }),
  );
  held.use(parts.events.subscribe((events) => outbox.offer(events)));
  outbox.start(asked.after);

  if (asked.readings.length > 0) {
    const lanes = new Set(asked.readings);
    const ended = new AbortController();
    held.defer(() => ended.abort());
    const readings = createReadingOutbox({
      everyMs: limits.readingsEveryMs,
      clock: parts.clock,
      signal: ended.signal,
      send: (frame) => socket.send(frame),
      free: () => outbox.idle() && socket.bufferedAmount === 0,
    });
    const offer = (reading: LiveReading): void => {
      if (lanes.has(reading.laneId)) readings.offer(reading);
    };
    held.use(parts.readings.subscribe(offer));
    parts.readings.latest(asked.readings).forEach(offer);
  }
  return held;
}
