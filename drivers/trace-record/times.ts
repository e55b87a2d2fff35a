import { localTimeMs } from '../../src/domain/local-time.ts';
import type { TraceProfile } from './profile.ts';

const tokens: Readonly<Record<string, string>> = {
  YYYY: '(?<year>[12]\\d{3})',
  MM: '(?<month>\\d\\d)',
  DD: '(?<day>\\d\\d)',
  HH: '(?<hour>\\d\\d)',
  mm: '(?<minute>\\d\\d)',
  ss: '(?<second>\\d\\d)',
};

/** A time as the profile writes it → ms since the epoch; null for what is none. Pure. */
export function timeIn(text: string, { format, zone }: TraceProfile['time'], timeZone: string): number | null {
  const literal = format.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  const pattern = literal.replaceAll(/YYYY|MM|DD|HH|mm|ss/g, (token) => tokens[token] ?? token);
  const groups = new RegExp(`^${pattern}$`).exec(text)?.groups;
  if (groups === undefined) return null;
  const part = (name: string) => Number(groups[name] ?? 0);
  const wall = {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
    second: part('second'),
    millisecond: 0,
  };
  if (wall.minute > 59 || wall.second > 59) return null;
  return localTimeMs(wall, zone === 'utc' ? 'UTC' : timeZone);
}
