import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Latency, measureLatency, measureRate } from './measure.ts';
import { floorPath, type Path, productPath } from './paths.ts';

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false }, json: { type: 'string' } } });
const rounds = values.quick ? 1 : 3;
const seconds = values.quick ? 2 : 10;
const flood = values.quick ? 2_000 : 10_000;

interface Row {
  readonly what: string;
  readonly unit: string;
  readonly product: number;
  readonly floor: number;
  readonly ratio: number;
}

/** One measurement on a fresh path, product and floor in turn, so that both see the machine in the same mood. */
async function inTurn<T>(measure: (path: Path) => Promise<T>): Promise<{ readonly product: T[]; readonly floor: T[] }> {
  const results = { product: [] as T[], floor: [] as T[] };
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, open] of [
      ['floor', floorPath],
      ['product', productPath],
    ] as const) {
      await using path = await open();
      results[name].push(await measure(path));
    }
  }
  return results;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

function row(what: string, unit: string, product: readonly number[], floor: readonly number[]): Row {
  const [one, other] = [median(product), median(floor)];
  return { what, unit, product: one, floor: other, ratio: one / other };
}

const rows: Row[] = [];
for (const perSecond of [100, 1_000]) {
  const { product, floor } = await inTurn((path) => measureLatency(path, perSecond, seconds));
  for (const [name, key] of [
    ['p50', 'p50Ms'],
    ['p99', 'p99Ms'],
  ] as const) {
    const of = (list: readonly Latency[]) => list.map((latency) => latency[key]);
    rows.push(row(`MQTT QoS 1 alarm to live client, ${perSecond}/s, ${name}`, 'ms', of(product), of(floor)));
  }
}
const rates = await inTurn((path) => measureRate(path, flood));
rows.push(row(`the same, ${flood} alarms as fast as they go`, 'alarms/s', rates.product, rates.floor));

console.table(
  rows.map(({ what, unit, product, floor, ratio }) => ({
    what,
    product: `${product.toFixed(2)} ${unit}`,
    floor: `${floor.toFixed(2)} ${unit}`,
    ratio: ratio.toFixed(2),
  })),
);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ rounds, rows }, null, 2)}\n`);
