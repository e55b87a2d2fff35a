import { expect, it } from 'vitest';
import { anAlarm } from '../testing/fixtures.ts';
import { filterAddress, passes, readFilter, toggled } from './filter.ts';

it('goes into the address and comes back the same', () => {
  const filter = { priority: ['critical', 'high'], state: [], lane: ['lane 1/ä'] };
  expect(filterAddress(filter)).toBe('/?priority=critical,high&lane=lane%201%2F%C3%A4');
  expect(readFilter(filterAddress(filter))).toEqual(filter);
  expect(readFilter('/')).toEqual({ priority: [], state: [], lane: [] });
  expect(filterAddress(readFilter('/'))).toBe('/');
});

it('switches a value on and off', () => {
  const on = toggled(readFilter('/'), 'lane', 'lane-1');
  expect(on.lane).toEqual(['lane-1']);
  expect(toggled(on, 'lane', 'lane-1').lane).toEqual([]);
});

it('lets through what fits every field that is narrowed', () => {
  const filter = readFilter('/?priority=high,low&lane=lane-1');
  expect(passes(anAlarm(), filter)).toBe(true);
  expect(passes(anAlarm({ priority: 'critical' }), filter)).toBe(false);
  expect(passes(anAlarm({ laneId: 'lane-2' }), filter)).toBe(false);
});
