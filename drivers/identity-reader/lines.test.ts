import { describe, expect, it, test } from 'vitest';
import { identityReaderSimulator } from '../../simulators/identity-reader.ts';
import type { IdentityRead } from '../../src/domain/observation.ts';
import { type DriverBench, runDriver } from '../../tests/support/driver-bench.ts';
import { ptyLink } from '../../tests/support/pty-link.ts';
import { describeWith } from '../../tests/support/services.ts';
import { until } from '../../tests/support/until.ts';
import { departureDate } from './boarding-pass.ts';
import { identityReader } from './definition.ts';
import { identify } from './scanned.ts';

const { signal } = new AbortController();
// ICAO's own specimens (Doc 9303, parts 4 to 6) and the example of IATA's BCBP guide.
const td3 = 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10';
const td2 = 'I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6';
const td1 = 'I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<';
const pass = 'M1DESMARAIS/LUC       EABC123 YULFRAAC 0834 326J001A0025 100';
const settings = { defaultKind: 'rfid', method: 'barcode' } as const;
const atMs = Date.UTC(2026, 10, 24);

const readsIn = (bench: DriverBench) =>
  bench.observations.filter((one): one is IdentityRead => one.type === 'identity');

describe('what a line is', () => {
  test.each([
    [
      'a TD3',
      td3.split('\n'),
      [{ kind: 'travel-document', value: 'L898902C3', issuer: 'UTO', valid: true, method: 'mrz' }],
    ],
    ['a TD2', td2.split('\n'), [{ kind: 'travel-document', value: 'D23145890', valid: true }]],
    ['a TD1', td1.split('\n'), [{ kind: 'travel-document', value: 'D23145890', valid: true }]],
    [
      'a boarding pass, its day resolved to the nearest',
      [pass],
      [
        { kind: 'boarding-pass', holder: { name: 'LUC DESMARAIS' } },
        { kind: 'flight', value: 'AC083420261122' },
      ],
    ],
    ['a bag tag', ['0220123456'], [{ kind: 'bag-tag', value: '0220123456', valid: true, method: 'barcode' }]],
    ['a container', ['CSQU3054383'], [{ kind: 'container', valid: true }]],
    ['a misread container', ['CSQU3O54383'], [{ kind: 'container', valid: false, corrections: ['CSQU3054383'] }]],
    ['anything else, as configured', ['E2801160'], [{ kind: 'rfid', value: 'E2801160' }]],
    ['with the symbology before it', [']C10220123456'], [{ kind: 'bag-tag', value: '0220123456' }]],
  ])('%s', (_, lines, expected) => {
    const scanned = identify(lines, settings, atMs);
    expect(scanned.ok && scanned.identifiers).toMatchObject(expected);
  });

  test.each([
    ['bytes that are no text', '\x01\xff', 'not-printable'],
    ['nothing to read', '---', 'no-value'],
  ])('refuses %s', (_, line, code) => expect(identify([line], settings, atMs)).toMatchObject({ ok: false, code }));

  test.each([
    [326, '2026-11-24', '2026-11-22'],
    [1, '2026-12-30', '2027-01-01'],
    [365, '2027-01-02', '2026-12-31'],
    [366, '2028-12-30', '2028-12-31'],
    [366, '2027-01-02', '2028-12-31'],
    [366, '2026-06-01', '2024-12-31'],
  ])('day %i read on %s is %s', (day, read, date) => {
    expect(departureDate(day, Date.parse(read))).toBe(date);
  });
});

async function scansEverything(bench: DriverBench, play: (action: object) => Promise<void>): Promise<void> {
  await until('online', () => bench.onlineCount() === 1);
  await play({ do: 'read', kind: 'mrz', value: td3 });
  await play({ do: 'garble' });
  await play({ do: 'read', kind: 'bag-tag', value: '0220999999' });
  await play({ do: 'raw', text: `${'7'.repeat(600)}\r\n` });
  await play({ do: 'raw', text: '0220123456\r\n' });
  await play({ do: 'raw', text: `${td1.split('\n')[0]}\n` });
  await play({ do: 'raw', text: 'CSQU3054383\n' });
  await until('three reads', () => readsIn(bench).length === 3);
  expect(readsIn(bench).map(({ identifiers }) => identifiers[0]?.kind)).toEqual([
    'travel-document',
    'bag-tag',
    'container',
  ]);
  expect(new Set(readsIn(bench).map(({ readId }) => readId)).size).toBe(3);
  expect(bench.refusals.map(({ code }) => code)).toEqual(['not-printable', 'line-too-long', 'mrz-incomplete']);
}

it('over TCP: CR, LF and CR LF, an MRZ put together, garbage refused; the lost link ends the attempt', async () => {
  const link = { type: 'tcp', host: '127.0.0.1', port: 0 } as const;
  await using scanner = await identityReaderSimulator.start({ deviceId: 's', link, random: () => 0.5 });
  await using bench = runDriver(identityReader, scanner.link);
  await scansEverything(bench, (action) => scanner.play(action, signal));
  await scanner.play({ do: 'drop' }, signal);
  expect(await bench.ended).toMatchObject({ code: 'link-lost' });
});

it('an MRZ that stops in its middle is refused by itself, with its bytes', async () => {
  const link = { type: 'tcp', host: '127.0.0.1', port: 0 } as const;
  await using scanner = await identityReaderSimulator.start({ deviceId: 's', link, random: () => 0.5 });
  await using bench = runDriver(identityReader, scanner.link);
  await until('online', () => bench.onlineCount() === 1);
  const [first = ''] = td3.split('\n');
  await scanner.play({ do: 'raw', text: `${first}\r` }, signal);
  const refusal = await until('the refusal', () => bench.refusals[0]);
  expect(refusal).toMatchObject({ code: 'mrz-incomplete', bytes: Buffer.from(first) });
});

describeWith(['socat'], 'on a pseudo-terminal', () => {
  it('reads the same', async () => {
    using place = ptyLink();
    await using scanner = await identityReaderSimulator.start({ deviceId: 's', link: place.link, random: () => 0.5 });
    await using bench = runDriver(identityReader, place.link);
    await scansEverything(bench, (action) => scanner.play(action, signal));
  });
});
