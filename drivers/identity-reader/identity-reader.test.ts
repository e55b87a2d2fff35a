import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode } from './decode.ts';
import { parseMrz } from './mrz.ts';
import { normalise } from './normalise.ts';

/** The sheet's document. */
const sheet = {
  readId: 'anpr-1-88121',
  kind: 'plate',
  value: 'AB-123-C',
  country: 'NL',
  confidence: 0.97,
  method: 'ocr',
  readAt: '2026-11-23T09:15:01Z',
  imageUri: null,
};
const readAtMs = Date.UTC(2026, 10, 23, 9, 15, 1);
const bytesOf = (text: string) => new TextEncoder().encode(text);

function read(bytes: Uint8Array) {
  const decoded = decode(bytes);
  return decoded.ok ? normalise(decoded.value) : decoded;
}
const readChanged = (change: object) => read(bytesOf(JSON.stringify({ ...sheet, ...change })));

/** ICAO Doc 9303, parts 4, 5 and 6: the specimens. */
const td3 = 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10';
const td2 = 'I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6';
const td1 = 'I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<';
const holder = { name: 'ANNA MARIA ERIKSSON', birthDate: '1974-08-12' };

it('the sheet’s document is one plate', () => {
  expect(readChanged({})).toEqual({
    ok: true,
    value: {
      type: 'identity',
      readId: 'anpr-1-88121',
      identifiers: [
        { kind: 'plate', value: 'AB123C', raw: 'AB-123-C', valid: true, issuer: 'NL', method: 'ocr', confidence: 0.97 },
      ],
      imageUri: null,
      observedAtMs: readAtMs,
    },
  });
});

describe('kinds', () => {
  it.each([
    ['container', 'CSQU 305438 3', { kind: 'container', value: 'CSQU3054383', valid: true }],
    ['container', 'CSQU3O54383', { value: 'CSQU3O54383', valid: false, corrections: ['CSQU3054383'] }],
    ['bag-tag', '0220123456', { kind: 'bag-tag', valid: true }],
    ['bag-tag', '022O123456', { valid: false, corrections: ['0220123456'] }],
    ['awb', '020-12345675', { kind: 'awb', value: '02012345675', valid: true }],
    ['uld', 'AKE12345KL', { kind: 'uld', valid: true }],
    ['gmr', 'GMRA00002KW2', { kind: 'gmr', valid: true }],
    ['declaration', '26NL00051012345678', { kind: 'declaration', valid: true }],
    ['rfid', 'E2 00 34', { kind: 'rfid', value: 'E20034' }],
    ['other', 'crate 7', { kind: 'other', value: 'CRATE7' }],
    ['mrz', td3, { kind: 'travel-document', value: 'L898902C3', issuer: 'UTO', valid: true, holder, raw: td3 }],
    [
      'boarding-pass',
      'M1DESMARAIS/LUC       EABC123 YULFRAAC 0834 326J001A0025 100',
      { kind: 'boarding-pass', value: 'AC0834326001A0025', holder: { name: 'LUC DESMARAIS', birthDate: null } },
    ],
  ])('%s %j', (kind, value, expected) => {
    expect(readChanged({ kind, value })).toMatchObject({ ok: true, value: { identifiers: { 0: expected } } });
  });
});

describe('machine readable zones', () => {
  it.each([
    ['TD3', td3, 'L898902C3'],
    ['TD2', td2, 'D23145890'],
    ['TD1', td1, 'D23145890'],
    ['TD3 with CR LF and in small letters', `${td3.replace('\n', '\r\n').toLowerCase()}\r\n`, 'L898902C3'],
  ])('%s', (_, text, value) => {
    expect(parseMrz(text, readAtMs)).toEqual({ value, issuer: 'UTO', valid: true, corrections: [], holder });
  });

  it('a misread number is weak and brings its correction', () => {
    expect(parseMrz(td3.replace('L898902', 'L8989O2'), readAtMs)).toMatchObject({
      value: 'L8989O2C3',
      valid: false,
      corrections: ['L898902C3'],
    });
  });

  it('a misread birth date makes the document weak, and is not told as a date', () => {
    expect(parseMrz(td3.replace('740812', '74O812'), readAtMs)).toMatchObject({
      value: 'L898902C3',
      valid: false,
      holder: { birthDate: null },
    });
  });

  it('no single digit of the number may change', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 9 }), (at, digit) => {
        const number = `${'L898902C3'.slice(0, at)}${digit}${'L898902C3'.slice(at + 1)}`;
        expect(parseMrz(td3.replace('L898902C3', number), readAtMs)?.valid).toBe(number === 'L898902C3');
      }),
    );
  });

  it.each([
    ['a birth date is in the past', '260101', '2026-01-01'],
    ['else a century earlier', '261231', '1926-12-31'],
    ['30 February is none', '740230', null],
    ['a day that nobody knows', '7408<<', null],
  ])('%s', (_, text, birthDate) => {
    expect(parseMrz(td3.replace('740812', text), readAtMs)?.holder.birthDate).toBe(birthDate);
  });

  it.each([
    ['one line', td3.split('\n')[0] ?? ''],
    ['a character short', td3.slice(0, -1)],
    ['four lines', `${td3}\n${td3}`],
    ['a Swiss driving licence', 'AAA001D<<\nFACHE305142128097<<800126<<<<<\nMARCHAND<<FABIENNE<<<<<<<<<<<<'],
    ['no zone at all', 'hello'],
  ])('is none: %s', (_, text) => {
    expect(parseMrz(text, readAtMs)).toBeNull();
    expect(readChanged({ kind: 'mrz', value: text })).toMatchObject({ ok: false, code: 'mrz' });
  });
});

describe('refusals', () => {
  it.each([
    [{ value: '' }, 'schema', 'value: '],
    [{ value: ' - ' }, 'schema', 'value: '],
    [{ confidence: 1.01 }, 'schema', 'confidence: '],
    [{ confidence: -0.01 }, 'schema', 'confidence: '],
    [{ kind: 'face' }, 'schema', 'kind: '],
    [{ method: 'guess' }, 'schema', 'method: '],
    [{ readId: '' }, 'schema', 'readId: '],
    [{ readAt: 1_795_425_301 }, 'schema', 'readAt: '],
    [{ kind: 'boarding-pass', value: 'M1DESMARAIS/LUC' }, 'boarding-pass', '60-character'],
    [{ note: 'x'.repeat(256 * 1024) }, 'too-large', 'at most 262144'],
  ])('%j', (change, code, reason) => {
    expect(readChanged(change)).toMatchObject({ ok: false, code, reason: expect.stringContaining(reason) });
  });

  it('10 MB', () => {
    expect(read(new Uint8Array(10_000_000))).toMatchObject({ code: 'too-large' });
  });

  it('cut short anywhere', () => {
    const good = bytesOf(JSON.stringify(sheet));
    fc.assert(fc.property(fc.nat(good.length - 1), (length) => !read(good.slice(0, length)).ok));
  });
});

describe('whatever comes, nothing throws', () => {
  const outcome = (bytes: Uint8Array) => {
    const result = read(bytes);
    if (!result.ok) return result.reason !== '';
    return result.value.identifiers.every(({ value }) => value !== '');
  };

  it('bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), outcome));
  });

  it('any kind with any text', () => {
    const kind = fc.constantFrom('mrz', 'boarding-pass', 'container', 'plate', 'bag-tag', 'awb', 'uld', 'other');
    fc.assert(
      fc.property(kind, fc.string({ unit: 'binary', maxLength: 100 }), (name, value) =>
        outcome(bytesOf(JSON.stringify({ ...sheet, kind: name, value }))),
      ),
    );
  });

  it('lines that have the form of a zone', () => {
    const mark = fc.constantFrom(...'<<<AB0O1I9Z');
    const line = (length: number) => fc.string({ unit: mark, minLength: length, maxLength: length });
    const zone = fc.oneof(
      fc.tuple(line(44), line(44)),
      fc.tuple(line(36), line(36)),
      fc.tuple(line(30), line(30), line(30)),
    );
    fc.assert(
      fc.property(zone, (lines) =>
        outcome(bytesOf(JSON.stringify({ ...sheet, kind: 'mrz', value: lines.join('\n') }))),
      ),
    );
  });
});
