import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode } from './decode.ts';
import { normalise } from './normalise.ts';
import { XrayProfile } from './profile.ts';

/** The sheet's document. */
const sheet = {
  scanId: 'X1-20261123-000421',
  tdrType: 'MACHINE',
  alarmDecision: 'ALARM',
  alarmDecisionTime: '2026-11-23T09:15:02.120Z',
  totalProcessingTimeS: 4.1,
  abort: null,
  ooi: { id: 'CSQU3054383', idType: 'BARCODE', type: 'CARGO' },
  boardingPassId: null,
  carrierId: null,
  operator: null,
  algorithm: 'vendor\\name\\1.2',
  scanType: 'OPERATIONAL',
  threats: [
    {
      ptoId: 1,
      category: 'EXPLOSIVE',
      description: 'bulk, upper left',
      assessment: 'HIGH_THREAT',
      probability: 0.93,
      massG: 1200,
      densityGcm3: 1.6,
      zEff: 7.4,
      volumeCm3: 750,
      polygon: [
        [10, 20, 0],
        [40, 20, 0],
        [40, 60, 0],
      ],
    },
  ],
  imageUri: 'https://scanner/X1-20261123-000421.dcs',
};
const mebibyte = 1024 * 1024;
const bytesOf = (text: string) => new TextEncoder().encode(text);
const asOnTheSheet = XrayProfile.parse(undefined);
const decodeText = (text: string, maxBytes = mebibyte, profile = asOnTheSheet) =>
  decode(bytesOf(text), maxBytes, profile);

function scanOf(change: object = {}) {
  const decoded = decodeText(JSON.stringify({ ...sheet, ...change }));
  if (!decoded.ok) throw new Error(decoded.reason);
  return normalise(decoded.value);
}

function threat(category: string, assessment = 'THREAT') {
  return { ptoId: 1, category, assessment };
}

it('the sheet’s document is one scan', () => {
  expect(scanOf()).toEqual({
    type: 'scan',
    signal: 'xray-object',
    scanId: 'X1-20261123-000421',
    decision: 'alarm',
    hazard: 'explosive',
    mode: null,
    observedAtMs: Date.UTC(2026, 10, 23, 9, 15, 2, 120),
    identifiers: [
      {
        kind: 'container',
        value: 'CSQU3054383',
        raw: 'CSQU3054383',
        valid: true,
        issuer: null,
        method: 'barcode',
        confidence: null,
      },
    ],
    finding: {
      kind: 'xray',
      scanId: 'X1-20261123-000421',
      decision: 'alarm',
      source: 'MACHINE',
      reason: null,
      objects: [
        {
          number: 1,
          category: 'EXPLOSIVE',
          description: 'bulk, upper left',
          assessment: 'HIGH_THREAT',
          probability: 0.93,
          massG: 1200,
          densityGcm3: 1.6,
          zEff: 7.4,
          volumeCm3: 750,
          region: [
            [10, 20, 0],
            [40, 20, 0],
            [40, 60, 0],
          ],
        },
      ],
      imageUri: 'https://scanner/X1-20261123-000421.dcs',
      operator: null,
      algorithm: 'vendor\\name\\1.2',
    },
  });
});

describe('normalise', () => {
  it.each([
    [{ alarmDecision: 'CLEAR' }, { decision: 'clear' }],
    [{ alarmDecision: 'UNKNOWN' }, { decision: 'unknown' }],
    [
      { alarmDecision: 'CLEAR', abort: 'CLIPPED_BAG' },
      { decision: 'aborted', finding: { decision: 'aborted', reason: 'CLIPPED_BAG' } },
    ],
    [{ alarmDecision: 'UNKNOWN', abort: 'TIMEOUT' }, { decision: 'aborted' }],
    [
      { alarmDecision: 'ALARM', abort: 'TIMEOUT' },
      { decision: 'alarm', finding: { decision: 'alarm', reason: 'TIMEOUT' } },
    ],
    [{ scanType: 'NON_OPERATIONAL' }, { mode: 'test' }],
    [{ tdrType: 'GROUND TRUTH' }, { finding: { source: 'GROUND TRUTH' } }],
    [{ alarmDecisionTime: '2026-11-23T10:15:02.120+01:00' }, { observedAtMs: Date.UTC(2026, 10, 23, 9, 15, 2, 120) }],
    [
      { threats: undefined, ooi: undefined, abort: undefined },
      { hazard: 'unknown', identifiers: [] },
    ],
  ])('%j', (change, expected) => {
    expect(scanOf(change)).toMatchObject(expected);
  });

  it.each([
    [[threat('ANOMALY'), threat('EXPLOSIVE')], 'explosive'],
    [[threat('CONTRABAND'), threat('PI')], 'weapon'],
    [[threat('ANOMALY'), threat('CONTRABAND')], 'contraband'],
    [[threat('LAPTOP'), threat('ANOMALY')], 'anomaly'],
    [[threat('METAL'), threat('PHARMACEUTICAL')], 'unknown'],
    [[threat('EXPLOSIVE', 'NO_THREAT'), threat('ANOMALY', 'UNKNOWN')], 'anomaly'],
    [[], 'unknown'],
  ])('threats %j are %s', (threats, hazard) => {
    expect(scanOf({ threats }).hazard).toBe(hazard);
  });

  it.each([
    ['CSQU 305438-3', 'BARCODE', 'CARGO', { kind: 'container', value: 'CSQU3054383', valid: true, method: 'barcode' }],
    ['CSQU3O54383', 'TEXT', 'CARGO', { kind: 'container', valid: false, corrections: ['CSQU3054383'] }],
    ['consignment 7', 'TEXT', 'CARGO', { kind: 'other', value: 'CONSIGNMENT7', method: 'manual' }],
    ['020-12345675', 'BARCODE', 'CARGO', { kind: 'awb', value: '02012345675', valid: true }],
    ['0220123456', 'BARCODE', 'BAGGAGE', { kind: 'bag-tag', valid: true }],
    ['022012345', 'RFID', 'BAGGAGE', { kind: 'other', method: 'rfid' }],
    ['CSQU3054383', 'MRP', 'PERSON', { kind: 'other', method: 'mrz' }],
  ])('subject %s (%s, %s)', (id, idType, type, expected) => {
    expect(scanOf({ ooi: { id, idType, type } }).identifiers).toEqual([expect.objectContaining(expected)]);
  });

  it('boarding pass and carrier are identities too, the pass in the form a gate reads it', () => {
    const boardingPassId = 'M1DESMARAIS/LUC       EABC123 YULFRAAC 0834 326J001A0025 100';
    expect(scanOf({ ooi: null, boardingPassId, carrierId: 'tray-17' }).identifiers).toMatchObject([
      { kind: 'boarding-pass', value: 'AC0834326001A0025', raw: boardingPassId },
      { kind: 'other', value: 'TRAY17' },
    ]);
  });
});

describe('a scanner with a document of its own', () => {
  const theirs = {
    header: { uid: 'S-7', at: '2026-11-23T09:15:02Z' },
    outcome: { verdict: 'red', user: 'op-12' },
    item: { label: '0220123456' },
    findings: [{ nr: 1, kind: 'bomb', level: 'sure', p: 0.9 }],
  };
  const profile = XrayProfile.parse({
    fields: {
      scanId: { select: '$.header.uid' },
      alarmDecisionTime: { select: '$.header.at' },
      alarmDecision: { select: '$.outcome.verdict', words: { red: 'ALARM', green: 'CLEAR' } },
      tdrType: { value: 'OPERATOR' },
      operator: { select: '$.outcome.user' },
      'ooi.id': { select: '$.item.label' },
      'ooi.idType': { value: 'BARCODE' },
      'ooi.type': { value: 'BAGGAGE' },
    },
    threats: {
      select: '$.findings',
      fields: {
        ptoId: { select: '$.nr' },
        category: { select: '$.kind', words: { bomb: 'EXPLOSIVE' } },
        assessment: { select: '$.level', words: { sure: 'HIGH_THREAT' } },
        probability: { select: '$.p' },
      },
    },
  });
  const read = (document: unknown) => decodeText(JSON.stringify(document), mebibyte, profile);

  it('is mapped onto the sheet’s by its profile', () => {
    const decoded = read(theirs);
    if (!decoded.ok) throw new Error(decoded.reason);
    expect(normalise(decoded.value)).toMatchObject({
      scanId: 'S-7',
      decision: 'alarm',
      hazard: 'explosive',
      identifiers: [{ kind: 'bag-tag', value: '0220123456', method: 'barcode' }],
      finding: { source: 'OPERATOR', operator: 'op-12', objects: [{ number: 1, probability: 0.9 }] },
    });
  });

  it.each([
    ['a word that the profile does not know', { ...theirs, outcome: { verdict: 'blue' } }, 'alarmDecision: '],
    ['the name of an object’s own member', { ...theirs, outcome: { verdict: 'constructor' } }, 'alarmDecision: '],
    ['nothing where the id should be', { ...theirs, header: {} }, 'scanId: '],
    ['no list of threats', { ...theirs, findings: 'none' }, 'threats: '],
  ])('is refused for %s, with the path', (_, document, reason) => {
    expect(read(document)).toMatchObject({ ok: false, code: 'schema', reason: expect.stringContaining(reason) });
  });

  it('without a subject has none', () => {
    const decoded = read({ ...theirs, item: {} });
    expect(decoded.ok && decoded.value.ooi).toBeNull();
  });

  it.each([
    [{ fields: { colour: { value: 'red' } } }],
    [{ fields: { scanId: { select: '$..id' } } }],
    [{ fields: { scanId: {} } }],
    [{ fields: { scanId: { select: '$.a', value: 'b' } } }],
  ])('%j is no profile', (given) => {
    expect(XrayProfile.safeParse(given).success).toBe(false);
  });

  it('never throws, whatever the document is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (document) => {
        expect(read(document)).toHaveProperty('ok');
      }),
    );
  });
});

describe('refusals', () => {
  const text = JSON.stringify(sheet);
  it.each([
    ['nothing', '', 'not-json', 'JSON'],
    ['cut short', text.slice(0, -1), 'not-json', 'JSON'],
    ['not an object', '[]', 'schema', '$: '],
    ['no scan id', JSON.stringify({ ...sheet, scanId: undefined }), 'schema', 'scanId: '],
    ['a decision of its own', text.replace('ALARM', 'MAYBE'), 'schema', 'alarmDecision: '],
    ['a local time', text.replace('.120Z', ''), 'schema', 'alarmDecisionTime: '],
    ['day 31 of November', text.replace('-23T', '-31T'), 'schema', 'alarmDecisionTime: '],
    ['an unknown abort', text.replace('"abort":null', '"abort":"BORED"'), 'schema', 'abort: '],
    ['a probability of 93', text.replace('0.93', '93'), 'schema', 'threats[0].probability: '],
    ['a number beyond all', text.replace('0.93', '1e999'), 'schema', 'threats[0].probability: '],
    ['a wrong corner', text.replace('[40,20,0]', '[40,"20",0]'), 'schema', 'threats[0].polygon[1][1]: '],
  ])('%s', (_, document, code, reason) => {
    expect(decodeText(document)).toMatchObject({ ok: false, code, reason: expect.stringContaining(reason) });
  });

  it('bytes that are no text', () => {
    const bytes = bytesOf(text);
    bytes[20] = 0xff;
    expect(decode(bytes, mebibyte, asOnTheSheet)).toMatchObject({ code: 'not-utf8' });
  });

  it('10 MB, unread; the limit itself is taken', () => {
    expect(decode(new Uint8Array(10_000_000), mebibyte, asOnTheSheet)).toMatchObject({
      code: 'too-large',
      reason: '10000000 bytes, at most 1048576 are taken',
    });
    expect(decodeText(text, bytesOf(text).length).ok).toBe(true);
    expect(decodeText(text, bytesOf(text).length - 1)).toMatchObject({ code: 'too-large' });
  });

  it('a million brackets', () => {
    expect(decodeText('['.repeat(1_000_000))).toMatchObject({ code: 'not-json' });
  });
});

describe('whatever comes', () => {
  const take = (bytes: Uint8Array) => {
    const decoded = decode(bytes, mebibyte, asOnTheSheet);
    if (!decoded.ok) return decoded.reason.length;
    return new Date(normalise(decoded.value).observedAtMs).toISOString().length;
  };

  it('never throws on bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => take(bytes) > 0));
  });

  it('never throws on the sheet’s document with any of its fields replaced', () => {
    const key = fc.constantFrom(...Object.keys(sheet));
    fc.assert(
      fc.property(key, fc.jsonValue(), (name, value) => take(bytesOf(JSON.stringify({ ...sheet, [name]: value }))) > 0),
    );
  });

  it('never throws on the sheet’s document with a byte changed', () => {
    const good = bytesOf(JSON.stringify(sheet));
    fc.assert(fc.property(fc.nat(good.length - 1), fc.nat(255), (at, byte) => take(good.with(at, byte)) > 0));
  });
});
