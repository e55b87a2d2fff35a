import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import * as aspect from '../../drivers/aspect-rpm/decode.ts';
import * as blueprint from '../../drivers/blueprint/decode.ts';
import * as identity from '../../drivers/identity-reader/decode.ts';
import { normalise as normaliseRead } from '../../drivers/identity-reader/normalise.ts';
import { identify } from '../../drivers/identity-reader/scanned.ts';
import * as modbusMap from '../../drivers/modbus-map/decode.ts';
import { ModbusProfile } from '../../drivers/modbus-map/profile.ts';
import { requestsOf } from '../../drivers/modbus-map/requests.ts';
import * as mqttMap from '../../drivers/mqtt-map/decode.ts';
import { MqttProfile } from '../../drivers/mqtt-map/profile.ts';
import * as n42 from '../../drivers/n42/decode.ts';
import { N42Options } from '../../drivers/n42/options.ts';
import { readDocument } from '../../drivers/n42/read-document.ts';
import * as trace from '../../drivers/trace-record/decode.ts';
import { TraceProfile } from '../../drivers/trace-record/profile.ts';
import * as tsa from '../../drivers/tsa-rpm/decode.ts';
import * as plc from '../../drivers/xray-plc/decode.ts';
import { PlcOptions } from '../../drivers/xray-plc/options.ts';
import * as tdr from '../../drivers/xray-tdr/decode.ts';
import { normalise as normaliseReport } from '../../drivers/xray-tdr/normalise.ts';
import { XrayProfile } from '../../drivers/xray-tdr/profile.ts';
import { at, createRegisterFile } from '../../simulators/aspect-registers.ts';
import { n42Document } from '../../simulators/n42-documents.ts';
import { ims, kv } from '../../simulators/trace-speech.ts';
import { endLine, line, speedLine } from '../../simulators/tsa-lines.ts';
import { reportOf, type ScanAction } from '../../simulators/xray-tdr.ts';
import { bundledProfile } from '../support/profiles.ts';
import { contracted } from './rigs.ts';

const mebibyte = 1024 * 1024;
const time = '2026-11-23T09:15:02.000Z';
const traceProfile = (name: string) => TraceProfile.parse(bundledProfile('trace-record', name));
const [imsProfile, kvProfile] = [traceProfile('generic-ims'), traceProfile('generic-kv')];
const tower = ModbusProfile.parse(bundledProfile('modbus-map', 'light-tower'));
const dicos = XrayProfile.parse(bundledProfile('xray-tdr', 'dicos'));
const sensor = MqttProfile.parse(bundledProfile('mqtt-map', 'dose-rate-sensor'));
const n42Given = { receivedAtMs: Date.parse(time), timeZone: 'UTC', options: N42Options.parse({}) };
const plcOptions = PlcOptions.parse({});
const sample = {
  result: 'ALARM',
  mode: 'EXPL',
  substances: [{ name: 'RDX', peak: 4, threshold: 1, k0: 2 }],
  subject: '-',
};
const scanOf: ScanAction = {
  ...{ do: 'scan', decision: 'ALARM', abort: null, tdrType: 'MACHINE', boardingPassId: null, nonOperational: false },
  ...{ delayS: 0, subject: { id: 'CSQU3054383', idType: 'BARCODE', type: 'CARGO' } },
  threats: [{ category: 'EXPLOSIVE', description: 'left', assessment: 'THREAT', probability: 0.5 }],
};
const read = { readId: 'r-1', kind: 'mrz', value: 'AB-123-C', country: 'NL', confidence: 0.9, method: 'ocr' };
const passing = {
  ...{ documentId: 'd-1', startedAtMs: Date.parse(time), slices: 4, channels: 32, nuclides: ['Cs-137'] },
  ...{ neutronAlarm: true, container: 'CSQU3054383', speedMs: 2.2, fault: null, random: () => 0.5 },
};
const withoutEnd = (text: string) => Buffer.from(text.replace(/\r\n$/, ''));
const wordsOf = (bytes: Uint8Array) =>
  Array.from({ length: bytes.length >> 1 }, (_, word) => ((bytes[word * 2] ?? 0) << 8) | (bytes[word * 2 + 1] ?? 0));

/** Each decoder on its own, with a frame that it takes for good. An output decodes nothing: what is shown is compared. */
const decoders: Readonly<Record<string, readonly (readonly [Uint8Array, (bytes: Uint8Array) => unknown])[]>> = {
  'tsa-rpm': [[withoutEnd(line('GA', [188, 206, 262, 243])), tsa.decode]],
  'aspect-rpm': [
    [new Uint8Array(42), (bytes) => aspect.decodeBlock(wordsOf(bytes), 'low-first')],
    [Uint8Array.of(0, 1, 0, 21, 0, 1, 0, 100, 0, 21, 0, 0, 0, 0, 0, 0), (b) => aspect.decodeDescription(wordsOf(b))],
  ],
  n42: [[Buffer.from(n42Document(passing)), (bytes) => readDocument({ bytes, ...n42Given })]],
  'xray-tdr': [
    [
      Buffer.from(JSON.stringify(reportOf(scanOf, 'x-1', time))),
      (bytes) => {
        const decoded = tdr.decode(bytes, mebibyte, dicos);
        return decoded.ok ? normaliseReport(decoded.value) : decoded;
      },
    ],
  ],
  'xray-plc': [
    [new Uint8Array(16), (bytes) => plc.decodeScan(wordsOf(bytes), plcOptions)],
    [new Uint8Array(9), (bytes) => plc.decodeInputs([...bytes], plcOptions)],
  ],
  'trace-record': [
    [withoutEnd(ims('E7').sample(1, time, sample)), (bytes) => trace.decode(bytes, imsProfile, 'UTC')],
    [Buffer.from(kv('E7').sample(1, time, sample).trim()), (bytes) => trace.decode(bytes, kvProfile, 'UTC')],
  ],
  'identity-reader': [
    [
      Buffer.from(JSON.stringify({ ...read, readAt: time })),
      (bytes) => {
        const decoded = identity.decode(bytes);
        return decoded.ok ? normaliseRead(decoded.value) : decoded;
      },
    ],
    [
      Buffer.from('M1DESMARAIS/LUC       EABC123 YULFRAAC 0834 326J001A0025 100'),
      (bytes) =>
        identify(Buffer.from(bytes).toString('latin1').split('\n'), { defaultKind: 'other', method: 'barcode' }, 0),
    ],
  ],
  'modbus-map': requestsOf(tower.blocks).map((request) => [
    new Uint8Array(request.count * 2),
    (bytes) => {
      const { values, refused } = modbusMap.decode(request, wordsOf(bytes), tower);
      return [...values, ...refused];
    },
  ]),
  'mqtt-map': [
    [
      Buffer.from(JSON.stringify({ time, doseRate: { value: 0.1 }, battery: 80, status: 'ok' })),
      (bytes) => mqttMap.decode(bytes, 'dose/1', sensor),
    ],
  ],
  'signal-output': [],
  blueprint: [[Buffer.from(`S,17,${time},ALARM,CSQU3054383`), blueprint.decode]],
};

it('every driver is here', () => {
  expect(Object.keys(decoders).toSorted()).toEqual([...contracted.keys()].toSorted());
});

/** What a frame can become on its way: anything; itself with a piece gone, strange or twice; itself again and again. */
function spoilt(good: Uint8Array): fc.Arbitrary<Uint8Array> {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 8 }),
    fc.constantFrom('<', '{', '"', '\0', '-1e999', '&#x0;', ',,'),
  );
  const change = fc.tuple(fc.nat(good.length), fc.nat(12), piece);
  const changed = fc
    .array(change, { minLength: 1, maxLength: 3 })
    .map((changes) =>
      changes.reduce<Uint8Array>(
        (bytes, [from, gone, put]) =>
          Buffer.concat([bytes.subarray(0, from), Buffer.from(put as string), bytes.subarray(from + gone)]),
        good,
      ),
    );
  const again = fc
    .integer({ min: 0, max: 50 })
    .map((times) => Buffer.concat(Array.from({ length: times }, () => good)));
  return fc.oneof(fc.uint8Array({ maxLength: 600 }), changed, again);
}

const all = Object.entries(decoders).flatMap(([name, each]) => each.map(([good, decode]) => ({ name, good, decode })));

describe.each(all)('the decoder of $name', ({ good, decode }) => {
  it('throws at nothing, takes no time over it, and gives no more than it was given', () => {
    // JSON writes a byte that is no text in six; a refusal says why; a spectrum writes its zeros out.
    const most = (bytes: Uint8Array) => 20_000 + 50 * bytes.length;
    expect(JSON.stringify(decode(good)).length).toBeLessThan(most(good));
    fc.assert(
      fc.property(spoilt(good), (bytes) => {
        const began = performance.now();
        const decoded = JSON.stringify(decode(bytes));
        expect(performance.now() - began).toBeLessThan(1_000);
        expect(decoded.length).toBeLessThan(most(bytes));
      }),
    );
  });
});

const count = fc.nat(999_999);

describe('what a simulator writes, its driver reads', () => {
  test('tsa-rpm: counts, counter and speed', () => {
    const tags = fc.constantFrom('GB', 'GH', 'GL', 'NB', 'NH', 'NL', 'GS', 'GA', 'NS', 'NA');
    fc.assert(
      fc.property(tags, fc.tuple(count, count, count, count), count, (tag, counts, counter) => {
        const type = /^.[BHL]$/.test(tag) ? 'background' : 'sample';
        const channel = tag.startsWith('G') ? 'gamma' : 'neutron';
        expect(tsa.decode(withoutEnd(line(tag, counts)))).toMatchObject({
          ok: true,
          record: { type, channel, counts },
        });
        expect(tsa.decode(withoutEnd(endLine(counter)))).toEqual({ ok: true, record: { type: 'end', counter } });
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), (kmh) => {
        const decoded = tsa.decode(withoutEnd(speedLine(kmh)));
        // Seconds per foot have four decimals.
        expect(decoded.ok && decoded.record.type === 'speed' && decoded.record.speedKmh).toBeCloseTo(kmh, 0);
      }),
    );
  });

  test('aspect-rpm: a block of registers', () => {
    const float = fc.float({ min: 0, max: Math.fround(9e6), noNaN: true }).filter((value) => !Object.is(value, -0));
    const channel = fc.record({ count: fc.nat(0xffff_ffff), background: float, variance: float });
    fc.assert(
      fc.property(channel, channel, fc.nat(0xffff), fc.nat(0xffff), (gamma, neutron, objectCounter, speedMms) => {
        const words = new Map<number, number>();
        const registers = createRegisterFile(words);
        for (const [name, values] of Object.entries({ gamma, neutron })) {
          const offsets = at[name as 'gamma' | 'neutron'];
          registers.long(offsets.count, values.count);
          registers.float(offsets.background, values.background);
          registers.float(offsets.variance, values.variance);
        }
        registers.set(at.objectCounter, objectCounter);
        registers.set(at.objectSpeed, speedMms);
        const block = Array.from({ length: 21 }, (_, offset) => words.get(100 + offset) ?? 0);
        const value = { gamma, neutron, objectCounter, speedMms };
        expect(aspect.decodeBlock(block, 'low-first')).toMatchObject({ ok: true, value });
      }),
    );
  });

  test('trace-record: samples and states, in both ways of writing', () => {
    const substance = fc.record({
      name: fc.constantFrom('RDX', '2,4-DNT', 'urea nitrate', 'XYZ'),
      peak: count,
      threshold: count,
      k0: fc.integer({ min: 1, max: 9 }),
    });
    const spoken = fc.record({
      result: fc.constantFrom('ALARM', 'PASS', 'ERROR'),
      mode: fc.constantFrom('EXPL', 'NARC', 'DUAL'),
      substances: fc.array(substance, { maxLength: 6 }),
      subject: fc.stringMatching(/^[A-Z0-9]{1,12}$/),
    });
    fc.assert(
      fc.property(count, spoken, (number, one) => {
        const atMs = Date.parse(time);
        const whole = { type: 'sample', serial: 'E7', number, atMs, ...one };
        expect(trace.decode(withoutEnd(ims('E7').sample(number, time, one)), imsProfile, 'UTC')).toEqual({
          ok: true,
          record: whole,
        });
        const peaks = one.substances.map(({ name, peak }) => ({ name, peak, threshold: null, k0: null }));
        expect(trace.decode(Buffer.from(kv('E7').sample(number, time, one).trim()), kvProfile, 'UTC')).toEqual({
          ok: true,
          record: { ...whole, mode: '', substances: peaks },
        });
      }),
    );
  });

  test('n42: who passed, what was found and measured', () => {
    const given = fc.record({
      slices: fc.integer({ min: 1, max: 8 }),
      channels: fc.integer({ min: 16, max: 64 }),
      nuclides: fc.uniqueArray(fc.constantFrom('Cs-137', 'Co-60', 'K-40', 'U-235')),
      neutronAlarm: fc.boolean(),
      container: fc.option(fc.constant('CSQU3054383')),
      speedMs: fc.integer({ min: 0, max: 30 }),
    });
    fc.assert(
      fc.property(given, (change) => {
        const { slices, channels, nuclides, container, speedMs } = change;
        const decoded = n42.decode(Buffer.from(n42Document({ ...passing, ...change })), 'UTC', mebibyte);
        if (!decoded.ok) throw new Error(decoded.reason);
        const { id, items, measurements, analyses } = decoded.document;
        expect(id).toBe(passing.documentId);
        expect(items.map(({ value }) => value)).toEqual(container === null ? [] : [container]);
        expect(analyses.flatMap((one) => one.nuclides.map(({ rawName }) => rawName))).toEqual(nuclides);
        expect(measurements).toHaveLength(slices + 1);
        for (const one of measurements) {
          expect(one).toMatchObject({ speedMs, spectra: [{ counts: { length: channels } }] });
        }
        const started = measurements.slice(1).map(({ startedAtMs }) => startedAtMs);
        expect(started).toEqual(started.map((_, slice) => passing.startedAtMs + slice * 100));
      }),
      { numRuns: 40 },
    );
  });

  test('xray-tdr and identity-reader: documents', () => {
    const id = fc.stringMatching(/^[A-Za-z0-9-]{1,40}$/);
    const decision = fc.constantFrom('ALARM', 'CLEAR', 'UNKNOWN');
    fc.assert(
      fc.property(id, decision, fc.double({ min: 0, max: 1, noNaN: true }), (scanId, alarmDecision, probability) => {
        const threats = [{ category: 'PI', description: 'knife', assessment: 'THREAT', probability }];
        const report = reportOf({ ...scanOf, decision: alarmDecision, threats }, scanId, time);
        expect(tdr.decode(Buffer.from(JSON.stringify(report)), mebibyte, dicos)).toMatchObject({
          ok: true,
          value: { scanId, alarmDecision, alarmDecisionTime: Date.parse(time), threats: [{ ptoId: 1, ...threats[0] }] },
        });
        const document = { ...read, readId: scanId, confidence: probability, readAt: time };
        expect(identity.decode(Buffer.from(JSON.stringify(document)))).toMatchObject({
          ok: true,
          value: { ...document, readAt: Date.parse(time) },
        });
      }),
    );
  });
});
