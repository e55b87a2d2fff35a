import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deskBench, keepMs } from '../../../tests/support/desk-bench.ts';
import { hasty, play, steps } from '../../../tests/support/desk-game.ts';
import { restartedState } from '../../../tests/support/restarted-desk.ts';
import { stateOf } from './alarm-machine.ts';
import { apply } from './apply.ts';
import { emptyState } from './state.ts';

test('a desk rebuilt from its journal, at any event, is the desk that never stopped', () => {
  fc.assert(
    fc.property(steps, fc.nat(), (taken, cut) => {
      const bench = deskBench({ alarms: hasty });
      for (const step of taken) play(bench, step);
      const rebuilt = emptyState(keepMs);
      // Through JSON, as the journal keeps it, and in two lives.
      const events = bench.events.map((event) => JSON.parse(JSON.stringify(event)) as typeof event);
      for (const event of events.slice(0, cut % (events.length + 1))) apply(rebuilt, event);
      for (const event of events.slice(cut % (events.length + 1))) apply(rebuilt, event);
      expect(rebuilt).toEqual(bench.state);
    }),
    { numRuns: 150 },
  );
});

test('a desk started from a snapshot of any moment is the desk that never stopped', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.nat(), async (taken, cut) => {
      const bench = deskBench({ alarms: hasty });
      for (const step of taken) play(bench, step);
      const snapshotAfter = cut % (bench.events.length + 1);
      expect(await restartedState(bench.events, snapshotAfter, keepMs)).toEqual(bench.state);
    }),
    { numRuns: 60 },
  );
});

test('nothing that was recorded is changed by what comes after it', () => {
  fc.assert(
    fc.property(steps, (taken) => {
      const bench = deskBench({ alarms: hasty });
      for (const step of taken) {
        const before = bench.events.length;
        play(bench, step);
        for (const { data } of bench.events.slice(before)) freeze(data);
      }
    }),
    { numRuns: 150 },
  );
});

/** A change of it is an error from now on. */
function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const part of Object.values(value)) freeze(part);
}

test('every resource counts its versions without a gap, and every alarm’s state follows from its facts', () => {
  fc.assert(
    fc.property(steps, (taken) => {
      const bench = deskBench({ alarms: hasty });
      for (const step of taken) play(bench, step);
      const versions = new Map<string, number>();
      for (const { subject, data, type } of bench.events) {
        if (!('version' in data) || data.version === null) continue;
        expect(data.version, `${type} of ${subject}`).toBeGreaterThan(versions.get(subject) ?? 0);
        versions.set(subject, data.version);
      }
      for (const alarm of bench.alarms()) {
        expect(alarm.state).toBe(stateOf(alarm));
        if (alarm.active) expect(['returned', 'normal']).not.toContain(alarm.state);
        if (alarm.latched && alarm.disposition === null) expect(alarm.state).not.toBe('normal');
      }
    }),
    { numRuns: 150 },
  );
});
