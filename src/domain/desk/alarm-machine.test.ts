import { describe, expect, test } from 'vitest';
import { closing, deskBench, gamma, only } from '../../../tests/support/desk-bench.ts';
import type { AlarmState } from '../alarm.ts';
import type { Command } from '../command.ts';

/** Brings a gamma alarm into each state that issue 2's verbs can reach. */
const ways: Readonly<Record<string, { readonly state: AlarmState; readonly verbs: readonly string[] }>> = {
  unacknowledged: { state: 'unacknowledged', verbs: [] },
  acknowledged: { state: 'acknowledged', verbs: ['acknowledge'] },
  returned: { state: 'returned', verbs: ['clear'] },
  'returned, then acknowledged (latched)': { state: 'acknowledged', verbs: ['clear', 'acknowledge'] },
  'acknowledged, then returned (latched)': { state: 'acknowledged', verbs: ['acknowledge', 'clear'] },
  'disposed while active': { state: 'acknowledged', verbs: ['dispose'] },
  'disposed, then returned': { state: 'normal', verbs: ['dispose', 'clear'] },
  'returned, then disposed': { state: 'normal', verbs: ['clear', 'dispose'] },
};

function alarmAfter(verbs: readonly string[]) {
  const bench = deskBench();
  bench.see('vehicle', 'rpm', { type: 'occupancy-opened', complete: true, observedAtMs: bench.nowMs() });
  bench.see('vehicle', 'rpm', gamma(bench.nowMs(), 1));
  const { id } = only(bench.alarms());
  for (const verb of verbs) {
    if (verb === 'clear') bench.see('vehicle', 'rpm', closing(bench.nowMs()));
    else bench.tell(commandFor(verb, id));
  }
  return { bench, alarm: only(bench.alarms()) };
}

function commandFor(verb: string, alarmId: string): Command {
  if (verb === 'acknowledge') return { type: 'acknowledge', alarmId, note: 'seen' };
  if (verb === 'dispose') return { type: 'dispose', alarmId, class: 'innocent', code: 'norm', note: 'fertiliser' };
  return { type: 'comment', alarmId, text: 'look' };
}

describe('every state is reached by its way', () => {
  test.each(Object.entries(ways))('%s', (_name, { state, verbs }) => {
    expect(alarmAfter(verbs).alarm.state).toBe(state);
  });
});

const allowed: Readonly<Record<string, readonly string[]>> = {
  unacknowledged: ['acknowledge', 'dispose', 'comment'],
  acknowledged: ['dispose', 'comment'],
  returned: ['acknowledge', 'dispose', 'comment'],
  'returned, then acknowledged (latched)': ['dispose', 'comment'],
  'acknowledged, then returned (latched)': ['dispose', 'comment'],
  'disposed while active': ['comment'],
  'disposed, then returned': ['comment'],
  'returned, then disposed': ['comment'],
};

describe('every verb in every state', () => {
  const table = Object.entries(ways).flatMap(([name, { verbs }]) =>
    ['acknowledge', 'dispose', 'comment'].map((verb) => ({
      name,
      verb,
      verbs,
      may: allowed[name]?.includes(verb) ?? false,
    })),
  );
  test.each(table)('$verb when $name: $may', ({ verb, verbs, may }) => {
    const { bench, alarm } = alarmAfter(verbs);
    if (may) {
      bench.tell(commandFor(verb, alarm.id));
      const after = bench.events.at(-1)?.data;
      expect(after).toMatchObject({ id: alarm.id, version: alarm.version + 1 });
    } else {
      const refusal = bench.refusal(commandFor(verb, alarm.id));
      expect(refusal).toMatchObject({ code: 'forbidden-transition', extra: { state: alarm.state, verb } });
      expect(refusal.detail).toContain(alarm.state);
    }
  });
});

describe('commands are refused with what to mend', () => {
  test('a stale version', () => {
    const { bench, alarm } = alarmAfter([]);
    expect(bench.refusal({ type: 'acknowledge', alarmId: alarm.id, ifVersion: alarm.version + 1 }).code).toBe(
      'stale-version',
    );
    expect(only(bench.alarms()).version).toBe(alarm.version);
  });

  test('an unknown alarm', () => {
    expect(deskBench().refusal({ type: 'acknowledge', alarmId: 'nobody' }).code).toBe('not-found');
  });

  test('a code of another class, with the allowed list', () => {
    const { bench, alarm } = alarmAfter([]);
    const refusal = bench.refusal({ type: 'dispose', alarmId: alarm.id, class: 'real', code: 'norm' });
    expect(refusal.code).toBe('unknown-code');
    expect(refusal.extra?.allowed).toContain('contraband');
  });
});

test('whoever disposes of an unseen alarm has acknowledged it', () => {
  const { alarm } = alarmAfter(['dispose']);
  expect(alarm.acknowledged?.by).toBe('anna');
  expect(alarm.disposition).toMatchObject({ class: 'innocent', code: 'norm', by: 'anna', note: 'fertiliser' });
});

test('a sample after the return re-alarms: acknowledgement is asked for again', () => {
  const { bench, alarm } = alarmAfter(['acknowledge']);
  bench.see('vehicle', 'rpm', gamma(bench.nowMs(), 1, false));
  expect(only(bench.alarms())).toMatchObject({ id: alarm.id, state: 'acknowledged', active: false });
  bench.atS += 0.2;
  bench.see('vehicle', 'rpm', gamma(bench.nowMs(), 2));
  const again = only(bench.alarms());
  expect(again).toMatchObject({
    id: alarm.id,
    state: 'unacknowledged',
    active: true,
    acknowledged: null,
    clearedAt: null,
  });
});
