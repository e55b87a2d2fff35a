import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { benchAlarms } from './alarms.ts';
import { benchDesk } from './desk.ts';
import { benchLoad } from './load.ts';
import { benchMatching } from './matching.ts';
import { benchN42 } from './n42.ts';
import type { Row, Settings } from './rows.ts';
import { benchStart } from './start.ts';

const benches: Readonly<Record<string, (settings: Settings) => Promise<readonly Row[]>>> = {
  alarms: benchAlarms,
  desk: benchDesk,
  load: benchLoad,
  matching: benchMatching,
  n42: benchN42,
  start: benchStart,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    profile: { type: 'string' },
    json: { type: 'string' },
  },
});
const { quick, profile: profileDir } = values;
const settings: Settings = {
  quick,
  rounds: Number(values.rounds ?? (quick ? 1 : 3)),
  seconds: values.seconds === undefined ? undefined : Number(values.seconds),
  profileDir,
};

const rows: Row[] = [];
for (const name of positionals.length > 0 ? positionals : Object.keys(benches)) {
  const bench = benches[name];
  if (bench === undefined) throw new Error(`there is no bench ${name}: ${Object.keys(benches).join(', ')}`);
  const measured = await bench(settings);
  rows.push(...measured);
  console.table(
    measured.map(({ what, unit, product, floor, ratio }) => ({
      what,
      product: `${product.toFixed(2)} ${unit}`,
      floor: Number.isNaN(floor) ? '–' : `${floor.toFixed(2)} ${unit}`,
      ratio: Number.isNaN(ratio) ? '–' : ratio.toFixed(2),
    })),
  );
}
if (values.json !== undefined)
  writeFileSync(values.json, `${JSON.stringify({ rounds: settings.rounds, rows }, null, 2)}\n`);
