import { expect, it } from 'vitest';
import { anAlarm, aPassage } from '../testing/fixtures.ts';
import { laneView } from './lane-view.ts';
import { sparklineShape } from './sparkline-shape.ts';

const lane = { id: 'lane-1', name: 'Truck import 1', kind: 'vehicle' } as const;
const byId = <T extends { id: string }>(...items: T[]) => new Map(items.map((item) => [item.id, item]));

it('shows the lane’s worst real detection; equipment and other lanes have their own place', () => {
  const alarms = byId(
    anAlarm({ id: 'exercise', priority: 'critical', mode: 'exercise' }),
    anAlarm({ id: 'condition', priority: 'critical', signal: 'condition' }),
    anAlarm({ id: 'elsewhere', priority: 'critical', laneId: 'lane-2' }),
    anAlarm({ id: 'closed', priority: 'critical', state: 'normal' }),
    anAlarm({ id: 'worst', priority: 'high' }),
    anAlarm({ id: 'lesser', priority: 'low' }),
  );
  expect(laneView(lane, new Map(), new Map(), alarms).worst?.id).toBe('worst');
});

it('knows who is in the lane and who was last', () => {
  const passages = byId(
    aPassage({ id: 'now', openedAt: '2026-08-04T01:00:10Z' }),
    aPassage({ id: 'last', openedAt: '2026-08-04T01:00:05Z', closedAt: '2026-08-04T01:00:09Z' }),
    aPassage({ id: 'before', openedAt: '2026-08-04T01:00:00Z', closedAt: '2026-08-04T01:00:04Z' }),
  );
  const view = laneView(lane, new Map(), passages, new Map());
  expect([view.now?.id, view.last?.id]).toEqual(['now', 'last']);
});

it('draws readings by time, both levels inside the box, alarming stretches apart, nothing over a pause', () => {
  const point = (s: number, value: number, quality: 'good' | 'alarm') => ({
    deviceId: 'd',
    laneId: 'l',
    quantity: 'gamma',
    unit: 'cps',
    at: new Date(s * 1000).toISOString(),
    value,
    quality,
  });
  const shape = sparklineShape(
    [
      point(-1, 900, 'good'),
      point(0, 100, 'good'),
      point(5, 300, 'alarm'),
      point(10, 310, 'alarm'),
      point(20, 100, 'good'),
    ],
    { background: 100, threshold: 400 },
    { width: 100, height: 50, endMs: 20_000, spanMs: 20_000 },
  );
  expect(shape).toEqual({
    line: 'M0 46L25 18L50 16.6M100 46',
    alarm: 'M25 18L50 16.6',
    background: 46,
    threshold: 4,
  });
  expect(
    sparklineShape([], { background: null, threshold: null }, { width: 1, height: 1, endMs: 1, spanMs: 1 }).line,
  ).toBe('');
});
