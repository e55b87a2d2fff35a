/** Wall-clock time as a device without an offset tells it. */
export interface WallTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

/**
 * The moment (ms since the epoch) at which the clocks of a time zone (IANA name) show `wall`. In the hour that an autumn change
 * repeats, the first one; in the hour that a spring change leaves out, as if the change had not been yet. Null for a date
 * that does not exist.
 */
export function localTimeMs(wall: WallTime, timeZone: string): number | null {
  const { year, month, day, hour, minute, second, millisecond } = wall;
  const asUtc = Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
  const back = new Date(asUtc);
  if (Number.isNaN(asUtc) || back.getUTCMonth() !== month - 1 || back.getUTCDate() !== day || hour > 23) return null;
  // The offset before the change and the one after it; the first that fits is the earlier moment.
  const offsets = [offsetMs(asUtc - 86_400_000, timeZone), offsetMs(asUtc + 86_400_000, timeZone)];
  const fitting = offsets.find((offset) => offsetMs(asUtc - offset, timeZone) === offset);
  return asUtc - (fitting ?? offsets[0] ?? 0);
}

/** How far a zone's clocks are ahead of UTC at a moment. */
function offsetMs(atMs: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(atMs);
  const get = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  const shown = Date.UTC(get('year'), get('month') - 1, get('day'), get('hour'), get('minute'), get('second'));
  return shown - Math.floor(atMs / 1000) * 1000;
}
