import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bundledProfile } from '../../tests/support/profiles.ts';
import { decode as decodeBy } from './decode.ts';
import { initialState, normalise } from './normalise.ts';
import { TraceProfile } from './profile.ts';
import { findSubstance, substances } from './substances.ts';

const ims = TraceProfile.parse(bundledProfile('trace-record', 'generic-ims'));
const decode = (text: string) => decodeBy(Buffer.from(text, 'latin1'), ims, 'UTC');
function summed(text: string): string {
  const sum = [...Buffer.from(text, 'latin1')].reduce((xor, byte) => xor ^ byte, 0);
  return `${text}*${sum.toString(16).padStart(2, '0').toUpperCase()}`;
}
const good = '#SMP;ETD7;42;2026-11-23T09:15:01Z;DUAL;ALARM;2;RDX,412,150,1.39;2,4-DNT,99.5,120,0;0220123456';

describe('generic-ims records', () => {
  test('a sample with two substances, one with a comma in its name', () => {
    expect(decode(summed(good))).toEqual({
      ok: true,
      record: {
        type: 'sample',
        serial: 'ETD7',
        number: 42,
        atMs: Date.UTC(2026, 10, 23, 9, 15, 1),
        mode: 'DUAL',
        result: 'ALARM',
        substances: [
          { name: 'RDX', peak: 412, threshold: 150, k0: 1.39 },
          { name: '2,4-DNT', peak: 99.5, threshold: 120, k0: null },
        ],
        subject: '0220123456',
      },
    });
  });

  test('a state; no subject', () => {
    expect(decode(summed('#STA;ETD7;BAKEOUT;12;cleaning'))).toMatchObject({
      ok: true,
      record: { state: 'BAKEOUT', code: '12' },
    });
    expect(decode(summed('#SMP;ETD7;1;2026-11-23T09:15:01Z;NARC;PASS;0;-'))).toMatchObject({
      ok: true,
      record: { subject: null },
    });
  });

  test.each([
    ['nothing', '', 'cut-record'],
    ['a cut record', summed(good).slice(0, -30), 'cut-record'],
    ['a cut checksum', summed(good).slice(0, -1), 'cut-record'],
    ['a wrong checksum', good.concat('*00'), 'checksum'],
    ['another record', summed('#XYZ;1'), 'unknown-record'],
    ['an unknown result word', summed(good.replace('ALARM', 'MAYBE')), 'unknown-result'],
    ['an unknown mode', summed(good.replace('DUAL', 'BOTH')), 'unknown-mode'],
    ['a number that is none', summed(good.replace(';42;', ';4x;')), 'not-a-number'],
    ['too few substances', summed(good.replace(';2;', ';3;')), 'wrong-field-count'],
    ['a huge count', summed(good.replace(';2;', ';999999999;')), 'not-a-number'],
    ['a substance without numbers', summed(good.replace('412,150', 'a,b')), 'substance'],
    ['an impossible time', summed(good.replace('11-23', '13-41')), 'time'],
    ['30 February', summed(good.replace('11-23', '02-30')), 'time'],
    ['an hour 24', summed(good.replace('T09:15:01', 'T24:00:00')), 'time'],
    ['a peak beyond all numbers', summed(good.replace('412', '9'.repeat(400))), 'substance'],
    ['an unknown state', summed('#STA;ETD7;SLEEP;0;'), 'unknown-state'],
    ['a state too short', summed('#STA;ETD7'), 'wrong-field-count'],
    ['bytes that are no text', summed('#STA;\u00ff;READY;0;'), 'not-ascii'],
  ])('%s is refused by name', (_name, text, code) => {
    expect(decode(text)).toMatchObject({ ok: false, code });
  });

  test('no bytes make it throw, and one changed byte never passes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(decodeBy(bytes, ims, 'UTC')).toHaveProperty('ok');
      }),
    );
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const bytes = Buffer.from(summed(good), 'latin1');
        bytes[at] = (bytes[at] ?? 0) ^ change;
        expect(decodeBy(bytes, ims, 'UTC').ok).toBe(false);
      }),
    );
  });
});

describe('what a sample means', () => {
  function scanOf(text: string) {
    const decoded = decode(summed(text));
    if (!decoded.ok) throw new Error(decoded.reason);
    return normalise(initialState, decoded.record, 0).observations.find((item) => item.type === 'scan');
  }
  const withSubstance = (name: string, result = 'ALARM') =>
    `#SMP;E;1;2026-11-23T09:15:01Z;DUAL;${result};1;${name},9,1,0;-`;

  test.each([
    ['RDX', 'explosive', 'trace-substance'],
    ['r d x', 'explosive', 'trace-substance'],
    ['Cocaine', 'narcotic', 'trace-substance'],
    ['GB', 'chemical', 'chemical-agent'],
    ['UNOBTAINIUM', 'unknown', 'trace-substance'],
  ])('%s is %s', (name, hazard, signal) => {
    expect(scanOf(withSubstance(name))).toMatchObject({ decision: 'alarm', hazard, signal });
  });

  test('the worst substance above its threshold decides; below it none does', () => {
    const both = '#SMP;E;1;2026-11-23T09:15:01Z;DUAL;ALARM;2;cocaine,9,1,0;TNT,1,9,0;-';
    expect(scanOf(both)).toMatchObject({ hazard: 'narcotic' });
  });

  test('PASS is clear, ERROR is aborted', () => {
    expect(scanOf(withSubstance('RDX', 'PASS'))?.decision).toBe('clear');
    expect(scanOf(withSubstance('RDX', 'ERROR'))?.decision).toBe('aborted');
  });

  test.each([
    ['0220123456', { kind: 'bag-tag', value: '0220123456', valid: true }],
    ['CSQU3O54383', { kind: 'container', valid: false, corrections: ['CSQU3054383'] }],
    ['L898902C3', { kind: 'travel-document', value: 'L898902C3', issuer: null }],
    [
      'M1DESMARAIS/LUC       EABC123 YULFRAAC 0834 326J001A0025 100',
      { kind: 'boarding-pass', value: 'AC0834326001A0025' },
    ],
    ['TRAY17', { kind: 'other', value: 'TRAY17' }],
  ])('the subject %s', (subject, expected) => {
    expect(scanOf(good.replace(/0220123456$/, subject))?.identifiers).toMatchObject([expected]);
  });

  test('a step of the sample number is missed samples; a smaller number is a restart', () => {
    const numbers = [5, 6, 9, 1, 2];
    let state = initialState;
    const missed = numbers.map((number) => {
      const decoded = decode(summed(good.replace(';42;', `;${number};`)));
      if (!decoded.ok) throw new Error(decoded.reason);
      const next = normalise(state, decoded.record, 0);
      state = next.state;
      return next.observations.flatMap((item) => (item.type === 'occupancy-missed' ? [item.missed] : []));
    });
    expect(missed).toEqual([[], [], [2], [], []]);
  });

  test('a sample that comes late, with an older time, is itself and leaves the counter where it was', () => {
    const decoded = decode(summed(good));
    if (!decoded.ok || decoded.record.type !== 'sample') throw new Error('no sample');
    const newest = { number: 44, atMs: decoded.record.atMs + 1_000 };
    const { state, observations } = normalise(newest, decoded.record, 0);
    expect(state).toEqual(newest);
    expect(observations).toMatchObject([{ type: 'scan', observedAtMs: decoded.record.atMs }]);
    const restarted = normalise({ number: 44, atMs: decoded.record.atMs - 1_000 }, decoded.record, 0);
    expect(restarted.state).toEqual({ number: 42, atMs: decoded.record.atMs });
  });

  test('every substance of the list is found by its own name, with a CAS number where there is one', () => {
    expect(substances).toHaveLength(37);
    for (const substance of substances) expect(findSubstance(substance.name.toUpperCase())).toBe(substance);
    expect(findSubstance('TATP')?.cas).toBe('17088-37-8');
  });
});
