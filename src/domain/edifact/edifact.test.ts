import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { readInterchange } from './interchange.ts';
import { readTargets } from './read-targets.ts';
import { component, segmentsOf } from './segments.ts';

const nowMs = Date.UTC(2026, 10, 23);
const sealed = (...messages: readonly (readonly string[])[]) => {
  const wrapped = messages.map(([head = '', ...rest], at) => {
    const reference = `M${at + 1}`;
    const [type = '', release = ''] = head.split(' ');
    return [`UNH+${reference}+${type}:D:${release}:UN`, ...rest, `UNT+${rest.length + 2}+${reference}`];
  });
  return `${["UNA:+.? '", 'UNB+UNOC:3+AIR+PIU+261120:0900+REF1', ...wrapped.flat(), `UNZ+${messages.length}+REF1`].join("'\n").replace("''", "'")}'`;
};

/** Invented people on an invented flight. */
const passengers = [
  'PAXLST 12B',
  'BGM+745',
  'NAD+MS+++OPERATIONS DESK',
  'COM+0123456:TE',
  'TDT+20+UA123+++UA',
  'LOC+125+XXA',
  'DTM+189:2611221300:201',
  'LOC+87+XXB',
  'DTM+232:2611221500:201',
  'NAD+FL+++DOE:JANE:MARIA+20 ANY ROAD+ANYTOWN',
  'ATT+2++F',
  'DTM+329:740812',
  'NAT+2+UTO',
  'RFF+AVF:ABC123',
  'DOC+P:110:111+L898902C3',
  'DTM+36:310415',
  'LOC+91+UTO',
  'DOC+V+V1234567',
  "NAD+FM+++O?'NEIL:SAM",
  'DTM+329:20010203:102',
  'CNT+42:1',
];
const cargo = [
  'CUSCAR 95B',
  'BGM+85+MANIFEST7+9',
  'DTM+137:202611200900:203',
  'NAD+CA+LINE',
  'TDT+20+V001+1++LINE:172:20+++9074729:146::INVENTED STAR',
  'LOC+9+XXA',
  'EQD+CN+CSQU3054383+22G1',
  'CNI+1',
  'RFF+BM:BILL0001',
  'NAD+CN+++INVENTED TRADERS LTD',
  'GID+1+10:CT',
  'FTX+AAA+++MACHINE PARTS',
  'SGP+CSQU3054383+10',
  'CNI+2+BILL0002',
  'NAD+CN+OLD STYLE NAME',
  'GID+1+5:CT',
  'SGP+TGHU7654322+5',
];

describe('segments', () => {
  it('are cut at the marks that UNA names, and released characters are characters', () => {
    const { segments, fault } = segmentsOf('UNA;*.! ~BGM*1!*2;a!~b~\r\nDTM*137;20260101;102~');
    expect(fault).toBeNull();
    expect(segments.map(({ tag, number, position }) => [tag, number, position])).toEqual([
      ['BGM', 1, 9],
      ['DTM', 2, 25],
    ]);
    expect(segments[0] && [component(segments[0], 1), component(segments[0], 1, 2)]).toEqual(['1*2', 'a~b']);
  });

  it.each([
    ['an end that is missing', "UNB+UNOC:3'BGM+1", 2, 11, 'does not end'],
    ['a tag that is none', "UNB+UNOC:3'bgm+1'", 2, 11, 'is no segment tag'],
    ['a segment without end', `UNB+UNOC:3'FTX+${'x'.repeat(20_000)}'`, 2, 11, 'is longer than'],
    ['elements without end', `FTX${'+'.repeat(200)}'`, 1, 0, 'more than 100 elements'],
    ['components without end', `FTX+${':'.repeat(200)}'`, 1, 0, 'more than 100 components'],
  ])('%s is said with its place', (_what, text, segment, position, what) => {
    expect(segmentsOf(text).fault).toMatchObject({ segment, position, what: expect.stringContaining(what) });
  });

  it('come back as they were written', () => {
    const part = fc.string({ unit: fc.constantFrom('A', '+', ':', "'", '?', 'é', ' '), maxLength: 8 });
    fc.assert(
      fc.property(
        fc.array(fc.array(part, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
        (elements) => {
          const text = elements.map((one) => one.map((it) => it.replace(/[?+:']/g, '?$&')).join(':')).join('+');
          expect(segmentsOf(`FTX+${text}'`).segments[0]?.elements).toEqual(elements);
        },
      ),
    );
  });

  it('never throw, whatever comes', () => {
    const text = fc.string({ unit: fc.constantFrom(..."UNHABGMTZDO+:?'\n0159 é"), maxLength: 300 });
    fc.assert(fc.property(text, (one) => void readTargets(`UNB+UNOC:3'UNH+1+PAXLST:D:12B:UN'${one}`, nowMs)));
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (one) => void readTargets(one, nowMs)));
  });
});

test('PAXLST: each passenger and crew member, with document, issuer, birth date and flight', () => {
  const { messages, faults } = readTargets(sealed(passengers), nowMs);
  expect(faults).toEqual([]);
  expect(messages).toMatchObject([{ reference: 'M1', type: 'PAXLST', faults: [] }]);
  expect(messages[0]?.found).toEqual([
    {
      reference: 'PAXLST/UA0123 2026-11-22/UTO/L898902C3',
      kind: 'passenger',
      name: 'JANE MARIA DOE',
      birthDate: '1974-08-12',
      identifiers: [
        { kind: 'travel-document', value: 'L898902C3', issuer: 'UTO' },
        { kind: 'flight', value: 'UA0123 2026-11-22' },
      ],
    },
    {
      reference: "PAXLST/UA0123 2026-11-22/SAM O'NEIL/2001-02-03",
      kind: 'crew',
      name: "SAM O'NEIL",
      birthDate: '2001-02-03',
      identifiers: [{ kind: 'flight', value: 'UA0123 2026-11-22' }],
    },
  ]);
});

test('CUSCAR: each consignment, with bill, containers, ship and consignee', () => {
  const { messages } = readTargets(sealed(cargo), nowMs);
  expect(messages[0]).toMatchObject({ faults: [] });
  expect(messages[0]?.found).toEqual([
    {
      reference: 'CUSCAR/BILL0001',
      kind: 'consignment',
      name: 'INVENTED TRADERS LTD',
      birthDate: null,
      identifiers: [
        { kind: 'bill-of-lading', value: 'BILL0001' },
        { kind: 'container', value: 'CSQU3054383' },
        { kind: 'imo', value: '9074729' },
      ],
    },
    {
      reference: 'CUSCAR/BILL0002',
      kind: 'consignment',
      name: '',
      birthDate: null,
      identifiers: [
        { kind: 'bill-of-lading', value: 'BILL0002' },
        { kind: 'container', value: 'TGHU7654322' },
        { kind: 'imo', value: '9074729' },
      ],
    },
  ]);
});

describe('a message with a fault', () => {
  it.each([
    ['a date that is none', 'DTM+329:740812', 'DTM+329:741332', 'DTM', 'is no date'],
    ['a name that is missing', "NAD+FM+++O?'NEIL:SAM", 'NAD+FM', 'NAD', 'the name is missing'],
    ['a document without number', 'DOC+P:110:111+L898902C3', 'DOC+P:110:111', 'DOC', 'the document number is missing'],
    ['a segment of another message', 'ATT+2++F', 'SGP+CSQU3054383', 'SGP', 'has no place in this message'],
  ])('%s: refused whole, with tag and place; the next one is taken', (_what, from, to, tag, what) => {
    const text = sealed(
      passengers.map((segment) => (segment === from ? to : segment)),
      cargo,
    );
    const { messages } = readTargets(text, nowMs);
    expect(messages.map(({ found }) => found.length)).toEqual([0, 2]);
    const [fault] = messages[0]?.faults ?? [];
    expect(messages[0]?.faults).toHaveLength(1);
    expect(fault).toMatchObject({ tag, what: expect.stringContaining(what) });
    expect(text.slice(fault?.position)).toMatch(new RegExp(`^${tag}`));
  });

  it('and a consignment that names nothing', () => {
    const { messages } = readTargets(sealed(['CUSCAR 95B', 'BGM+85', 'TDT+20', 'CNI+1', 'GID+1']), nowMs);
    expect(messages[0]?.faults).toMatchObject([
      { tag: 'CNI', segment: 5, what: 'names no bill, waybill or container' },
    ]);
  });

  it('another type of message', () => {
    const { messages } = readTargets(sealed(['IFTMIN 95B', 'BGM+1'], passengers), nowMs);
    expect(messages.map(({ found }) => found.length)).toEqual([0, 2]);
    expect(messages[0]?.faults[0]?.what).toBe('IFTMIN is neither PAXLST nor CUSCAR');
  });
});

describe('envelopes', () => {
  it.each([
    ['a segment that was lost', (text: string) => text.replace("ATT+2++F'\n", ''), 'counts 22 segments, there are 21'],
    ['another reference', (text: string) => text.replace('UNT+22+M1', 'UNT+22+M9'), 'is not of message M1'],
    ['a message cut off', (text: string) => text.slice(0, text.indexOf('DOC+V')), 'UNT is missing'],
  ])('%s', (_what, change, what) => {
    const { messages } = readInterchange(change(sealed(passengers)));
    expect(messages[0]?.faults.map((fault) => fault.what).join()).toContain(what);
  });

  it.each([
    ['the count', (text: string) => text.replace('UNZ+1', 'UNZ+2'), 'counts 2, there are 1'],
    ['the reference', (text: string) => text.replace('UNZ+1+REF1', 'UNZ+1+REF2'), 'is not of interchange REF1'],
    ['no trailer', (text: string) => text.replace("UNZ+1+REF1'", ''), 'UNZ is missing'],
    ['no header', (text: string) => text.replace(/UNB[^']*'/, ''), 'UNB is missing'],
  ])('of the interchange, %s: said, and the whole message is good', (_what, change, what) => {
    const { messages, faults } = readTargets(change(sealed(passengers)), nowMs);
    expect(faults.map((fault) => fault.what)).toEqual([what]);
    expect(messages[0]?.found).toHaveLength(2);
  });
});
