import { describe, expect, test } from 'vitest';
import { type DeskBench, deskBench, identity, only, read, targetInput } from '../../../tests/support/desk-bench.ts';
import type { TargetInput } from '../target.ts';

/** Somebody who reads a document at the baggage reader. */
function holder(
  bench: DeskBench,
  name: string,
  birthDate: string | null,
  change: { id?: string; value?: string } = {},
) {
  const { id = 'r1', value = 'A1234567' } = change;
  const document = read('travel-document', value, { issuer: 'UTO', method: 'mrz', holder: { name, birthDate } });
  return bench.see('pedestrian', 'reader', identity(id, [document], bench.nowMs()));
}
function person(bench: DeskBench, reference: string, name: string, birthDate?: string) {
  const identifiers: TargetInput['identifiers'] = [];
  bench.tell({
    type: 'put-target',
    target: targetInput({ reference, kind: 'passenger', name, identifiers, ...(birthDate && { birthDate }) }),
  });
}
const matches = (bench: DeskBench) => only(bench.passages()).matches;

describe('names', () => {
  test.each([
    ['in another order and spelling, born on the same day', 'Müller, Hans', '1980-05-17', 'probable', 0.9],
    ['alike, born on the same day', 'Hanns Mueller', '1980-05-17', 'candidate', 0.85],
    ['the same, born in the same year', 'Hans Mueller', '1980-01-01', 'candidate', 0.75],
    ['the same, born in the next year', 'Hans Mueller', '1981-05-17', 'candidate', 0.75],
    ['the same, birth date unknown', 'Hans Mueller', undefined, 'candidate', 0.55],
    ['the same, born two years later', 'Hans Mueller', '1982-05-17', null, 0],
    ['of which one word is another', 'Hans Schneider', '1980-05-17', null, 0],
  ])('%s', (_name, name, birthDate, method, score) => {
    const bench = deskBench();
    person(bench, 'P-1', name, birthDate);
    holder(bench, 'HANS MUELLER', '1980-05-17');
    expect(matches(bench)[0]?.method ?? null).toBe(method);
    expect(matches(bench)[0]?.score ?? 0).toBeCloseTo(score, 1);
  });

  test('two near-equal names in one clause both come out, each with its own score and reason', () => {
    const bench = deskBench();
    person(bench, 'P-1', 'Mohamed Al-Sayed', '1980-03-01');
    person(bench, 'P-2', 'Mohammed Al Sayed', '1980-03-01');
    person(bench, 'P-3', 'Mohamed Al-Sayed Hassan', '1980-03-01');
    holder(bench, 'MOHAMED ALSAYED', '1980-03-01');
    const found = new Map(matches(bench).map((match) => [match.target.reference, match]));
    expect([...found.keys()].sort()).toEqual(['P-1', 'P-2', 'P-3']);
    expect(found.get('P-1')).toMatchObject({ method: 'probable', score: 0.9 });
    for (const reference of ['P-2', 'P-3']) expect(found.get(reference)?.method).toBe('candidate');
    expect(new Set([...found.values()].map(({ score }) => score)).size).toBe(3);
    for (const match of found.values()) {
      expect(only(match.reasons)).toMatchObject({ field: 'name', read: 'MOHAMED ALSAYED, 1980-03-01', source: 'r1' });
    }
    expect(only(found.get('P-2')?.reasons ?? []).how).toMatch(/^name 0\.9\d alike \(Jaro-Winkler\), same birth date$/);
  });

  test('of a boarding pass, without a birth date, make a candidate; the flight supports it and makes none', () => {
    const bench = deskBench();
    const flight = { kind: 'flight', value: 'AC0834' } as const;
    const passenger = { kind: 'passenger', name: 'Luc Desmarais', birthDate: '1990-02-03' } as const;
    bench.tell({ type: 'put-target', target: targetInput({ ...passenger, reference: 'P-1', identifiers: [flight] }) });
    bench.tell({
      type: 'put-target',
      target: targetInput({ ...passenger, reference: 'P-2', name: 'Anna Other', identifiers: [flight] }),
    });
    bench.tell({ type: 'put-target', target: targetInput({ reference: 'F-1', identifiers: [flight] }) });
    const pass = read('boarding-pass', 'AC0834326001A0025', { holder: { name: 'LUC DESMARAIS', birthDate: null } });
    bench.see('pedestrian', 'reader', identity('r1', [pass, read('flight', 'AC0834')], bench.nowMs()));
    const found = matches(bench).map(({ target, method, reasons }) => [
      target.reference,
      method,
      reasons.map(({ field }) => field),
    ]);
    expect(found).toEqual([
      ['P-1', 'candidate', ['name', 'flight']],
      ['F-1', 'candidate', ['flight']],
    ]);
  });

  test('and a document are two reasons of one match', () => {
    const bench = deskBench();
    const document = { kind: 'travel-document', value: 'A1234567', issuer: 'UTO' } as const;
    const target = targetInput({
      kind: 'passenger',
      name: 'Hans Müller',
      birthDate: '1980-05-17',
      identifiers: [document],
    });
    bench.tell({ type: 'put-target', target });
    holder(bench, 'HANS MUELLER', '1980-05-17');
    const match = only(matches(bench));
    expect([match.method, match.score, match.reasons.map(({ field }) => field)]).toEqual([
      'exact',
      1,
      ['travel-document', 'name'],
    ]);
  });

  test('of a consignee are not looked for among people', () => {
    const bench = deskBench();
    const target = targetInput({ kind: 'consignment', name: 'Hans Mueller', birthDate: '1980-05-17' });
    bench.tell({ type: 'put-target', target });
    holder(bench, 'HANS MUELLER', '1980-05-17');
    expect(matches(bench)).toEqual([]);
  });
});

describe('what optical reading confuses', () => {
  test.each([
    ['a plate with O for 0 and B for 8', 'plate', 'A8123OC', true, [], 'AB1230C', 0.7, 'look-alike'],
    ['a plate in Cyrillic letters', 'plate', 'А123ВС77', true, [], 'A123BC77', 0.7, 'look-alike'],
    ['a plate with one other character', 'plate', 'AB123CD', true, [], 'AB128CD', 0.5, 'one character apart'],
    ['a plate with one character more', 'plate', 'AB123CD', true, [], 'AB1123CD', 0.5, 'one character apart'],
    ['a container, corrected', 'container', 'CSQU3O54383', false, ['CSQU3054383'], 'CSQU3054383', 0.75, 'correcting'],
    ['a container, two confused', 'container', 'C5QU3O54383', false, [], 'CSQU3054383', 0.7, 'look-alike'],
    ['a document, corrected', 'travel-document', 'L8989O2C3', false, ['L898902C3'], 'L898902C3', 0.75, 'correcting'],
  ] as const)('%s is a candidate', (_name, kind, value, valid, corrections, target, score, how) => {
    for (const targetFirst of [true, false]) {
      const bench = deskBench();
      const put = () =>
        bench.tell({ type: 'put-target', target: targetInput({ identifiers: [{ kind, value: target }] }) });
      if (targetFirst) put();
      bench.see('vehicle', 'anpr', identity('r1', [read(kind, value, { valid, corrections })], bench.nowMs()));
      if (!targetFirst) put();
      const match = only(matches(bench));
      expect(match).toMatchObject({ method: 'candidate', score });
      expect(only(match.reasons)).toMatchObject({ field: kind, read: value, target, source: 'r1' });
      expect(only(match.reasons).how).toContain(how);
    }
  });

  test.each([
    ['a short plate with one other character', 'plate', 'AB123', 'AB128'],
    ['a plate with two other characters', 'plate', 'AB123CD', 'AB428CD'],
    ['a container with one other character', 'container', 'CSQU3054383', 'TGHU7654321'],
    ['a bag tag', 'bag-tag', '0220123456', '0220123457'],
  ] as const)('%s is none', (_name, kind, value, target) => {
    const bench = deskBench();
    bench.tell({ type: 'put-target', target: targetInput({ identifiers: [{ kind, value: target }] }) });
    bench.see('vehicle', 'anpr', identity('r1', [read(kind, value)], bench.nowMs()));
    expect(matches(bench)).toEqual([]);
  });
});

test('a target with a failing check digit is weak, says so, and is never more than a candidate', () => {
  const bench = deskBench();
  bench.tell({
    type: 'put-target',
    target: targetInput({ identifiers: [{ kind: 'container', value: 'CSQU3054384' }] }),
  });
  expect(only(only(bench.targets()).warnings)).toContain('fails the ISO 6346 check digit; it can only match weakly');
  bench.see('container', 'ocr', identity('r1', [read('container', 'CSQU3054384', { valid: false })], bench.nowMs()));
  expect(only(matches(bench))).toMatchObject({ method: 'candidate', score: 0.6, noticedAt: null });
});
