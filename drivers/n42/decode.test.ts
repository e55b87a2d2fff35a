import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode, defaultMaxBytes } from './decode.ts';
import { channelsIn, numbersIn, secondsIn, timeIn } from './values.ts';

const read = (text: string | Uint8Array, maxBytes = defaultMaxBytes) =>
  decode(typeof text === 'string' ? Buffer.from(text) : text, 'Europe/Amsterdam', maxBytes);

const namespace = 'http://physics.nist.gov/N42/2011/N42';
const small = (prefix: string, xmlns: string) => {
  const tag = (name: string) => `${prefix}${name}`;
  return `<${tag('RadInstrumentData')} ${xmlns}="${namespace}" n42DocUUID="u-1">
    <${tag('RadMeasurement')} id="m"><${tag('MeasurementClassCode')}>Foreground</${tag('MeasurementClassCode')}>
    <${tag('StartDateTime')}>2026-07-01T12:00:00</${tag('StartDateTime')}></${tag('RadMeasurement')}>
  </${tag('RadInstrumentData')}>`;
};

describe('forms and encodings', () => {
  const plain = small('', 'xmlns');
  it.each([
    ['without a prefix', Buffer.from(plain)],
    ['with a prefix', Buffer.from(small('n42ns:', 'xmlns:n42ns'))],
    ['with a UTF-8 mark', Buffer.from(`\uFEFF<?xml version="1.0" encoding="utf-8"?>${plain}`)],
    ['UTF-16, little end first', Buffer.from(`\uFEFF${plain}`, 'utf16le')],
    ['UTF-16, big end first', Buffer.from(`\uFEFF${plain}`, 'utf16le').swap16()],
    ['UTF-16 without a mark', Buffer.from(plain, 'utf16le')],
    ['UTF-8 that says it is UTF-16', Buffer.from(`<?xml version="1.0" encoding="utf-16"?>${plain}`)],
    ['UTF-16 as declared', Buffer.from(`\uFEFF<?xml version="1.0" encoding="utf-16"?>${plain}`, 'utf16le')],
    ['Latin-1 as declared', Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?>${plain}<!-- \xE9 -->`, 'latin1')],
  ])('%s', (_, bytes) => {
    const decoded = read(bytes);
    if (!decoded.ok) throw new Error(decoded.reason);
    expect(decoded.document).toMatchObject({ form: '2011', id: 'u-1' });
    // No offset: the site's own summer time.
    expect(decoded.document.measurements[0]?.startedAtMs).toBe(Date.parse('2026-07-01T10:00:00Z'));
  });

  it('reads the 2006 form inside an Event', () => {
    const decoded = read(`<Event><OnsetDateTime>2018-05-22T09:53:02Z</OnsetDateTime><N42InstrumentData>
      <Measurement><InstrumentInformation><Manufacturer>M</Manufacturer><InstrumentModel>X</InstrumentModel><InstrumentID>7</InstrumentID></InstrumentInformation>
        <Spectrum Type="PHA" Detector="Gamma-1"><StartTime>2018-05-22T09:53:02Z</StartTime><RealTime>PT10S</RealTime><LiveTime>PT9.5S</LiveTime>
          <SourceType>Item</SourceType><Calibration Type="Energy"><Equation Model="Polynomial"><Coefficients>0 3 0</Coefficients></Equation></Calibration>
          <ChannelData Compression="CountedZeroes">5 0 3 7</ChannelData></Spectrum>
        <CountDoseData DetectorType="Neutron"><Counts>4</Counts></CountDoseData>
        <AnalysisResults><NuclideAnalysis><Nuclide><NuclideName>Co60</NuclideName><NuclideType>Industrial</NuclideType>
          <NuclideIDConfidenceIndication>85</NuclideIDConfidenceIndication></Nuclide>
          <Nuclide><NuclideName>Am-241</NuclideName><NuclideIDConfidenceIndication>0</NuclideIDConfidenceIndication></Nuclide></NuclideAnalysis></AnalysisResults>
      </Measurement></N42InstrumentData></Event>`);
    if (!decoded.ok) throw new Error(decoded.reason);
    const { document } = decoded;
    expect(document.instrument).toEqual({ manufacturer: 'M', model: 'X', serial: '7', class: '' });
    expect(document.measurements[0]).toMatchObject({ realTimeS: 10, startedAtMs: Date.parse('2018-05-22T09:53:02Z') });
    expect(document.measurements[0]?.counts).toMatchObject([{ channel: 'neutron', counts: 4 }]);
    expect(document.measurements[0]?.spectra).toMatchObject([
      { counts: [5, 0, 0, 0, 7], liveTimeS: 9.5, energy: { coefficients: [0, 3, 0] } },
    ]);
    expect(document.analyses[0]?.nuclides).toEqual([{ rawName: 'Co60', confidence: '85', category: 'Industrial' }]);
  });

  it('never looks into extensions, and keeps them', () => {
    const decoded = read(
      `<RadInstrumentData xmlns="${namespace}"><RadInstrumentDataExtension><a:Odd xmlns:a="urn:a"><b>1</b></a:Odd></RadInstrumentDataExtension></RadInstrumentData>`,
    );
    expect(decoded.ok && decoded.document.extensions[0]).toContain('<b>1</b>');
  });
});

it.each([
  ['A&amp;B', 'A&B'],
  ['A&#66;C', 'ABC'],
  ['A&#x42;C', 'ABC'],
  ['<![CDATA[A<B]]>', 'A<B'],
  ['<!-- x -->AB', 'AB'],
  ['&#xFFFFFFFF;A', '&#xFFFFFFFF;A'],
])('the text %s is %s', (text, expected) => {
  const decoded =
    read(`<RadInstrumentData xmlns="${namespace}"><RadItemInformation><RadItemCharacteristics><Characteristic>
    <CharacteristicName>ContainerID</CharacteristicName><CharacteristicValue>${text}</CharacteristicValue>
    </Characteristic></RadItemCharacteristics></RadItemInformation></RadInstrumentData>`);
  expect(decoded.ok && decoded.document.items).toEqual([{ name: 'ContainerID', value: expected }]);
});

describe('refusals', () => {
  const bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><RadInstrumentData>&b;</RadInstrumentData>';
  it.each([
    ['nothing', '', 'not-xml'],
    ['no XML', 'hello', 'not-xml'],
    ['a document cut short', small('', 'xmlns').slice(0, 200), 'not-xml'],
    ['another root', '<Config/>', 'not-n42'],
    ['a DTD', bomb, 'dtd'],
    ['an external entity', '<!DOCTYPE x SYSTEM "file:///etc/passwd"><RadInstrumentData/>', 'dtd'],
    ['too deep', `${'<a>'.repeat(500)}${'</a>'.repeat(500)}`, 'not-xml'],
    ['bytes that are not what they declare', Buffer.from([0x3c, 0x61, 0xff, 0xfe, 0x3e]), 'not-text'],
    ['an impossible time', small('', 'xmlns').replace('07-01T12', '02-30T12'), 'time'],
    ['a time of words', small('', 'xmlns').replace('2026-07-01T12:00:00', 'noon'), 'time'],
  ])('%s', (_, text, code) => {
    const decoded = read(text);
    expect(decoded.ok ? 'accepted' : decoded.code).toBe(code);
  });

  it('refuses what is larger than allowed', () => {
    expect(read(small('', 'xmlns'), 50)).toMatchObject({ ok: false, code: 'too-large' });
  });
});

it('a small document does not grow into a large one', () => {
  const spectrum = '<Spectrum><ChannelData compressionCode="CountedZeroes">0 65536</ChannelData></Spectrum>';
  const document = `<RadInstrumentData><RadMeasurement id="m">${spectrum.repeat(300)}</RadMeasurement></RadInstrumentData>`;
  expect(read(document)).toMatchObject({
    ok: false,
    code: 'channel-data',
    reason: 'more than 16777216 channels in one document',
  });
});

describe('values', () => {
  it('unpacks the sheet’s example of counted zeroes', () => {
    const packed = `22 5 0 2 1 0 0 3 4 ${'0 '.repeat(0)}0 8 1`;
    expect(() => channelsIn(packed, 'CountedZeroes')).toThrow('run of zeros of length 0');
    expect(channelsIn('22 5 0 1 2 1 0 2 3 4 0 8 1', 'CountedZeroes')).toEqual([
      22, 5, 0, 2, 1, 0, 0, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0, 1,
    ]);
  });

  it.each(['1 0', '1 0 1.5', '0 99999999', '1 0 -3'])('refuses the run in %s', (text) => {
    expect(() => channelsIn(text, 'CountedZeroes')).toThrow(/run of zeros|channels/);
  });

  it('packing and unpacking is the identity', () => {
    const pack = (counts: readonly number[]) =>
      counts.join(' ').replace(/(?<=^| )0( 0)*(?= |$)/g, (run) => `0 ${run.split(' ').length}`);
    const counts = fc.array(fc.oneof(fc.constant(0), fc.nat(1_000), fc.double({ min: 0.5, max: 9, noNaN: true })), {
      minLength: 1,
    });
    fc.assert(
      fc.property(counts, (given) => {
        expect(channelsIn(pack(given), 'CountedZeroes')).toEqual(given);
      }),
    );
  });

  it.each([
    ['PT0.1S', 0.1],
    ['PT1M30S', 90],
    ['PT2H', 7_200],
    ['P1DT1S', 86_401],
    ['60', 60],
    ['', null],
    ['soon', null],
    ['-5', null],
  ])('%s lasts %s s', (text, seconds) => expect(secondsIn(text)).toBe(seconds));

  it.each([
    ['2003-11-22T23:45:00.1-07:00', '2003-11-23T06:45:00.100Z'],
    ['2010-01-27T12:50:00.0Z', '2010-01-27T12:50:00.000Z'],
    ['2010-01-27T12:50:00', '2010-01-27T11:50:00.000Z'],
    ['2010-01-27T12:50:00.123456789+05:45', '2010-01-27T07:05:00.123Z'],
  ])('%s is %s', (text, expected) =>
    expect(new Date(timeIn(text, 'Europe/Amsterdam') ?? 0).toISOString()).toBe(expected),
  );

  it('refuses what is no number', () => expect(() => numbersIn('1 2 x')).toThrow('x is no number'));
});

describe('any input', () => {
  const pieces = fc.constantFrom(
    '<',
    '>',
    '</',
    'RadInstrumentData',
    'RadMeasurement',
    'Spectrum',
    'ChannelData',
    ' ',
    '"',
    '=',
    '0 9',
    '&amp;',
    '&#x0;',
    '<!--',
    ']]>',
    '\0',
    'é',
    'StartDateTime',
    'Nuclide',
    'id',
  );
  it('never makes it throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(read(bytes)).toHaveProperty('ok');
      }),
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        expect(read(parts.join(''))).toHaveProperty('ok');
      }),
    );
  });

  it('neither does a good document with some of it changed', () => {
    const good = small('', 'xmlns').replace(
      '</RadMeasurement>',
      '<Spectrum id="s"><ChannelData compressionCode="CountedZeroes">1 0 5 2</ChannelData></Spectrum></RadMeasurement><AnalysisResults><RadAlarm><RadAlarmCategoryCode>Gamma</RadAlarmCategoryCode></RadAlarm></AnalysisResults>',
    );
    expect(read(good).ok).toBe(true);
    const change = fc.tuple(fc.nat(good.length - 1), fc.nat(20), pieces);
    fc.assert(
      fc.property(change, ([at, length, put]) => {
        expect(read(good.slice(0, at) + put + good.slice(at + length))).toHaveProperty('ok');
      }),
    );
  });
});
