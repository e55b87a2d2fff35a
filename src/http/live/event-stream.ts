import type { ServerResponse } from 'node:http';
import { typeFilter } from '../../domain/event-types.ts';
import type { Viewer } from '../../domain/sharing/viewer.ts';
import { messageOf } from '../../errors.ts';
import { createEventOutbox } from './event-outbox.ts';
import { sseFrames } from './sse-frames.ts';
import type { LiveParts } from './subscription.ts';

const reconnectAfterMs = 2_000;

/** One reader of server-sent events. */
export interface EventStream {
  /** One heartbeat. A reader that has taken nothing since the last one is cut off. */
  beat(): void;
  /** Says why, and ends the answer; the reader resumes from its last id. */
  end(why: string): void;
}

export interface StreamAsked {
  /** Null: from now on. */
  readonly after: number | null;
  readonly types: readonly string[];
  readonly viewer: Viewer;
}

/**
 * Writes the events onto an answer that has not begun. One frame is on its way at a time, so a slow reader costs no more memory than the live
 * stream's: it gets larger frames, and is cut off where it falls behind.
 */
export function openEventStream(response: ServerResponse, parts: LiveParts, asked: StreamAsked): EventStream {
  const { journal, limits, log } = parts;
  const wanted = typeFilter(asked.types);
  const held = new DisposableStack();
  /** Handed to the socket and not taken by it. */
  let waiting = 0;
  let waitedAtBeat = false;

  const write = (text: string, flushed: () => void = () => undefined): void => {
    waiting += 1;
    response.write(text, () => {
      waiting -= 1;
      waitedAtBeat = false;
      flushed();
    });
  };
  const end = (why: string): void => {
    held.dispose();
    // Whoever does not read does not read this either: nothing is kept for them.
    if (waiting > 0) response.destroy();
    else response.end(sseFrames.comment(why));
  };

  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    // Proxies that would collect the answer first.
    'x-accel-buffering': 'no',
  });
  response.on('close', () => held.dispose());
  response.on('error', () => undefined);
  write(sseFrames.retry(reconnectAfterMs));

  const outbox = held.use(
    createEventOutbox({
      limits,
      frames: sseFrames,
      head: () => journal.head().sequence,
      read: (after, limit) => journal.read({ after, limit, types: asked.types }),
      shared: (event) => (wanted(event.type) ? parts.sharer.event(asked.viewer, event) : null),
      send: write,
      later: (turn) =>
        setImmediate(() => {
          try {
            turn();
          } catch (error) {
            log.error({ error: messageOf(error) }, 'a reader of the event stream lost its backfill');
            end('the journal cannot be read now');
          }
        }),
      behind: () => end('behind: read faster, or resume from the last id you have'),
    }),
  );
  held.use(parts.events.subscribe((events) => outbox.offer(events)));
  outbox.start(asked.after);

  return {
    beat: () => {
      if (waiting === 0) return write(sseFrames.comment('still here'));
      if (waitedAtBeat) return end('nothing was taken since the last heartbeat');
      waitedAtBeat = true;
    },
    end,
  };
}
