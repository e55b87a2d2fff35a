import type { DomainEvent } from '../../src/domain/event.ts';
import { bagTraffic } from './bag-traffic.ts';
import { floorRounds } from './desk-floor.ts';
import { portalTraffic } from './portal-traffic.ts';
import { inTurn, type Row, row, type Settings } from './rows.ts';
import type { Traffic } from './traffic.ts';

/** What is measured, in three steps: of the first nothing counts. */
export interface Rounds {
  arrive(): void;
  /** How many alarms it raised. */
  raise(): number;
  finish(): void;
}

interface Rates {
  readonly raised: number;
  readonly lives: number;
}

const keepMs = 60_000;

/** The desk alone, without I/O, on one thread: what an alarm costs, and its whole life. */
export async function benchDesk({ quick, rounds }: Settings): Promise<readonly Row[]> {
  const length = quick ? 20_000 : 200_000;
  const bags = await inTurn(
    rounds,
    async () => rates(length, ofTraffic(bagTraffic(keepMs))),
    async () => rates(length, floorRounds('bags')),
  );
  const portals = await inTurn(
    rounds,
    async () => rates(length, ofTraffic(portalTraffic(keepMs))),
    async () => rates(length, floorRounds('portals')),
  );
  const eventsEach = eventsPerLife();
  return [
    row('a portal’s sample that raises an alarm in its passage', 'alarms/s', portals, ({ raised }) => raised),
    row('a bag’s scan that opens a passage and raises an alarm', 'alarms/s', bags, ({ raised }) => raised),
    row('a bag’s alarm, from its scan to the end of its passage', 'lives/s', bags, ({ lives }) => lives),
    row(
      `the same, counted in events (${eventsEach.toFixed(1)} a life)`,
      'events/s',
      bags,
      ({ lives }) => lives * eventsEach,
    ),
  ];
}

/** Alarms a second of the processor's time, after a tenth as many to warm up: what else runs on the machine does not count. */
function rates(alarms: number, rounds: Rounds): Rates {
  let [raised, raisingS, livingS] = [0, 0, 0];
  for (let warm = 0; raised < alarms; ) {
    rounds.arrive();
    const fromS = cpuSeconds();
    const count = rounds.raise();
    const raisedS = cpuSeconds();
    rounds.finish();
    warm += count;
    if (warm <= alarms / 10) continue;
    raised += count;
    raisingS += raisedS - fromS;
    livingS += cpuSeconds() - fromS;
  }
  return { raised: raised / raisingS, lives: raised / livingS };
}

function ofTraffic(traffic: Traffic): Rounds {
  let inputs: ReturnType<Traffic['arrive']> = [];
  let events: DomainEvent[] = [];
  return {
    arrive: () => {
      inputs = traffic.arrive();
      events = [];
    },
    raise: () => {
      for (const input of inputs) events.push(...traffic.desk.feed(input));
      return events.filter(({ type }) => type === 'lanewatch.alarm.raised').length;
    },
    finish: () => {
      traffic.finish(events);
    },
  };
}

function eventsPerLife(): number {
  const traffic = bagTraffic(keepMs);
  let bags = 0;
  while (bags < 10_000) {
    const inputs = traffic.arrive();
    traffic.finish(inputs.flatMap((input) => traffic.desk.feed(input)));
    bags += inputs.length;
  }
  return traffic.desk.state.sequence / bags;
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
