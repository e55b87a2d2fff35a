import type { LiveEvent, LiveReading } from './resources.ts';

/** One message of the live stream, by meaning (contract, "Live stream"). */
export type LiveFrame =
  | { readonly kind: 'events'; readonly events: readonly LiveEvent[] }
  | { readonly kind: 'readings'; readonly readings: readonly LiveReading[] }
  | { readonly kind: 'caught-up'; readonly sequence: string }
  | { readonly kind: 'error'; readonly code: string; readonly detail: string }
  | { readonly kind: 'other' };

/** Reads the text of a frame; an unknown member is `other`, so that the contract can grow. */
export function readLiveFrame(text: string): LiveFrame {
  const frame = JSON.parse(text) as Record<string, unknown>;
  if ('event' in frame) return { kind: 'events', events: [frame.event as LiveEvent] };
  if ('events' in frame) return { kind: 'events', events: frame.events as LiveEvent[] };
  if ('readings' in frame) return { kind: 'readings', readings: frame.readings as LiveReading[] };
  if ('caughtUp' in frame) return { kind: 'caught-up', sequence: (frame.caughtUp as { sequence: string }).sequence };
  if ('error' in frame) return { kind: 'error', ...(frame.error as { code: string; detail: string }) };
  return { kind: 'other' };
}

/** The client is too far behind: resume from the cursor at once. */
export const tooSlow = 4408;
