import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deskBench, keepMs } from '../../../tests/support/desk-bench.ts';
import { hasty, play, steps } from '../../../tests/support/desk-game.ts';
import { follow, joinedSince, placeOf } from './place.ts';
import { countCondition, countRecent } from './raises.ts';
import { emptyState } from './state.ts';
import { wait } from './waiting.ts';

test('what waits, what is open and where it stands follow from the alarms and passages alone', () => {
  fc.assert(
    fc.property(steps, (taken) => {
      const bench = deskBench({ alarms: hasty });
      for (const step of taken) play(bench, step);
      const { state } = bench;
      const anew = emptyState(keepMs);
      for (const alarm of state.alarms.values()) wait(anew, undefined, alarm);
      expect(state.waiting).toEqual(anew.waiting);
      for (const passage of state.passages.values()) {
        const place = state.places.get(passage.id);
        const whole = placeOf(passage, place?.opened ?? 0);
        follow(whole, passage, joinedSince(passage, undefined));
        expect(place).toEqual({ ...whole, activityMs: place?.activityMs });
        expect(state.openPlaces.has(place ?? whole)).toBe(passage.closedAt === null);
      }
      expect(state.places.size).toBe(state.passages.size);
    }),
    { numRuns: 100 },
  );
});

test('what was raised of late is counted as it was raised, also with a clock that is set back', () => {
  const raise = fc.record({ device: fc.constantFrom('a', 'b'), atS: fc.nat(300), gone: fc.boolean() });
  fc.assert(
    fc.property(fc.array(raise), fc.nat(300), fc.nat(120), fc.nat(20), (raised, nowS, withinS, enough) => {
      const state = emptyState(keepMs);
      const fact = ({ device, atS }: (typeof raised)[number], index: number) => ({
        deviceId: device,
        laneId: 'lane',
        code: `c${index}`,
        severity: 'error' as const,
        text: '',
        observedAt: '',
        raises: [new Date(atS * 1000).toISOString()],
      });
      for (const [index, one] of raised.entries()) countCondition(state, fact(one, index), true);
      for (const [index, one] of raised.entries()) if (one.gone) countCondition(state, fact(one, index), false);
      const within = raised.filter(({ gone, atS }) => !gone && atS <= nowS && atS >= nowS - withinS);
      const counted = (device?: string) =>
        countRecent(state.raises.lanes.get('lane'), withinS, nowS * 1000, enough, ({ deviceId }) =>
          device === undefined ? true : deviceId === device,
        );
      expect(counted()).toBe(Math.min(enough, within.length));
      expect(counted('a')).toBe(Math.min(enough, within.filter(({ device }) => device === 'a').length));
      if (raised.every(({ gone }) => gone)) expect(state.raises).toEqual({ lanes: new Map(), sources: new Map() });
    }),
  );
});
