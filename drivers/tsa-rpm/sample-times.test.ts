import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { openLineServer } from '../../simulators/line-server.ts';
import { runDriver } from '../../tests/support/driver-bench.ts';
import { until } from '../../tests/support/until.ts';
import { decode } from './decode.ts';
import { tsaRpm } from './definition.ts';
import { timesOf } from './sample-times.ts';

const line = (tag: string) => `${tag},000001,000001,000001,000001`;
const times = (tags: readonly string[], receivedAtMs = 10_000, notBeforeMs = 0) =>
  timesOf(
    tags.map((tag) => decode(Buffer.from(line(tag)))),
    receivedAtMs,
    notBeforeMs,
  );

test.each([
  ['one sample came as it was measured', ['GS'], [10_000]],
  [
    'five at once: the newest now, each before it 200 ms earlier',
    ['GS', 'GS', 'GA', 'GS', 'GS'],
    [9_200, 9_400, 9_600, 9_800, 10_000],
  ],
  ['what stands between shares the time of the next sample', ['NS', 'GS', 'NS', 'GS'], [9_800, 9_800, 10_000, 10_000]],
  ['backgrounds are of now', ['NB', 'GB'], [10_000, 10_000]],
  ['what follows the newest sample is of now', ['GS', 'GS', 'GB'], [9_800, 10_000, 10_000]],
])('%s', (_, tags, expected) => expect(times(tags)).toEqual(expected));

test('no time lies before the last one known', () => {
  expect(times(['GS', 'GS', 'GS'], 10_000, 9_700)).toEqual([9_700, 9_800, 10_000]);
});

test('times never run backwards', () => {
  const tags = fc.array(fc.constantFrom('GS', 'GA', 'NS', 'GB', 'TT', 'XX'), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(tags, fc.nat(20_000), (given, notBeforeMs) => {
      const found = times(given, 20_000, notBeforeMs);
      expect(found.every((time, at) => time >= notBeforeMs && time >= (found[at - 1] ?? 0) && time <= 20_000)).toBe(
        true,
      );
    }),
  );
});

it('a burst on a real socket opens its occupancy when it was measured', async () => {
  await using portal = await openLineServer({ type: 'tcp', host: '127.0.0.1', port: 0 }, (say) =>
    say(`${line('NB')}\r\n${line('GB')}\r\n`),
  );
  await using bench = runDriver(tsaRpm, portal.link);
  await until('the background', () => bench.observations.some(({ type }) => type === 'reading'));
  const backgroundMs = bench.frames.at(-1)?.receivedAtMs ?? 0;
  await until('a second has passed', () => Date.now() - backgroundMs > 1_000);
  portal.say(
    Array(5)
      .fill(`${line('GS')}\r\n`)
      .join(''),
  );
  const opened = await until('the occupancy', () => bench.observations.find(({ type }) => type === 'occupancy-opened'));
  const receivedAtMs = bench.frames.at(-1)?.receivedAtMs ?? 0;
  expect(receivedAtMs - opened.observedAtMs).toBe(800);
  const seen = bench.observations
    .filter((one) => one.type === 'reading' && one.quantity === 'gamma')
    .map(({ observedAtMs }) => receivedAtMs - observedAtMs);
  expect(seen).toEqual([800, 600, 400, 200, 0]);
});

it('what passed while the link was down is missed; n-sigma is known at once', async () => {
  const kept = new Map<string, number>();
  const end = (counter: number) => `GX,${String(counter).padStart(6, '0')},000000,000000,000000\r\n`;
  await using portal = await openLineServer({ type: 'tcp', host: '127.0.0.1', port: 0 }, (say) =>
    say(`${line('GB')}\r\n`),
  );
  await using first = runDriver(tsaRpm, portal.link, {}, { kept });
  await until('the background', () => first.observations.length > 0);
  portal.say(`SG1,000660,000090,05,10,05.5,P\r\n${line('GS')}\r\n${end(3)}${line('GS')}\r\n`);
  await until(
    'the next occupancy',
    () => first.observations.filter(({ type }) => type === 'occupancy-opened').length === 2,
  );
  await first.stop();
  await using second = runDriver(tsaRpm, portal.link, {}, { kept });
  await until('the background', () => second.observations.length > 0);
  const threshold = second.observations.find((one) => one.type === 'reading' && one.quantity === 'gamma-threshold');
  expect(threshold?.type === 'reading' && threshold.value).toBeCloseTo(4 + 5.5 * 2);
  portal.say(`${line('GS')}\r\n${end(7)}`);
  const missed = await until('the gap', () => second.observations.find(({ type }) => type === 'occupancy-missed'));
  // 4 was seen and lost its GX, 7 is the present one: 5 and 6 passed unseen.
  expect(missed).toMatchObject({ missed: 2, counter: 7 });
});
