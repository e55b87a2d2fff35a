import { deskTraffic } from './desk-traffic.ts';
import { inTurn, type Row, row, type Settings } from './rows.ts';

/** The desk alone, without I/O: alarms it takes from the first frame to the end, on one thread. */
export async function benchDesk({ quick, rounds }: Settings): Promise<readonly Row[]> {
  const bags = quick ? 20_000 : 200_000;
  const results = await inTurn(
    rounds,
    async () => perCpuSecond(bags, productRun()),
    async () => perCpuSecond(bags, floorRun()),
  );
  const eventsEach = await eventsPerAlarm(bags / 10);
  return [
    row('decide and apply, alarms raised, disposed of and cleared', 'alarms/s', results, (rate) => rate),
    row(
      `the same, counted in events (${eventsEach.toFixed(1)} an alarm)`,
      'events/s',
      results,
      (rate) => rate * eventsEach,
    ),
  ];
}

/** By the processor's time, so that what else runs on the machine does not count. */
function perCpuSecond(bags: number, run: (bags: number) => void): number {
  run(bags / 10);
  const before = process.cpuUsage();
  run(bags);
  const { user, system } = process.cpuUsage(before);
  return bags / ((user + system) / 1e6);
}

function productRun(): (bags: number) => void {
  const traffic = deskTraffic(60_000);
  return (bags) => traffic.pass(bags, () => undefined);
}

async function eventsPerAlarm(bags: number): Promise<number> {
  const traffic = deskTraffic(60_000);
  traffic.pass(bags, () => undefined);
  return traffic.state.sequence / bags;
}

/** The least that any such program does: an object for the passage and one for the alarm, found again by id, changed twice, let go. */
function floorRun(): (bags: number) => void {
  const passages = new Map<string, object>();
  const alarms = new Map<string, object>();
  let bag = 0;
  return (bags) => {
    for (let at = 0; at < bags; at += 1) {
      bag += 1;
      const id = `id-${bag}`;
      const time = new Date(bag).toISOString();
      passages.set(id, {
        id,
        laneId: 'belt',
        openedAt: time,
        identities: [{ kind: 'bag-tag', value: id }],
        closedAt: null,
      });
      alarms.set(id, { id, passageId: id, priority: 'medium', state: 'unacknowledged', raisedAt: time, evidence: {} });
      alarms.set(id, { ...alarms.get(id), state: 'acknowledged', disposition: { class: 'false', at: time } });
      alarms.set(id, { ...alarms.get(id), state: 'normal', clearedAt: time });
      passages.set(id, { ...passages.get(id), closedAt: time });
      alarms.delete(`id-${bag - 6_000}`);
      passages.delete(`id-${bag - 6_000}`);
    }
  };
}
