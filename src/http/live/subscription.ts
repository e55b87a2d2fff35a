import type { WebSocket } from 'ws';
import { typeFilter } from '../../domain/event-types.ts';
import type { Sharer } from '../../domain/sharing/sharer.ts';
import type { Viewer } from '../../domain/sharing/viewer.ts';
import { messageOf } from '../../errors.ts';
import type { Principal } from '../../ports/access.ts';
import type { Clock } from '../../ports/clock.ts';
import type { EventFeed, LiveReading, ReadingFeed } from '../../ports/feed.ts';
import type { Journal } from '../../ports/journal.ts';
import type { Log } from '../../ports/log.ts';
import { createEventOutbox } from './event-outbox.ts';
import { frames } from './frames.ts';
import { closeCode, type LiveLimits } from './limits.ts';
import { createReadingOutbox } from './reading-outbox.ts';
import type { Subscription } from './subscribe-message.ts';

export interface LiveParts {
  readonly journal: Pick<Journal, 'head' | 'read'>;
  readonly events: EventFeed;
  readonly sharer: Sharer;
  viewerOf(principal: Principal): Viewer;
  readonly readings: ReadingFeed;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: LiveLimits;
}

interface Subscriber {
  readonly socket: WebSocket;
  readonly viewer: Viewer;
  /** Tells the client why, and closes. */
  refuse(closeWith: number, code: 'behind' | 'journal-unavailable', detail: string): void;
  /** The client has taken a frame. */
  progressed(): void;
}

/** What one client asked for, until it is disposed of. */
export function openSubscription(parts: LiveParts, asked: Subscription, subscriber: Subscriber): Disposable {
  const { journal, limits } = parts;
  const { socket, viewer, refuse } = subscriber;
  const wanted = typeFilter(asked.types);
  const held = new DisposableStack();
  const outbox = held.use(
    createEventOutbox({
      limits,
      frames,
      head: () => journal.head().sequence,
      read: (after, limit) => journal.read({ after, limit, types: asked.types }),
      shared: (event) => (wanted(event.type) ? parts.sharer.event(viewer, event) : null),
      send: (frame, flushed) =>
        socket.send(frame, () => {
          subscriber.progressed();
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
    const lanes = new Set(asked.readings.filter((lane) => viewer.lanes?.includes(lane) ?? true));
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
    parts.readings.latest([...lanes]).forEach(offer);
  }
  return held;
}
