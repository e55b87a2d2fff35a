import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type DeskBench,
  deskBench,
  identity,
  only,
  read,
  targetInput,
  typesOf,
} from '../../../tests/support/desk-bench.ts';
import { Schedule } from './schedule.ts';

const inS = (bench: DeskBench, seconds: number) => new Date(bench.nowMs() + seconds * 1000).toISOString();
const put = (bench: DeskBench, change: Parameters<typeof targetInput>[0]) =>
  bench.tell({ type: 'put-target', target: targetInput(change) });
const pass = (bench: DeskBench, id: string) =>
  bench.see('container', 'ocr', identity(id, [read('container', 'CSQU3054383')], bench.nowMs()));
const tick = (bench: DeskBench, afterS: number) => {
  bench.atS += afterS;
  return typesOf(bench.feed({ type: 'tick' }));
};

describe('validity', () => {
  test('that is to begin: not matched before, matched back when it begins, matched from then on', () => {
    const bench = deskBench();
    expect(typesOf(put(bench, { validFrom: inS(bench, 60) }))).toEqual(['target.added']);
    expect(typesOf(pass(bench, 'r1'))).toEqual(['passage.opened']);
    expect(tick(bench, 59)).toEqual(['passage.closed']);
    expect(tick(bench, 1)).toEqual(['target.activated', 'passage.updated', 'match.proposed', 'interdiction.noticed']);
    expect(tick(bench, 1)).toEqual([]);
    expect(only(bench.targets())).toMatchObject({ version: 2, state: 'active' });
    expect(typesOf(pass(bench, 'r2'))).toContain('match.proposed');
  });

  test('that has begun does not end when the clock is set back', () => {
    const bench = deskBench();
    put(bench, { validFrom: inS(bench, 60), validUntil: inS(bench, 120) });
    expect(tick(bench, 60)).toEqual(['target.activated']);
    bench.atS -= 3_600;
    expect(typesOf(pass(bench, 'r1'))).toContain('match.proposed');
    bench.atS += 3_659;
    expect(tick(bench, 0)).not.toContain('target.expired');
    expect(tick(bench, 1)).toEqual(['target.expired']);
    expect(tick(bench, -3_600), 'what has expired stays so').not.toContain('target.activated');
    expect(only(bench.targets()).state).toBe('expired');
  });

  test('of several beginning in one tick: each matches the passage as the other left it', () => {
    const bench = deskBench();
    for (const reference of ['FT-1', 'FT-2']) put(bench, { reference, validFrom: inS(bench, 5) });
    pass(bench, 'r1');
    tick(bench, 5);
    tick(bench, 0);
    expect(
      only(bench.passages())
        .matches.map(({ target }) => target.reference)
        .sort(),
    ).toEqual(['FT-1', 'FT-2']);
  });

  test('of thousands ending at once ends over several ticks', () => {
    const bench = deskBench();
    for (let n = 0; n < 500; n += 1) put(bench, { reference: `FT-${n}`, validUntil: inS(bench, 5) });
    const ended = [tick(bench, 5), tick(bench, 0), tick(bench, 0), tick(bench, 0)].map((types) => types.length);
    expect(ended).toEqual([200, 200, 100, 0]);
  });
});

test('a schedule tells what is due, whatever was planned and called off before', () => {
  const act = fc.record({ id: fc.constantFrom('a', 'b', 'c'), atS: fc.nat(50), planned: fc.boolean() });
  fc.assert(
    fc.property(fc.array(act, { maxLength: 200 }), fc.nat(60), (acts, nowS) => {
      const schedule = new Schedule();
      const expected = new Set<string>();
      for (const { id, atS, planned } of acts) {
        schedule[planned ? 'plan' : 'unplan'](atS * 1000, id);
        expected[planned ? 'add' : 'delete'](`${id}@${atS}`);
      }
      const due = [...expected].filter((one) => Number(one.split('@')[1]) <= nowS).map((one) => one.split('@')[0]);
      expect([...schedule.dueBy(nowS * 1000)].sort()).toEqual(due.sort());
    }),
  );
});
