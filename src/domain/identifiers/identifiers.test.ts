import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IdentifierKind } from '../words.ts';
import { parseBoardingPass } from './boarding-pass.ts';
import { icaoCheckDigit, isStrong, normaliseIdentifier, ocrCorrections } from './index.ts';
import { readIdentifier } from './read-identifier.ts';
import { recogniseKind } from './recognise-kind.ts';

/** IATA Resolution 792, the implementation guide's example. */
const pass = 'M1DESMARAIS/LUC       EABC123 YULFRAAC 0834 326J001A0025 100';

describe('normal form and validity', () => {
  it.each<[IdentifierKind, string, string, boolean]>([
    ['container', 'csqu 305438-3', 'CSQU3054383', true],
    ['container', 'CSQU3054384', 'CSQU3054384', false],
    ['container', 'CSQA3054383', 'CSQA3054383', false],
    // The remainder is 10 and counts as 0.
    ['container', 'CSQU3054450', 'CSQU3054450', true],
    ['container', '', '', false],
    ['awb', '020-12345675', '02012345675', true],
    ['awb', '020-12345676', '02012345676', false],
    ['imo', '9074729', '9074729', true],
    ['imo', '9074728', '9074728', false],
    ['bag-tag', '0220 123456', '0220123456', true],
    ['bag-tag', '022012345', '022012345', false],
    ['travel-document', 'L898902C<', 'L898902C', true],
    ['travel-document', 'L8', 'L8', false],
    ['plate', 'ab-123-c', 'AB123C', true],
    ['plate', 'Ａ１２', 'A12', true],
    ['plate', '-', '', false],
    ['uld', 'AKE 12345 KL', 'AKE12345KL', true],
    ['flight', 'KL 855', 'KL855', true],
    ['declaration', '26NL00051012345678', '26NL00051012345678', true],
    ['boarding-pass', pass, 'AC0834326001A0025', true],
    ['boarding-pass', 'AC0834326001A0025', 'AC0834326001A0025', true],
    ['other', 'crate 7', 'CRATE7', true],
  ])('%s %j is %j, valid %j', (kind, raw, value, valid) => {
    const normal = normaliseIdentifier(kind, raw);
    expect(normal).toMatchObject({ kind, value, valid });
    expect(normal.problem === null).toBe(valid);
  });

  it('keeps the issuer in capitals, null when there is none', () => {
    expect(normaliseIdentifier('plate', 'AB123C', ' nl ').issuer).toBe('NL');
    expect(normaliseIdentifier('plate', 'AB123C', ' ').issuer).toBeNull();
  });

  it('never throws, and normal is normal', () => {
    const kinds = fc.constantFrom<IdentifierKind>('container', 'awb', 'imo', 'plate', 'travel-document', 'bag-tag');
    fc.assert(
      fc.property(kinds, fc.string({ unit: 'binary' }), (kind, raw) => {
        const { value, valid } = normaliseIdentifier(kind, raw);
        expect(normaliseIdentifier(kind, value)).toMatchObject({ value, valid });
      }),
    );
  });
});

describe('check digits', () => {
  it('catch every single wrong digit of CSQU3054383', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 10 }), fc.integer({ min: 0, max: 9 }), (at, digit) => {
        const changed = `${'CSQU3054383'.slice(0, at)}${digit}${'CSQU3054383'.slice(at + 1)}`;
        expect(normaliseIdentifier('container', changed).valid).toBe(changed === 'CSQU3054383');
      }),
    );
  });

  it.each([
    ['L898902C3', 6],
    ['740812', 2],
    ['120415', 9],
    ['ZE184226B<<<<<', 1],
    ['L898902C3674081221204159ZE184226B<<<<<1', 0],
  ])('ICAO 9303-4, appendix B: %s has %i', (text, expected) => {
    expect(icaoCheckDigit(text)).toBe(expected);
  });
});

describe('corrections', () => {
  it('finds the container behind one confusable character', () => {
    expect(ocrCorrections('container', 'CSQU3O54383')).toEqual(['CSQU3054383']);
    expect(ocrCorrections('container', 'C5QU3054383')).toEqual(['CSQU3054383']);
    expect(ocrCorrections('container', 'CSQU3O543B3'), 'two are too many').toEqual([]);
  });

  it('gives valid values only, and not many', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        const corrections = ocrCorrections('container', text);
        expect(corrections.length).toBeLessThanOrEqual(10);
        for (const value of corrections) expect(normaliseIdentifier('container', value).valid).toBe(true);
      }),
    );
  });

  it('stand with a read that fails its check, and only there', () => {
    const how = { method: 'ocr', confidence: 0.8 } as const;
    expect(readIdentifier('container', 'CSQU3O54383', how)).toEqual({
      kind: 'container',
      value: 'CSQU3O54383',
      raw: 'CSQU3O54383',
      valid: false,
      issuer: null,
      ...how,
      corrections: ['CSQU3054383'],
    });
    expect(readIdentifier('container', 'CSQU 305438 3', how)).not.toHaveProperty('corrections');
  });
});

describe('boarding pass', () => {
  it('gives key and name; what follows the block is left aside', () => {
    const read = { key: 'AC0834326001A0025', name: 'LUC DESMARAIS', flight: 'AC0834', dayOfYear: 326 };
    expect(parseBoardingPass(pass)).toEqual(read);
    expect(parseBoardingPass(`${pass}>more`)).toEqual(read);
  });

  it.each([
    ['one character short', pass.slice(0, 59)],
    ['another format', `S${pass.slice(1)}`],
    ['no day', pass.replace('326J', '   J')],
    ['day 367', pass.replace('326J', '367J')],
    ['no flight', pass.replace('0834 ', '     ')],
    ['neither seat nor sequence', pass.replace('001A0025 ', '         ')],
  ])('is none: %s', (_, text) => {
    expect(parseBoardingPass(text)).toBeNull();
  });
});

it.each([
  ['csqu 305438-3', 'container'],
  ['CSQU3O54383', 'container'],
  ['0220 123456', 'bag-tag'],
  ['020-12345675', 'awb'],
  ['020-12345676', null],
  ['L898902C3', 'travel-document'],
  ['A12345678', 'travel-document'],
  [pass, 'boarding-pass'],
  ['TRAY0017', null],
  ['', null],
])('the form of %j says %s', (raw, kind) => {
  expect(recogniseKind(raw)).toBe(kind);
});

it('strong kinds name one thing', () => {
  expect((['container', 'travel-document', 'bag-tag', 'awb', 'declaration'] as const).every(isStrong)).toBe(true);
  expect((['plate', 'boarding-pass', 'other', 'flight'] as const).some(isStrong)).toBe(false);
});
