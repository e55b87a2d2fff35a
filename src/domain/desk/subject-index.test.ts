import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deskBench, identity, read, targetInput } from '../../../tests/support/desk-bench.ts';
import { MatchingPolicy } from '../matching-policy.ts';
import { agreements } from './agreement.ts';
import {
  emptyIndex,
  enter,
  fillPassageIndex,
  type KnownBy,
  lookUp,
  readKnownBy,
  targetKnownBy,
} from './subject-index.ts';

const policy = MatchingPolicy.parse({});
const plates = ['AB123CD', 'A8123CD', 'AB128CD', 'AB1123CD', 'XY999Z', 'AB12'];
const names = [
  'Anna Eriksson',
  'Eriksson Ana',
  'Müller Hans',
  'Hans Mueller',
  'Mohamed Al-Sayed',
  'Mohammed Alsayed',
  'Li',
];
const birthDates = ['1980-05-17', '1981-01-01', '1990-12-31', null];

const step = fc.oneof(
  fc.record({ what: fc.constant('read' as const), id: fc.nat(9), plate: fc.constantFrom(...plates) }),
  fc.record({
    what: fc.constant('holder' as const),
    id: fc.nat(9),
    name: fc.constantFrom(...names),
    birthDate: fc.constantFrom(...birthDates),
  }),
  fc.record({
    what: fc.constant('target' as const),
    reference: fc.nat(4),
    plate: fc.constantFrom(...plates),
    name: fc.constantFrom(...names),
    birthDate: fc.constantFrom(...birthDates),
    forS: fc.integer({ min: 1, max: 300 }),
  }),
  fc.record({ what: fc.constant('withdraw' as const), nth: fc.nat(4) }),
  fc.record({ what: fc.constant('tick' as const), afterS: fc.integer({ min: 0, max: 2_000 }) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function play(bench: ReturnType<typeof deskBench>, one: Step): void {
  if (one.what === 'tick') {
    bench.atS += one.afterS;
    bench.feed({ type: 'tick' });
  } else if (one.what === 'read') {
    bench.see('vehicle', 'anpr', identity(`v${one.id}-${one.plate}`, [read('plate', one.plate)], bench.nowMs()));
  } else if (one.what === 'holder') {
    const { name, birthDate } = one;
    const document = read('travel-document', `D000${one.id}`, { holder: { name, birthDate } });
    bench.see('pedestrian', 'reader', identity(`p${one.id}-${bench.atS}-${name}`, [document], bench.nowMs()));
  } else if (one.what === 'target') {
    const { name, birthDate, plate } = one;
    const validUntil = new Date(bench.nowMs() + one.forS * 1000).toISOString();
    const target = { kind: 'passenger', name, identifiers: [{ kind: 'plate', value: plate }], validUntil } as const;
    const whole = { ...target, identifiers: [...target.identifiers], ...(birthDate && { birthDate }) };
    bench.tell({ type: 'put-target', target: targetInput({ reference: `P-${one.reference}`, ...whole }) });
  } else {
    const target = bench.targets()[one.nth];
    if (target !== undefined) bench.tell({ type: 'withdraw-target', targetId: target.id });
  }
}

test('whatever has happened, the indexes say what indexes made anew say', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const bench = deskBench();
      for (const one of steps) play(bench, one);
      const { targets, passages } = bench.state;
      const anew = { targetIndex: emptyIndex(), passageIndex: emptyIndex() };
      fillPassageIndex(anew.passageIndex, passages);
      for (const target of targets.values()) {
        if (target.state === 'active') enter(anew.targetIndex, target.id, targetKnownBy(target));
      }
      const asked: KnownBy[] = [
        ...plates.map((value) => ({ keys: [{ kind: 'plate' as const, value }], people: [] })),
        ...names.flatMap((name) => birthDates.map((birthDate) => ({ keys: [], people: [{ name, birthDate }] }))),
      ];
      for (const known of asked) {
        for (const which of ['targetIndex', 'passageIndex'] as const) {
          const sorted = (index: typeof anew.targetIndex) => [...lookUp(index, known, policy)].sort();
          expect(sorted(bench.state[which])).toEqual(sorted(anew[which]));
        }
      }
    }),
    { numRuns: 100 },
  );
});

test('who agrees is found: looking up misses none of those that comparing with everybody finds', () => {
  const bench = deskBench();
  let reference = 0;
  for (const name of names) {
    for (const birthDate of birthDates) {
      for (const value of plates) {
        reference += 1;
        const target = { kind: 'passenger', name, identifiers: [{ kind: 'plate' as const, value }] } as const;
        const whole = { ...target, identifiers: [...target.identifiers], ...(birthDate && { birthDate }) };
        bench.tell({ type: 'put-target', target: targetInput({ reference: `P-${reference}`, ...whole }) });
      }
    }
  }
  for (const name of names) {
    for (const birthDate of birthDates) {
      for (const value of plates) {
        const one = read('plate', value, { holder: { name, birthDate } });
        bench.see('pedestrian', 'reader', identity(`${name}${birthDate}${value}`, [one], bench.nowMs()));
        const seen = bench.passages().at(-1)?.identities.at(-1);
        if (seen === undefined) throw new Error('nothing was read');
        const wide = { ...policy, mostCandidates: 1_000 };
        const found = lookUp(bench.state.targetIndex, readKnownBy(seen), wide);
        const agreeing = bench.targets().filter((target) => agreements(seen, target, wide).length > 0);
        expect(agreeing.filter(({ id }) => !found.has(id)).map((target) => target.name)).toEqual([]);
      }
    }
    bench.atS += 60;
    bench.feed({ type: 'tick' });
  }
});
