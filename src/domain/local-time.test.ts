import { expect, test } from 'vitest';
import { localTimeMs } from './local-time.ts';

const wall = (text: string) => {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, millisecond = 0] = text
    .split(/[-T:.]/)
    .map(Number);
  return { year, month, day, hour, minute, second, millisecond };
};

test.each([
  ['2026-01-15T12:00:00.250', 'Europe/Amsterdam', '2026-01-15T11:00:00.250Z'],
  ['2026-07-15T12:00:00.000', 'Europe/Amsterdam', '2026-07-15T10:00:00.000Z'],
  ['2026-07-15T12:00:00.000', 'America/New_York', '2026-07-15T16:00:00.000Z'],
  ['2026-07-15T12:00:00.000', 'Asia/Kathmandu', '2026-07-15T06:15:00.000Z'],
  // 25 October 2026, 03:00 becomes 02:00: 02:30 comes twice, the first is meant.
  ['2026-10-25T02:30:00.000', 'Europe/Amsterdam', '2026-10-25T00:30:00.000Z'],
  ['2026-10-25T03:30:00.000', 'Europe/Amsterdam', '2026-10-25T02:30:00.000Z'],
  // 29 March 2026, 02:00 becomes 03:00: 02:30 never was.
  ['2026-03-29T02:30:00.000', 'Europe/Amsterdam', '2026-03-29T01:30:00.000Z'],
  ['2026-03-29T01:59:59.999', 'Europe/Amsterdam', '2026-03-29T00:59:59.999Z'],
])('%s in %s', (text, zone, expected) => {
  expect(new Date(localTimeMs(wall(text), zone) ?? 0).toISOString()).toBe(expected);
});

test.each(['2026-02-30T00:00:00.000', '2026-13-01T00:00:00.000', '2026-01-01T24:00:00.000'])(
  '%s is no time',
  (text) => {
    expect(localTimeMs(wall(text), 'UTC')).toBeNull();
  },
);
