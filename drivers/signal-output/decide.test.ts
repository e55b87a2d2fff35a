import { describe, expect, it, test } from 'vitest';
import type { Standing } from '../../src/ports/lane-board.ts';
import { atRest, decide } from './decide.ts';
import { OutputSignal } from './options.ts';

const quiet: Standing = { alarms: [], occupied: false, blind: false };
const alarm = { priority: 'high', state: 'unacknowledged', signal: 'gamma', mode: 'operational' } as const;
const lamp = (change: object = {}) =>
  OutputSignal.parse({ name: 'red', write: { table: 'coils', address: 0 }, ...change });
const standing = (change: Partial<typeof alarm> | object, more: Partial<Standing> = {}): Standing => ({
  ...quiet,
  alarms: [{ ...alarm, ...change }],
  ...more,
});

describe('which alarms light it', () => {
  it.each<[string, object, Standing, boolean]>([
    ['none', {}, quiet, false],
    ['any, by default', {}, standing({}), true],
    ['not one on the shelf', {}, standing({ state: 'shelved' }), false],
    ['not training', {}, standing({ mode: 'training' }), false],
    ['an exercise, which has real lights', {}, standing({ mode: 'exercise' }), true],
    ['only its priorities', { when: { priorities: ['critical'] } }, standing({}), false],
    ['one of its priorities', { when: { priorities: ['critical', 'high'] } }, standing({}), true],
    ['only its states', { when: { states: ['unacknowledged'] } }, standing({ state: 'acknowledged' }), false],
    ['only its signals', { when: { signals: ['neutron'] } }, standing({}), false],
    ['nobody watches: safe is on', {}, { ...quiet, blind: true }, true],
    ['nobody watches: safe is off', { failSafe: 'off' }, { ...quiet, blind: true }, false],
    ['an alarm all the same', { failSafe: 'off' }, standing({}, { blind: true }), true],
  ])('%s', (_, change, given, on) => {
    expect(decide(lamp(change), given, atRest, 0).on).toBe(on);
  });
});

test('it stays on for its minimum time, then goes off', () => {
  const signal = lamp({ minOnS: 5 });
  const lit = decide(signal, standing({}), atRest, 1_000);
  expect(lit).toEqual({ on: true, onSinceMs: 1_000 });
  expect(decide(signal, quiet, lit, 5_999)).toEqual(lit);
  expect(decide(signal, quiet, lit, 6_000)).toEqual(atRest);
});

test('the time counts from when it came on, not from each look', () => {
  const signal = lamp({ minOnS: 5 });
  const lit = decide(signal, standing({}), decide(signal, standing({}), atRest, 0), 4_000);
  expect(decide(signal, quiet, lit, 5_000)).toEqual(atRest);
});

test('it holds while somebody is in the portal, but nobody there switches it on', () => {
  const signal = lamp({ holdWhileOccupied: true });
  const occupied = { ...quiet, occupied: true };
  expect(decide(signal, occupied, atRest, 0)).toEqual(atRest);
  const lit = decide(signal, standing({}, { occupied: true }), atRest, 0);
  expect(decide(signal, occupied, lit, 60_000)).toEqual(lit);
  expect(decide(signal, quiet, lit, 60_001)).toEqual(atRest);
});

test('a clock that was set back does not hold it for ever', () => {
  const lit = { on: true, onSinceMs: 1_000_000 };
  expect(decide(lamp({ minOnS: 5 }), quiet, lit, 1_000)).toEqual(atRest);
});

test.each([
  [{ name: 'red' }],
  [{ name: 'red', write: { table: 'coils', address: 0 }, publish: { topic: 'a' } }],
  [{ name: 'Red!', write: { table: 'coils', address: 0 } }],
  [{ name: 'red', write: { table: 'discrete', address: 0 } }],
])('%j is no signal', (given) => {
  expect(OutputSignal.safeParse(given).success).toBe(false);
});
