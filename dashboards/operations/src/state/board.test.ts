import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Alarm } from '../contract/resources.ts';
import { anAlarm } from '../testing/fixtures.ts';
import { boardOrder, needsAcknowledgement, priorities, priorityRank, unacknowledgedCounts } from './board.ts';

const alarm = fc
  .record({
    id: fc.uuid(),
    priority: fc.constantFrom(...priorities),
    state: fc.constantFrom('unacknowledged', 'returned', 'acknowledged', 'shelved', 'normal'),
    raisedAt: fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  })
  .map((change) => anAlarm(change as Partial<Alarm>));

const boards = fc
  .uniqueArray(alarm, { selector: ({ id }) => id })
  .map((alarms) => new Map(alarms.map((a) => [a.id, a])));

it('shows every open alarm once: unacknowledged first, then by priority, then the newest', () => {
  fc.assert(
    fc.property(boards, (alarms) => {
      const rows = boardOrder(alarms);
      const open = [...alarms.values()].filter((candidate) => candidate.state !== 'normal');
      expect(new Set(rows)).toEqual(new Set(open));
      for (const [index, row] of rows.entries()) {
        const next = rows[index + 1];
        if (next === undefined) break;
        const keys = (a: Alarm) => [needsAcknowledgement(a) ? 0 : 1, priorityRank(a.priority)] as const;
        const [[waitA, rankA], [waitB, rankB]] = [keys(row), keys(next)];
        expect(waitA).toBeLessThanOrEqual(waitB);
        if (waitA === waitB) expect(rankA).toBeLessThanOrEqual(rankB);
        if (waitA === waitB && rankA === rankB) expect(row.raisedAt >= next.raisedAt).toBe(true);
      }
    }),
  );
});

it('counts what waits for an answer, by priority', () => {
  const alarms = [
    anAlarm({ id: '1', state: 'unacknowledged', priority: 'critical' }),
    anAlarm({ id: '2', state: 'returned', priority: 'critical' }),
    anAlarm({ id: '3', state: 'acknowledged', priority: 'critical' }),
    anAlarm({ id: '4', state: 'unacknowledged', priority: 'low' }),
  ];
  expect(unacknowledgedCounts(new Map(alarms.map((one) => [one.id, one])))).toEqual({
    critical: 2,
    high: 0,
    medium: 0,
    low: 1,
  });
});
