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

/** The moment (ms since the epoch) that a wall time is, or null for a date or hour that does not exist. */
export type LocalClock = (wall: WallTime) => number | null;

/**
 * The clocks of a time zone (IANA name). In the hour that an autumn change repeats, the first one is meant; in the hour that a spring
 * change leaves out, as if the change had not been yet. Making one is slow, asking it is not.
 */
export function localClock(timeZone: string): LocalClock {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  /** How far the zone's clocks are ahead of UTC at a moment. */
  const offsetMs = (atMs: number): number => {
    const parts = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]));
    const get = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
    const shown = Date.UTC(get('year'), get('month') - 1, get('day'), get('hour'), get('minute'), get('second'));
    return shown - Math.floor(atMs / 1000) * 1000;
  };
  return ({ year, month, day, hour, minute, second, millisecond }) => {
    const asUtc = Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
    const back = new Date(asUtc);
    if (Number.isNaN(asUtc) || back.getUTCMonth() !== month - 1 || back.getUTCDate() !== day || hour > 23) return null;
    if (timeZone === 'UTC') return asUtc;
    // The offset before a change and the one after it; the first that fits is the earlier moment.
    const before = offsetMs(asUtc - 86_400_000);
    const after = offsetMs(asUtc + 86_400_000);
    if (before === after) return asUtc - before;
    const fitting = [before, after].find((offset) => offsetMs(asUtc - offset) === offset);
    return asUtc - (fitting ?? before);
  };
}

/** For a single time. */
export function localTimeMs(wall: WallTime, timeZone: string): number | null {
  return localClock(timeZone)(wall);
}
