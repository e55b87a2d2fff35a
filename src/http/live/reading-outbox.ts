import type { Clock } from '../../ports/clock.ts';
import type { LiveReading } from '../../ports/feed.ts';
import { frames } from './frames.ts';

export interface ReadingOutboxParts {
  readonly everyMs: number;
  readonly clock: Clock;
  /** Ends the outbox. */
  readonly signal: AbortSignal;
  send(frame: string): void;
  /** May a frame go out without standing before an event? */
  free(): boolean;
}

/** The readings of one subscriber: the latest value of each device and quantity; what is overtaken is never sent. */
export function createReadingOutbox(parts: ReadingOutboxParts): { offer(reading: LiveReading): void } {
  const waiting = new Map<string, LiveReading>();
  let pacing = false;

  const pace = (): void => {
    if (pacing || waiting.size === 0) return;
    pacing = true;
    parts.clock.sleep(parts.everyMs, parts.signal).then(flush, ended);
  };
  const flush = (): void => {
    pacing = false;
    if (parts.free()) {
      parts.send(frames.readings([...waiting.values()]));
      waiting.clear();
    }
    pace();
  };
  const ended = (): void => waiting.clear();

  return {
    offer: (reading) => {
      waiting.set(`${reading.deviceId} ${reading.quantity}`, reading);
      pace();
    },
  };
}
