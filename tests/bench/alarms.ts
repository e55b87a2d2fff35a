import { type Latency, measureLatency, measureRate } from './measure.ts';
import { floorPath, type Path, productPath } from './paths.ts';
import { inTurn, type Row, row, type Settings } from './rows.ts';

/** Alarms over MQTT to a live client: how soon, and how many. */
export async function benchAlarms({ quick, rounds, seconds = quick ? 2 : 10 }: Settings): Promise<readonly Row[]> {
  const flood = quick ? 2_000 : 10_000;
  const rows: Row[] = [];
  for (const perSecond of [100, 1_000]) {
    const results = await onEach(rounds, (path) => measureLatency(path, perSecond, seconds));
    const title = `MQTT QoS 1 alarm to live client, ${perSecond}/s`;
    rows.push(row(`${title}, p50`, 'ms', results, ({ p50Ms }: Latency) => p50Ms));
    rows.push(row(`${title}, p99`, 'ms', results, ({ p99Ms }: Latency) => p99Ms));
  }
  const rates = await onEach(rounds, (path) => measureRate(path, flood));
  rows.push(row(`the same, ${flood} alarms as fast as they go`, 'alarms/s', rates, (rate) => rate));
  return rows;
}

/** Each time on a fresh path. */
function onEach<T>(rounds: number, measure: (path: Path) => Promise<T>) {
  const on = (open: () => Promise<Path>) => async () => {
    await using path = await open();
    return await measure(path);
  };
  return inTurn(rounds, on(productPath), on(floorPath));
}
