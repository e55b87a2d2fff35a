// Times as facts tell them: ISO 8601, UTC, milliseconds. The same as `toISOString` and `Date.parse` do, in a third of the
// time: an alarm that is raised, answered and over writes and reads a dozen and a half of them.

const yearTenThousandMs = Date.UTC(10_000, 0);
const written = /^[1-9]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
const [zero, dash, colon, point, letterT, letterZ] = [48, 45, 58, 46, 84, 90];

/** A moment in milliseconds since the epoch, as text. Throws a RangeError where there is no such moment. */
export function isoTime(ms: number): string {
  const date = new Date(ms);
  if (!Number.isInteger(ms) || ms < 0 || ms >= yearTenThousandMs) return date.toISOString();
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth() + 1;
  const day = date.getUTCDate();
  const hour = Math.floor(ms / 3_600_000) % 24;
  const minute = Math.floor(ms / 60_000) % 60;
  const second = Math.floor(ms / 1_000) % 60;
  // biome-ignore format: as it reads
  return String.fromCharCode(
    tens(year / 100), ones(year / 100), tens(year), ones(year), dash,
    tens(month), ones(month), dash,
    tens(day), ones(day), letterT,
    tens(hour), ones(hour), colon,
    tens(minute), ones(minute), colon,
    tens(second), ones(second), point,
    ones(ms / 100), tens(ms), ones(ms), letterZ,
  );
}

function tens(number: number): number {
  return zero + (Math.floor(number / 10) % 10);
}

function ones(number: number): number {
  return zero + (Math.floor(number) % 10);
}

/** The moment of a text in milliseconds since the epoch, NaN where it is none. */
export function msOf(time: string): number {
  if (!written.test(time)) return Date.parse(time);
  const millisecond = 10 * two(time, 20) + (two(time, 21) % 10);
  return Date.UTC(
    100 * two(time, 0) + two(time, 2),
    two(time, 5) - 1,
    two(time, 8),
    two(time, 11),
    two(time, 14),
    two(time, 17),
    millisecond,
  );
}

/** The number that two digits are. */
function two(text: string, at: number): number {
  return 10 * (text.charCodeAt(at) - zero) + text.charCodeAt(at + 1) - zero;
}
