import { emptyIndex, enter } from '../../src/domain/desk/subject-index.ts';
import { normaliseIdentifier } from '../../src/domain/identifiers/index.ts';
import { MatchingPolicy } from '../../src/domain/matching-policy.ts';
import { jaroWinkler } from '../../src/domain/names/jaro-winkler.ts';
import type { TargetInput } from '../../src/domain/target.ts';
import { inventedTargets, seeded } from './invented-targets.ts';
import { quantile, type Row } from './rows.ts';

const lookUps = 20_000;
/** As many names as the floor compares a name with, one by one. */
const compared = 1_000;

/** The pure index with `count` targets: how long a look-up takes, beside a bare Map and bare comparisons. In process. */
export function measureLookUps(count: number): readonly Row[] {
  const { index, bare, samples, heapMiB } = fill(count);
  const { names, mostCandidates: most } = MatchingPolicy.parse({});
  const random = seeded(2);
  const people = samples.filter(({ name }) => name !== undefined);
  const plates = samples.filter(({ kind }) => kind === 'vehicle');
  const others = people.slice(0, compared).map(({ name = '' }) => name.toUpperCase());
  const keyOf = ({ identifiers: [first] }: TargetInput) => ({
    kind: first?.kind ?? 'other',
    value: first?.value ?? '',
  });
  const misread = (text: string) => {
    const at = Math.floor(random() * text.length);
    return text.slice(0, at) + String.fromCharCode(65 + Math.floor(random() * 26)) + text.slice(at + 1);
  };

  const exact = timed(samples, (target) => {
    const { kind, value } = keyOf(target);
    return [...index.keys.find(kind, value)];
  });
  const bareExact = timed(samples, (target) => bare.get(keyOf(target).value));
  const plate = timed(plates, (target) => index.keys.nearPlate(misread(keyOf(target).value), most));
  const find = (target: TargetInput, birthDate: string | null) =>
    index.names.find({ name: misread((target.name ?? '').toUpperCase()), birthDate }, { ...names, most });
  const dated = timed(people, (target) => find(target, target.birthDate ?? null));
  const undated = timed(people, (target) => find(target, null));
  const bareNames = timed(people, (target) => {
    let best = 0;
    for (const other of others) best = Math.max(best, jaroWinkler(target.name ?? '', other));
    return best;
  });
  const rows = (what: string, product: readonly number[], floor: readonly number[]): Row[] =>
    [0.5, 0.99].map((share) => {
      const [mine, theirs] = [quantile(product, share), quantile(floor, share)];
      return { what: `${what}, p${share * 100}`, unit: 'µs', product: mine, floor: theirs, ratio: mine / theirs };
    });
  const alone = { floor: Number.NaN, ratio: Number.NaN };
  return [
    { what: `index of ${count} targets, heap`, unit: 'MiB', product: heapMiB, ...alone },
    ...rows('exact look-up (floor: Map.get)', exact, bareExact),
    ...rows('plate one character apart (floor: Map.get)', plate, bareExact),
    ...rows(`name alike, birth date known (floor: ${compared} × Jaro-Winkler)`, dated, bareNames),
    ...rows(`name alike, birth date unknown (floor: ${compared} × Jaro-Winkler)`, undated, bareNames),
  ];
}

function fill(count: number) {
  const index = emptyIndex();
  const bare = new Map<string, string>();
  const samples: TargetInput[] = [];
  const every = Math.max(1, Math.floor(count / lookUps));
  const before = heap();
  let nth = 0;
  for (const target of inventedTargets()) {
    const id = `target-${nth}`;
    const keys = target.identifiers.map(({ kind, value }) => normaliseIdentifier(kind, value));
    const { name, birthDate = null } = target;
    enter(index, id, { keys, people: name === undefined ? [] : [{ name, birthDate }] });
    if (nth % every === 0) samples.push(target);
    nth += 1;
    if (nth === count) break;
  }
  const heapMiB = (heap() - before) / 1_048_576;
  for (const target of inventedTargets()) {
    bare.set(target.identifiers[0]?.value ?? '', target.reference);
    if (bare.size >= count - 1_000) break;
  }
  return { index, bare, samples, heapMiB };
}

function heap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

/** Microseconds of each. */
function timed(targets: readonly TargetInput[], act: (target: TargetInput) => unknown): readonly number[] {
  return targets.map((target) => {
    const begun = performance.now();
    act(target);
    return (performance.now() - begun) * 1_000;
  });
}
