import { afterAll, beforeAll, expect, it } from 'vitest';
import { Figures } from '../../src/domain/figures/figures.ts';
import { type HttpBench, startHttpBench } from './http-bench.ts';
import { problemOf } from './problem-of.ts';

let bench: HttpBench;
beforeAll(async () => {
  bench = await startHttpBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

const figures = async (query = '') => {
  const answer = await bench.call(`/api/v1/figures${query}`);
  expect(answer.status).toBe(200);
  return Figures.parse(await answer.json());
};

it('says how the last day was and how it is now, as soon as an answer is given', async () => {
  const alarm = await bench.raise('rpm-1');
  expect((await figures()).alarms.timeToAcknowledge).toMatchObject({ samples: 0, medianS: null, unanswered: 1 });
  await bench.call(`/api/v1/alarms/${alarm.id}/acknowledge`, { method: 'POST', json: {} });
  const { from, to, alarms, devices, live, targets } = await figures();
  expect(Date.parse(to) - Date.parse(from)).toBe(86_400_000);
  expect(alarms).toMatchObject({ total: 1, lanes: [{ laneId: 'lane-1', alarms: 1 }] });
  expect(alarms.timeToAcknowledge).toMatchObject({ samples: 1, unanswered: 0 });
  expect(devices).toMatchObject([{ deviceId: 'rpm-1', alarms: 1, falseShare: null }]);
  expect(live).toMatchObject({
    positions: [{ position: 'site', alarms: 1, flood: null }],
    lanes: [
      { laneId: 'lane-1', alarms: 1 },
      { laneId: 'lane-2', alarms: 0 },
    ],
  });
  expect(targets).toMatchObject({ alarmsPer10Min: { acceptable: 1 }, flood: { beginsAbove: 10, share: 0.01 } });
});

it('tells a flood while it lasts, and what chatters', async () => {
  for (let number = 0; number < 12; number += 1) await bench.raise(`flood-${number}`);
  const { live, alarms } = await figures();
  expect(live.positions).toMatchObject([{ position: 'site', flood: { since: expect.any(String) } }]);
  expect(alarms.positions[0]?.floodShare).toBeGreaterThan(0);
  expect(live.positions[0]?.alarms).toBe(alarms.positions[0]?.alarms);
});

it('looks at the period that is asked for, its end left out', async () => {
  const before = '?from=2020-01-01T00:00:00Z&to=2020-01-02T01:00:00%2B01:00';
  expect(await figures(before)).toMatchObject({
    ...{ from: '2020-01-01T00:00:00.000Z', to: '2020-01-02T00:00:00.000Z', devices: [] },
    alarms: { total: 0, positions: [], timeToAcknowledge: { samples: 0, medianS: null, p90S: null } },
    examinations: { onTimeShare: null, hitRate: null },
  });
});

it.each(['?from=2020-01-02T00:00:00Z&to=2020-01-02T00:00:00Z', '?from=tomorrow', '?window=10m'])(
  'refuses %s',
  async (query) => {
    expect(await problemOf(await bench.call(`/api/v1/figures${query}`))).toMatchObject({ code: 'invalid-request' });
  },
);
