import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deskBench, keepMs } from '../../../tests/support/desk-bench.ts';
import { hasty, play, steps } from '../../../tests/support/desk-game.ts';
import { follow, joinedSince, placeOf } from './place.ts';
import { countAlarm, countCondition, countRecent, type Source, sourceOf } from './raises.ts';
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
      for (const alarm of state.alarms.values()) countAlarm(anew, alarm, true);
      for (const { conditions, past } of state.devices.values()) {
        for (const fact of [...conditions.values(), ...past.values()]) countCondition(anew, fact, true);
      }
      expect(state.waiting).toEqual(anew.waiting);
      expect(sorted(state.raises)).toEqual(sorted(anew.raises));
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

function sorted(raises: ReadonlyMap<string, readonly Source[]>): readonly unknown[] {
  const sources = [...raises].flatMap(([laneId, ofLane]) => ofLane.map((source) => ({ laneId, ...source })));
  return sources.sort((a, b) => (`${a.deviceId} ${a.what}` < `${b.deviceId} ${b.what}` ? -1 : 1));
}

test('what was raised of late is counted as it was raised, also with a clock that is set back', () => {
  const raise = fc.record({ atS: fc.nat(300), gone: fc.boolean() });
  fc.assert(
    fc.property(fc.array(raise), fc.nat(300), fc.nat(120), fc.nat(20), (raised, nowS, withinS, enough) => {
      const state = emptyState(keepMs);
      const device = { deviceId: 'rpm', laneId: 'lane', severity: 'error', text: '', observedAt: '' } as const;
      const fact = (atS: number) => ({ ...device, code: 'fan', raises: [new Date(atS * 1000).toISOString()] });
      for (const { atS } of raised) countCondition(state, fact(atS), true);
      for (const { atS, gone } of raised) if (gone) countCondition(state, fact(atS), false);
      const within = raised.filter(({ gone, atS }) => !gone && atS <= nowS && atS >= nowS - withinS);
      const source = sourceOf(state, 'lane', 'rpm', 'condition:fan');
      expect(countRecent(source, withinS, nowS * 1000, enough)).toBe(Math.min(enough, within.length));
      if (raised.every(({ gone }) => gone)) expect(state.raises.size).toBe(0);
    }),
  );
});
