import { sequenceText } from '../../domain/event.ts';
import type { SharedEvent } from './event-outbox.ts';

/**
 * Blocks of server-sent events (WHATWG HTML, 9.2.6). None has an `event:` field, so that one listener of a browser gets all; the type is in the
 * CloudEvent, and so is everything else.
 */
export const sseFrames = {
  events: (events: readonly SharedEvent[]): string =>
    events.map(({ sequence, json }) => `id: ${sequenceText(sequence)}\ndata: ${json}\n\n`).join(''),
  /** A block without data is no event, but its id counts: a reader to whom nothing came resumes from here. */
  caughtUp: (sequence: number): string => `: caught up\nid: ${sequenceText(sequence)}\n\n`,
  comment: (text: string): string => `: ${text}\n\n`,
  /** How soon a browser connects again, in milliseconds. */
  retry: (ms: number): string => `retry: ${ms}\n\n`,
};
