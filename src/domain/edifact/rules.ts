import { type Fault, faultOf, type Message } from './interchange.ts';
import { component, type Segment } from './segments.ts';

/** Which segments a message takes, which it cannot be without, and what must stand in them. */
export interface Rules {
  readonly allowed: ReadonlySet<string>;
  readonly required: readonly string[];
  /** What is wrong with a segment of this tag, or null. */
  readonly checks: Readonly<Record<string, (segment: Segment) => string | null>>;
}

/** Every fault of a message, segment by segment. */
export function faultsOf({ segments }: Message, { allowed, required, checks }: Rules): readonly Fault[] {
  const faults: Fault[] = [];
  for (const segment of segments) {
    if (!allowed.has(segment.tag)) faults.push(faultOf(segment, 'has no place in this message'));
    const wrong = checks[segment.tag]?.(segment) ?? null;
    if (wrong !== null) faults.push(faultOf(segment, wrong));
  }
  const [header] = segments;
  for (const tag of required) {
    if (header !== undefined && !segments.some((segment) => segment.tag === tag)) {
      faults.push(faultOf(header, `${tag} is missing in the message`));
    }
  }
  return faults;
}

/** Two digits of a year are of the century whose first year is a leap year: for a check, any day there may be is one. */
const leapCenturyMs = Date.UTC(2099, 0);

/** An element that must be there. */
export function needs(element: number, name: string): (segment: Segment) => string | null {
  return (segment) => (component(segment, element) === '' ? `${name} is missing` : null);
}

/** DTM: qualifier, and a date that is one where its format says that it is. */
export function checkDate(segment: Segment): string | null {
  const [qualifier = '', value = '', format = ''] = [1, 2, 3].map((nth) => component(segment, 1, nth));
  if (qualifier === '' || value === '') return 'qualifier or date is missing';
  const dated = format === '' ? /^(\d{6}|\d{8})$/.test(value) : dateFormats.has(format);
  return dated && isoDateOf(segment, leapCenturyMs) === null ? `${value} is no date` : null;
}

/** Those that begin with a day: YYMMDD, CCYYMMDD, and with hours, minutes, seconds, zone behind. */
const dateFormats: ReadonlySet<string> = new Set(['101', '102', '201', '203', '204', '205']);

/**
 * The day of a DTM as ISO 8601, null when it is none. Two digits of a year mean the one that is not after `nowMs`; without
 * a format they are meant.
 */
export function isoDateOf(segment: Segment, nowMs: number): string | null {
  const value = component(segment, 1, 2);
  const format = component(segment, 1, 3);
  const short = format === '101' || format === '201' || (format === '' && value.length === 6);
  const [, years = '', month = '', day = ''] =
    (short ? /^(\d{2})(\d{2})(\d{2})/ : /^(\d{4})(\d{2})(\d{2})/).exec(value) ?? [];
  if (years === '') return null;
  const thisYear = new Date(nowMs).getUTCFullYear();
  const century = Number(years) <= thisYear % 100 ? thisYear - (thisYear % 100) : thisYear - (thisYear % 100) - 100;
  const year = short ? String(century + Number(years)) : years;
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  const text = `${year}-${month}-${day}`;
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text ? null : text;
}
