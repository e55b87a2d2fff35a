import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { OccupancyReport } from '../../src/domain/observation.ts';
import { runDriver } from '../../tests/support/driver-bench.ts';
import { until } from '../../tests/support/until.ts';
import { tsaRpm } from './definition.ts';
import { dayOf, storedLines } from './stored-lines.ts';

const quiet = ['NB,000000,000000,000001,000000', 'GB,000188,000206,000262,000243'];
const scan = (tag: string, each: number) => `${tag},${Array(4).fill(String(each).padStart(6, '0')).join(',')}`;
const passing = [
  ...quiet,
  ...Array(5).fill(scan('GA', 150)),
  'SP,0.1,1,1,0',
  'GX,000007,000000,000000,000000',
  ...quiet,
];

/** The same passing in each of the four forms, 10:00:00 on 1 July 2026 in Amsterdam. */
const at = (index: number, hour: number) => `${String(hour).padStart(2, '0')}-00-0${index}.250`;
const forms = {
  'no stamp': passing,
  'one stamp': passing.map((line, index) => `${line},${at(index % 10, 10)}`),
  'two stamps': passing.map((line, index) => `${line},${at(index % 10, 10)},${at(index % 10, 8)}`),
  quoted: ['message,timestamp', ...passing.map((line, index) => `"${line}",2026-07-01T08:00:0${index % 10}.250Z`)],
};

function folder() {
  const path = mkdtempSync(join(tmpdir(), 'lanewatch-tsa-'));
  return {
    path,
    link: { type: 'folder', path, pattern: '*.csv' } as const,
    put: (name: string, lines: readonly string[]) =>
      writeFileSync(join(path, name), lines.map((line) => `${line}\r\n`).join('')),
    in: (name: string) => readdirSync(join(path, name)).toSorted(),
    [Symbol.dispose]: () => rmSync(path, { recursive: true }),
  };
}

describe('a stored daily file', () => {
  test.each(Object.entries(forms))('%s: its occupancy is told whole, in its own time', async (form, lines) => {
    using place = folder();
    place.put('123_2026-07-01.csv', lines);
    await using bench = runDriver(tsaRpm, place.link);
    await until('it is done', () => bench.onlineCount() === 1 && place.in('done').length === 1);
    const [report] = bench.observations.filter((one): one is OccupancyReport => one.type === 'occupancy-report');
    expect(report).toMatchObject({
      stored: true,
      durationS: 1,
      detections: [{ signal: 'gamma', count: 5, finding: { peak: 3_000, background: 899 } }],
    });
    const observed = new Date(report?.observedAtMs ?? 0).toISOString();
    expect(observed).toMatch(form === 'no stamp' ? /^2026-06-30T22:00:05/ : /^2026-07-01T08:00:02\.250Z/);
    expect(bench.refusals).toEqual([]);
    expect(
      bench.observations.some(({ type }) => type === 'reading' || type === 'condition'),
      'no news now',
    ).toBe(false);
  });

  it('taken twice, the reports have the same ids', async () => {
    using place = folder();
    place.put('a_2026-07-01.csv', forms['one stamp']);
    place.put('b_2026-07-01.csv', forms['one stamp']);
    await using bench = runDriver(tsaRpm, place.link);
    await until('both are done', () => bench.onlineCount() === 1 && place.in('done').length === 2);
    const ids = bench.observations.flatMap((one) => (one.type === 'occupancy-report' ? [one.reportId] : []));
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  test.each([
    ['no date in its name', 'portal.csv', forms['no stamp'], /no-date|day is not known/],
    ['the spectroscopic form', '9_2026-07-01.csv', ['GB,abc,1,2,3'], /spectroscopic/],
    ['… with its word one field later', '9_2026-07-01.csv', ['GB,000188,Cs137,1,2'], /spectroscopic/],
  ])('%s is refused as a whole, with the reason beside it', async (_, name, lines, reason) => {
    using place = folder();
    place.put(name, lines);
    await using bench = runDriver(tsaRpm, place.link);
    await until('it is refused', () => bench.onlineCount() === 1 && place.in('refused').length === 2);
    expect(readFileSync(join(place.path, 'refused', `${name}.reason.txt`), 'utf8')).toMatch(reason);
    expect(bench.refusals).toHaveLength(1);
  });

  it('lines that were cut, garbled or never end do not spoil the day', async () => {
    using place = folder();
    const bad = [
      'GB,000188',
      'GB,00018x,000206,000262,000243',
      'GB,x00188,000206,000262,000243',
      'GB,'.repeat(200_000),
    ];
    place.put('1_2026-07-01.csv', [...bad, ...forms['no stamp']]);
    await using bench = runDriver(tsaRpm, place.link);
    await until('it is done', () => bench.onlineCount() === 1 && place.in('done').length === 1);
    expect(bench.refusals.map(({ code }) => code)).toEqual([
      'wrong-field-count',
      'not-a-number',
      'spectroscopic-daily-file',
      'line-too-long',
    ]);
    expect(bench.refusals.at(-1)?.bytes).toHaveLength(320);
    expect(bench.observations.filter(({ type }) => type === 'occupancy-report')).toHaveLength(1);
  });

  it('a bad line in it is refused by itself', async () => {
    using place = folder();
    place.put('1_2026-07-01.csv', [
      ...forms['one stamp'],
      'GS,00x,1,2,3,10-00-00.000',
      `${quiet[1]},25-00-00.000`,
      'ZZ,1,10-00-00.000',
    ]);
    await using bench = runDriver(tsaRpm, place.link);
    await until('it is done', () => bench.onlineCount() === 1 && place.in('done').length === 1);
    expect(bench.refusals.map(({ code }) => code)).toEqual(['not-a-number', 'time']);
    expect(bench.ignored).toEqual(['ZZ']);
    expect(bench.observations.filter(({ type }) => type === 'occupancy-report')).toHaveLength(1);
  });

  it('a large one lets everybody else have their turn', async () => {
    using place = folder();
    place.put('1_2026-07-01.csv', Array(6_000).fill(forms['one stamp']).flat());
    let longestMs = 0;
    let last = performance.now();
    const watch = setInterval(() => {
      longestMs = Math.max(longestMs, performance.now() - last);
      last = performance.now();
    }, 5);
    await using bench = runDriver(tsaRpm, place.link);
    await until('it is done', () => bench.onlineCount() === 1 && place.in('done').length === 1, 30_000);
    clearInterval(watch);
    expect(bench.observations.filter(({ type }) => type === 'occupancy-report')).toHaveLength(6_000);
    expect(longestMs).toBeLessThan(1_000);
  });
});

describe('times', () => {
  const timesIn = (lines: readonly string[], zone: string, day = { year: 2026, month: 10, day: 25 }) =>
    [...storedLines(Buffer.from(lines.join('\n')), day, zone, 0)].map((line) =>
      line.ok ? new Date(line.atMs).toISOString() : line.code,
    );

  it('the UTC stamp tells the two hours of an autumn night apart', () => {
    expect(
      timesIn(['TC,1,1,1,1,02-30-00.000,00-30-00.000', 'TC,1,1,1,1,02-30-00.000,01-30-00.000'], 'Europe/Amsterdam'),
    ).toEqual(['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z']);
  });

  it('a local evening far from Greenwich is another day in UTC', () => {
    expect(
      timesIn(['TC,1,1,1,1,23-00-00.000,03-00-00.000'], 'America/New_York', { year: 2026, month: 7, day: 1 }),
    ).toEqual(['2026-07-02T03:00:00.000Z']);
  });

  test.each([
    ['123_2026-07-01.csv', { year: 2026, month: 7, day: 1 }],
    ['a_b_2026-07-01.CSV', { year: 2026, month: 7, day: 1 }],
    ['123_2026-02-30.csv', null],
    ['2026-07-01.csv', null],
  ])('%s', (name, day) => expect(dayOf(name)).toEqual(day));

  it('no bytes make it throw', () => {
    const pieces = fc.constantFrom(
      'GB',
      ',',
      '000188',
      '10-00-00.250',
      '"',
      '\n',
      '2026-07-01T08:00:00Z',
      'message,timestamp',
      '\xff',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        const lines = [
          ...storedLines(Buffer.from(parts.join(''), 'latin1'), { year: 2026, month: 7, day: 1 }, 'UTC', 0),
        ];
        expect(lines.every(({ frame }) => frame.bytes.length > 0)).toBe(true);
      }),
    );
  });
});
