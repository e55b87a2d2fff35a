import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { traceRecordSimulator } from '../../simulators/trace-record.ts';
import type { Scan } from '../../src/domain/observation.ts';
import { runDriver } from '../../tests/support/driver-bench.ts';
import { bundledProfile } from '../../tests/support/profiles.ts';
import { until } from '../../tests/support/until.ts';
import { decode } from './decode.ts';
import { traceRecord } from './definition.ts';
import { readRecords } from './framing.ts';
import { TraceProfile } from './profile.ts';

const { signal } = new AbortController();
const kv = TraceProfile.parse(bundledProfile('trace-record', 'generic-kv'));
const read = (text: string, profile = kv) => decode(Buffer.from(text, 'latin1'), profile, 'Europe/Amsterdam');
const block =
  'UNIT: E7\nSAMPLE: 42\nDATE: 01/07/2026\nTIME: 09:15:01\nRESULT: DETECTED\nSUBSTANCE: RDX\nAMPLITUDE: 412\nSUBSTANCE: 2,4-DNT\nAMPLITUDE: 99.5\nOPERATOR: op1\nSUBJECT: 0220123456';

describe('generic-kv', () => {
  test('a block is a sample, its time in the site’s zone, its substances in pairs', () => {
    expect(read(block)).toEqual({
      ok: true,
      record: {
        type: 'sample',
        serial: 'E7',
        number: 42,
        atMs: Date.parse('2026-07-01T07:15:01Z'),
        mode: '',
        result: 'ALARM',
        substances: [
          { name: 'RDX', peak: 412, threshold: null, k0: null },
          { name: '2,4-DNT', peak: 99.5, threshold: null, k0: null },
        ],
        subject: '0220123456',
      },
    });
  });

  test.each([
    ['no key tells what it is', 'UNIT: E7\nRESULT: PASS', 'unknown-record'],
    ['a line without a colon', block.replace('RESULT:', 'RESULT'), 'cut-record'],
    ['an impossible date', block.replace('01/07', '31/02'), 'time'],
    ['a word that is not its', block.replace('DETECTED', 'constructor'), 'unknown-result'],
    ['a substance without its amplitude', block.replace('AMPLITUDE: 99.5\n', ''), 'substance'],
    ['no number', block.replace('SAMPLE: 42', 'SAMPLE: 4x'), 'not-a-number'],
    ['an unknown state', 'STATUS: ASLEEP', 'unknown-state'],
  ])('refuses: %s', (_, text, code) => {
    expect(read(text)).toMatchObject({ ok: false, code });
  });

  it('speaks over a socket: sample, gap, fault, a block that is cut, and one that is too long', async () => {
    const link = { type: 'tcp', host: '127.0.0.1', port: 0 } as const;
    await using unit = await traceRecordSimulator.start({
      deviceId: 'etd-2',
      link,
      random: () => 0.5,
      options: { profile: 'generic-kv' },
    });
    await using bench = runDriver(traceRecord, unit.link, { profile: 'generic-kv' }, { profile: kv });
    await until('its greeting', () => bench.observations.length > 0);
    await unit.play(
      { do: 'sample', result: 'ALARM', substances: [{ name: 'RDX', peak: 9, threshold: 1 }], subject: 'NONE' },
      signal,
    );
    await unit.play({ do: 'skip', count: 2 }, signal);
    await unit.play({ do: 'raw', text: `SAMPLE: 1\r\n${'X: y\r\n'.repeat(2_000)}\r\n` }, signal);
    await unit.play({ do: 'garble' }, signal);
    await unit.play({ do: 'status', state: 'READY' }, signal);
    await unit.play({ do: 'sample' }, signal);
    const scans = await until('both samples', () => {
      const found = bench.observations.filter((one): one is Scan => one.type === 'scan');
      return found.length === 2 && found;
    });
    expect(scans.map(({ decision, hazard, identifiers }) => [decision, hazard, identifiers])).toEqual([
      ['alarm', 'explosive', []],
      ['clear', 'unknown', []],
    ]);
    expect(bench.observations.find((one) => one.type === 'occupancy-missed')).toMatchObject({ missed: 2 });
    expect(bench.refusals.map(({ code }) => code)).toEqual(['record-too-long', 'not-ascii']);
  });
});

it('a block that a lost link cuts short is refused with its bytes, and then the link is lost', async () => {
  const link = { type: 'tcp', host: '127.0.0.1', port: 0 } as const;
  const setup = { deviceId: 'etd-2', link, random: () => 0.5, options: { profile: 'generic-kv' } };
  await using unit = await traceRecordSimulator.start(setup);
  await using bench = runDriver(traceRecord, unit.link, { profile: 'generic-kv' }, { profile: kv });
  await until('its greeting', () => bench.observations.length > 0);
  await unit.play({ do: 'raw', text: 'SAMPLE: 1\r\nRESULT: ALARM' }, signal);
  await unit.play({ do: 'drop' }, signal);
  expect(await bench.ended).toMatchObject({ code: 'link-lost' });
  expect(bench.refusals).toMatchObject([{ code: 'cut-record' }]);
  expect(Buffer.from(bench.refusals[0]?.bytes ?? []).toString()).toContain('SAMPLE: 1');
});

/** A unit that writes a sentence; what a technician would make of it. */
const sentence = TraceProfile.parse({
  framing: { by: 'marks', start: '<', end: '>' },
  silenceS: 10,
  checksum: { of: 'sum', mark: '/' },
  layout: {
    by: 'pattern',
    sample: {
      pattern:
        '^(?<serial>\\w{1,8}) #(?<number>\\d{1,6}) (?<time>\\d{14}) (?<result>\\w+)(?: of (?<substances>[^@]{1,200}))?(?: @(?<subject>\\S{1,40}))?$',
    },
    state: { pattern: '^(?<serial>\\w{1,8}) is (?<state>\\w+)$' },
  },
  substance: { delimiter: '=', between: '+', parts: ['peak'] },
  time: { format: 'YYYYMMDDHHmmss', zone: 'utc' },
  results: { bad: 'ALARM', good: 'PASS' },
  states: { ready: 'READY' },
  aliases: { coke: 'cocaine' },
});
function summed(text: string): string {
  const sum = [...Buffer.from(text, 'latin1')].reduce((total, byte) => (total + byte) & 0xff, 0);
  return `${text}/${sum.toString(16).padStart(2, '0')}`;
}

describe('a profile of one’s own', () => {
  test('pattern, marks, sum and aliases', async () => {
    const wire = `<${summed('E7 #9 20261124050000 bad of coke=77+RDX=1 @AB123')}>\r\n<${summed('E7 is ready')}><E7 is re`;
    async function* chunks() {
      yield Buffer.from(wire.slice(0, 20), 'latin1');
      yield Buffer.from(wire.slice(20), 'latin1');
    }
    const decoded = [];
    for await (const { frame, fault } of readRecords(chunks(), sentence, () => 0)) {
      decoded.push(fault?.code ?? decode(frame.bytes, sentence, 'UTC'));
    }
    expect(decoded).toMatchObject([
      {
        record: {
          number: 9,
          result: 'ALARM',
          substances: [{ name: 'cocaine', peak: 77 }, { name: 'RDX' }],
          subject: 'AB123',
        },
      },
      { record: { type: 'state', state: 'READY' } },
      'cut-document',
    ]);
  });

  test.each(['(a+)+b', '([a-z]*)*', '(x{2,}){3,}', '(unclosed'])('the pattern %s is not taken', (pattern) => {
    const layout = { by: 'pattern', sample: { pattern } };
    expect(TraceProfile.safeParse({ ...sentence, layout }).success).toBe(false);
  });
});

test.each(['^((a+))+$', '^(?<serial>(a|a)*)$', '^(?:a|aa)+$'])(
  'the pattern %s, which never ends, is stopped; the record is refused and the next one read',
  (pattern) => {
    const slow = TraceProfile.parse({
      ...sentence,
      checksum: { of: 'none' },
      layout: { by: 'pattern', sample: { pattern } },
    });
    const began = performance.now();
    expect(read(`${'a'.repeat(60)}!`, slow)).toMatchObject({ ok: false, code: 'pattern-too-slow' });
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(read('!', slow)).toMatchObject({ ok: false, code: 'unknown-record' });
  },
);

test('the names of an object’s own members are a unit’s own business', () => {
  expect(read(`constructor: x\n__proto__: y\n${block}`)).toMatchObject({ ok: true, record: { number: 42 } });
});

test('no bytes make any profile throw', () => {
  const profiles = [kv, sentence, TraceProfile.parse(bundledProfile('trace-record', 'generic-ims'))];
  const pieces = fc.constantFrom(
    'SAMPLE',
    'STATUS',
    'DATE',
    ': ',
    '\n',
    '#SMP',
    ';',
    '*00',
    '/00',
    '42',
    'PASS',
    ' is ',
    '\xff',
    '=',
    ',',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), fc.constantFrom(...profiles), (parts, profile) => {
      expect(read(parts.join(''), profile)).toHaveProperty('ok');
    }),
  );
});

test('what the unit writes is what we read, for both profiles', () => {
  const name = fc.constantFrom('RDX', '2,4-DNT', 'urea nitrate', 'XYZ');
  const found = fc.array(fc.record({ name, peak: fc.nat(999_999) }), { maxLength: 6 });
  fc.assert(
    fc.property(fc.nat(999_999), fc.constantFrom('ALARM', 'PASS', 'ERROR'), found, (number, result, substances) => {
      const text = [
        `UNIT: E7\nSAMPLE: ${number}\nDATE: 02/03/2026\nTIME: 04:05:06\nRESULT: ${result}\n`,
        ...substances.map((one) => `SUBSTANCE: ${one.name}\nAMPLITUDE: ${one.peak}\n`),
      ].join('');
      const decoded = read(text);
      expect(decoded).toMatchObject({ ok: true, record: { number, result } });
      expect(decoded.ok && decoded.record.type === 'sample' && decoded.record.substances).toEqual(
        substances.map((one) => ({ ...one, threshold: null, k0: null })),
      );
    }),
  );
});
