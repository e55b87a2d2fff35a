import { sequenceText } from '../../domain/event.ts';
import type { ErrorCode } from '../../errors.ts';
import type { LiveReading } from '../../ports/feed.ts';
import type { StoredEvent } from '../../ports/journal.ts';

/** Frames of the live stream as text. Of an event the client gets the text that the sharer gave: mostly the bytes the journal stored. */
export const frames = {
  events: (events: readonly Pick<StoredEvent, 'json'>[]): string => {
    const json = events.map((event) => event.json);
    return json.length === 1 ? `{"event":${json[0]}}` : `{"events":[${json.join(',')}]}`;
  },
  caughtUp: (sequence: number): string => JSON.stringify({ caughtUp: { sequence: sequenceText(sequence) } }),
  readings: (readings: readonly LiveReading[]): string => JSON.stringify({ readings }),
  error: (code: ErrorCode | 'behind', detail: string): string => JSON.stringify({ error: { code, detail } }),
};
