import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isoTime, msOf } from './iso-time.ts';

const anyTime = fc.oneof(
  fc.date({ noInvalidDate: true }).map((date) => date.getTime()),
  fc
    .date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => date.getTime()),
);

test('a moment is written as a Date writes it, and read as a Date reads it', () => {
  fc.assert(
    fc.property(anyTime, (ms) => {
      expect(isoTime(ms)).toBe(new Date(ms).toISOString());
      expect(msOf(isoTime(ms))).toBe(ms);
    }),
    { numRuns: 2_000 },
  );
});

test.each([0, -1, 1.5, 951_782_400_000, 253_402_300_799_999, 253_402_300_800_000, 8.64e15])('%d too', (ms) => {
  expect(isoTime(ms)).toBe(new Date(ms).toISOString());
});

test('what is no moment is not written', () => {
  for (const ms of [Number.NaN, 8.64e15 + 1, Number.POSITIVE_INFINITY]) expect(() => isoTime(ms)).toThrow(RangeError);
});

test('whatever looks like a time is read as a Date reads it', () => {
  const number = (max: number, digits: number) => fc.nat(max).map((value) => String(value).padStart(digits, '0'));
  const text = fc
    .tuple(number(9999, 4), number(14, 2), number(33, 2), number(25, 2), number(61, 2), number(61, 2), number(999, 3))
    .map(
      ([year, month, day, hour, minute, second, ms]) => `${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`,
    );
  fc.assert(
    fc.property(fc.oneof(text, fc.string()), (time) => {
      expect(msOf(time)).toBe(Date.parse(time));
    }),
    { numRuns: 5_000 },
  );
});

test.each(['2026-11-23T09:00:00Z', '2026-11-23T09:00:00.5Z', '2026-11-23T10:00:00+01:00', '2026-11-23', ''])(
  '"%s" is read in its own form',
  (time) => {
    expect(msOf(time)).toBe(Date.parse(time));
  },
);
