import type { Journal, StoredEvent } from '../../ports/journal.ts';

/** When an event was recorded, in milliseconds since the epoch. */
export function recordedMs({ json }: StoredEvent): number {
  return Date.parse((JSON.parse(json) as { readonly recordedtime: string }).recordedtime);
}

/**
 * The sequence of the first event recorded at or after a time; one beyond the head where there is none. Events are recorded in order of
 * time, but for a clock that was set back: then it is one near it.
 */
export function sequenceAt(journal: Pick<Journal, 'head' | 'read'>, timeMs: number): number {
  let [low, high] = [1, journal.head().sequence + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const [event] = journal.read({ after: middle - 1, limit: 1 });
    if (event !== undefined && recordedMs(event) < timeMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
