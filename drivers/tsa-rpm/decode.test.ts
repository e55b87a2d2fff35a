import { describe, expect, test } from 'vitest';
import { decode } from './decode.ts';

const read = (text: string) => decode(Buffer.from(text, 'latin1'));

describe('lines of the sheet', () => {
  test.each([
    [
      'GB,000188,000206,000262,000243',
      { type: 'background', channel: 'gamma', counts: [188, 206, 262, 243], fault: null },
    ],
    [
      'GB,   188,   206,   262,   243',
      { type: 'background', channel: 'gamma', counts: [188, 206, 262, 243], fault: null },
    ],
    ['NB,000000,000000,000000,000000', { type: 'background', channel: 'neutron', counts: [0, 0, 0, 0], fault: null }],
    [
      'GH,000999,000999,000999,000999',
      { type: 'background', channel: 'gamma', counts: [999, 999, 999, 999], fault: 'high' },
    ],
    ['GL,000001,000001,000001,000001', { type: 'background', channel: 'gamma', counts: [1, 1, 1, 1], fault: 'low' }],
    ['NL,000000,000000,000000,000000', { type: 'background', channel: 'neutron', counts: [0, 0, 0, 0], fault: 'low' }],
    ['GA,000050,000051,000052,000053', { type: 'sample', channel: 'gamma', counts: [50, 51, 52, 53], alarm: true }],
    ['NS,000001,000000,000002,000000', { type: 'sample', channel: 'neutron', counts: [1, 0, 2, 0], alarm: false }],
    ['GX,000001,004741,000000,000000', { type: 'end', counter: 1 }],
    ['TT,000000,000000,000000,000000', { type: 'tamper', on: true }],
    ['TC,111111,111111,111111,111111', { type: 'tamper', on: false }],
    [
      'SG1,000660,000090,05,10,07.0,P',
      {
        type: 'setup',
        fields: {
          gammaHighFaultCps: '000660',
          gammaLowFaultCps: '000090',
          gammaIntervals: '05',
          gammaHoldInIntervals: '10',
          nSigma: '07.0',
          gammaLetter: 'P',
        },
        nSigma: 7,
      },
    ],
    ['SP,0.0000,00.000,000.00,000000', { type: 'speed', speedKmh: null }],
  ])('%s', (text, record) => {
    expect(read(text)).toEqual({ ok: true, record });
  });

  test('speed from seconds per foot', () => {
    const fast = read('SP,0.0136,50.134,080.68,000000');
    expect(fast).toMatchObject({ ok: true, record: { type: 'speed' } });
    expect(fast.ok && fast.record.type === 'speed' && fast.record.speedKmh).toBeCloseTo(80.68, 1);
    const slow = read('SP,0.2249,03.032,004.88,000000');
    expect(slow.ok && slow.record.type === 'speed' && slow.record.speedKmh).toBeCloseTo(4.88, 1);
  });
});

describe('bad lines', () => {
  test.each([
    ['nothing', '', 'no-tag'],
    ['a cut line', 'GB,000188,000206', 'wrong-field-count'],
    ['too many fields', 'GB,1,2,3,4,5', 'wrong-field-count'],
    ['a count that is none', 'GA,0001x8,000206,000262,000243', 'not-a-number'],
    ['an empty count', 'GA,,000206,000262,000243', 'not-a-number'],
    ['a negative count', 'GS,-00001,000206,000262,000243', 'not-a-number'],
    ['seven digits', 'GS,1000001,000206,000262,000243', 'not-a-number'],
    ['bytes that are no text', 'GS,\u0000\u00ff,1,2,3', 'not-ascii'],
    ['no counter', 'GX,abc,0,0,0', 'not-a-number'],
    ['a speed that nobody has', 'SP,0.0001,99.999,999.99,000000', 'implausible'],
    ['the spectroscopic daily file', 'GB,000188,Cs137,000262,000243', 'spectroscopic-daily-file'],
    ['the same, its word one field earlier', 'GB,Background,188,206', 'spectroscopic-daily-file'],
    ['a short setup', 'SG1,000660', 'wrong-field-count'],
    ['an n-sigma of nothing', 'SG1,000660,000090,05,10,00.0,P', 'not-a-number'],
    ['the name of an object’s own member', 'constructor,1,2,3,4', 'no-tag'],
    ['lower case', 'gb,1,2,3,4', 'no-tag'],
  ])('%s', (_name, text, code) => {
    expect(read(text)).toMatchObject({ ok: false, code });
  });

  test('an unknown tag is no refusal', () => {
    expect(read('ZZ,1,2')).toEqual({ ok: false, unknownTag: 'ZZ' });
  });
});
