import { describe, expect, test } from 'vitest';
import { deskBench, gamma, only } from '../../../tests/support/desk-bench.ts';
import type { Alarm, AlarmState } from '../alarm.ts';
import type { Command } from '../command.ts';

type Bench = ReturnType<typeof deskBench>;
type Verb = 'acknowledge' | 'dispose' | 'shelve' | 'unshelve' | 'reopen';
type Step = Verb | 'clear' | 'again' | 'suppress' | 'retire' | 'restore';

/** The two machines: a detection is latched, a condition follows the plain one. */
const kinds = {
  detection: {
    raise: (bench: Bench) => {
      bench.see('vehicle', 'rpm', { type: 'occupancy-opened', complete: true, observedAtMs: bench.nowMs() });
      bench.see('vehicle', 'rpm', gamma(bench.nowMs(), 1));
    },
    clear: (bench: Bench) => bench.see('vehicle', 'rpm', gamma(bench.nowMs(), 1, false)),
    again: (bench: Bench) => bench.see('vehicle', 'rpm', gamma(bench.nowMs(), 2)),
  },
  condition: {
    raise: (bench: Bench) => bench.see('vehicle', 'rpm', powerFail(bench, true)),
    clear: (bench: Bench) => bench.see('vehicle', 'rpm', powerFail(bench, false)),
    again: (bench: Bench) => bench.see('vehicle', 'rpm', powerFail(bench, true)),
  },
} as const;
type Kind = keyof typeof kinds;

function powerFail(bench: Bench, active: boolean) {
  const observedAtMs = bench.nowMs();
  return { type: 'condition', code: 'power-fail', severity: 'error', text: 'mains', active, observedAtMs } as const;
}

const ofDevice = { type: 'set-service', scope: 'device', id: 'rpm' } as const;

function commandFor(verb: string, alarmId: string, bench: Bench): Command {
  switch (verb) {
    case 'acknowledge':
      return { type: 'acknowledge', alarmId, note: 'seen' };
    case 'dispose':
      return { type: 'dispose', alarmId, class: 'innocent', code: 'norm', note: 'fertiliser' };
    case 'shelve':
      return { type: 'shelve', alarmId, reason: 'known', until: new Date(bench.nowMs() + 600_000).toISOString() };
    case 'unshelve':
      return { type: 'unshelve', alarmId };
    case 'reopen':
      return { type: 'reopen', alarmId, note: 'new facts' };
    case 'suppress':
      return { ...ofDevice, service: 'suppressed', reason: 'lane closed' };
    case 'retire':
      return { ...ofDevice, service: 'out-of-service', reason: 'being mended' };
    case 'restore':
      return { ...ofDevice, service: 'in-service' };
    default:
      return { type: 'comment', alarmId, text: 'look' };
  }
}

/** The alarm after these steps, as its last event left it. */
function alarmAfter(kind: Kind, steps: readonly Step[]): { bench: Bench; alarm: Alarm } {
  const bench = deskBench();
  kinds[kind].raise(bench);
  const { id } = only(bench.alarms());
  for (const step of steps) {
    bench.atS += 1;
    if (step === 'clear' || step === 'again') kinds[kind][step](bench);
    else {
      lend(bench, id);
      bench.tell(commandFor(step, id, bench));
    }
  }
  return { bench, alarm: lastOf(bench, id) };
}

/** An alarm that has left the live state is lent by the records (runtime/desk.ts). */
function lend(bench: Bench, id: string): void {
  if (!bench.state.alarms.has(id)) bench.state.alarms.set(id, lastOf(bench, id));
}

function lastOf(bench: Bench, id: string): Alarm {
  const event = bench.events.findLast(({ subject }) => subject === `alarms/${id}`);
  return event?.data as Alarm;
}

const B = ['acknowledge', 'dispose', 'shelve', 'comment'];
const C = ['dispose', 'shelve', 'comment'];
const E = ['unshelve', 'comment'];

/** Every state by every way to it, and what a person may do there; everything else is forbidden. */
const table: readonly [Kind, readonly Step[], AlarmState, readonly string[]][] = [
  ['detection', [], 'unacknowledged', B],
  ['detection', ['acknowledge'], 'acknowledged', C],
  ['detection', ['clear'], 'returned', B],
  ['detection', ['clear', 'acknowledge'], 'acknowledged', C],
  ['detection', ['acknowledge', 'clear'], 'acknowledged', C],
  ['detection', ['clear', 'again'], 'unacknowledged', B],
  ['detection', ['acknowledge', 'clear', 'again'], 'unacknowledged', B],
  ['detection', ['dispose'], 'acknowledged', ['reopen', 'comment']],
  ['detection', ['dispose', 'clear'], 'normal', ['reopen', 'comment']],
  ['detection', ['clear', 'dispose'], 'normal', ['reopen', 'comment']],
  ['detection', ['dispose', 'clear', 'again'], 'unacknowledged', ['acknowledge', 'reopen', 'comment']],
  ['detection', ['dispose', 'reopen'], 'unacknowledged', B],
  ['detection', ['clear', 'dispose', 'reopen'], 'returned', B],
  ['detection', ['shelve'], 'shelved', E],
  ['detection', ['acknowledge', 'shelve'], 'shelved', E],
  ['detection', ['shelve', 'clear'], 'shelved', E],
  ['detection', ['shelve', 'clear', 'again'], 'shelved', E],
  ['detection', ['shelve', 'unshelve'], 'unacknowledged', B],
  ['detection', ['acknowledge', 'shelve', 'unshelve'], 'unacknowledged', B],
  ['detection', ['shelve', 'clear', 'unshelve'], 'returned', B],
  ['detection', ['acknowledge', 'shelve', 'clear', 'unshelve'], 'acknowledged', C],
  ['detection', ['suppress'], 'suppressed', ['comment']],
  ['detection', ['acknowledge', 'suppress'], 'suppressed', ['comment']],
  ['detection', ['shelve', 'suppress'], 'suppressed', ['comment']],
  ['detection', ['dispose', 'suppress'], 'suppressed', ['reopen', 'comment']],
  ['detection', ['retire'], 'out-of-service', ['comment']],
  ['detection', ['suppress', 'retire'], 'out-of-service', ['comment']],
  ['detection', ['retire', 'suppress'], 'suppressed', ['comment']],
  ['detection', ['retire', 'clear'], 'out-of-service', ['comment']],
  ['detection', ['retire', 'clear', 'restore'], 'returned', B],
  ['detection', ['acknowledge', 'retire', 'restore'], 'unacknowledged', B],
  ['detection', ['acknowledge', 'retire', 'clear', 'restore'], 'acknowledged', C],
  ['detection', ['dispose', 'retire', 'restore'], 'acknowledged', ['reopen', 'comment']],
  ['detection', ['dispose', 'retire', 'clear', 'restore'], 'normal', ['reopen', 'comment']],
  ['detection', ['shelve', 'retire', 'restore'], 'shelved', E],
  ['condition', [], 'unacknowledged', B],
  ['condition', ['acknowledge'], 'acknowledged', C],
  ['condition', ['clear'], 'returned', B],
  ['condition', ['clear', 'acknowledge'], 'normal', ['shelve', 'comment']],
  ['condition', ['acknowledge', 'clear'], 'normal', ['shelve', 'comment']],
  ['condition', ['clear', 'again'], 'unacknowledged', B],
  ['condition', ['dispose'], 'acknowledged', ['shelve', 'reopen', 'comment']],
  ['condition', ['dispose', 'clear'], 'normal', ['shelve', 'reopen', 'comment']],
  ['condition', ['dispose', 'clear', 'reopen'], 'returned', B],
  ['condition', ['shelve'], 'shelved', E],
  ['condition', ['dispose', 'shelve'], 'shelved', ['unshelve', 'reopen', 'comment']],
  ['condition', ['shelve', 'clear', 'again'], 'shelved', E],
  ['condition', ['shelve', 'clear', 'unshelve'], 'returned', B],
  ['condition', ['acknowledge', 'shelve', 'clear', 'unshelve'], 'normal', ['shelve', 'comment']],
  ['condition', ['clear', 'acknowledge', 'shelve', 'again', 'unshelve'], 'unacknowledged', B],
  ['condition', ['suppress'], 'suppressed', ['comment']],
  ['condition', ['suppress', 'clear', 'again'], 'suppressed', ['comment']],
  ['condition', ['suppress', 'restore'], 'unacknowledged', B],
  ['condition', ['suppress', 'clear', 'restore'], 'returned', B],
  ['condition', ['acknowledge', 'retire', 'clear', 'restore'], 'normal', ['shelve', 'comment']],
  ['condition', ['acknowledge', 'retire', 'clear', 'again', 'restore'], 'unacknowledged', B],
];
const verbs = ['acknowledge', 'comment', 'dispose', 'shelve', 'unshelve', 'reopen'];
const rows = table.map(([kind, steps, state, may]) => ({ kind, steps, state, may, way: steps.join(', ') || 'raised' }));

describe('every state is reached by its way', () => {
  test.each(rows)('$kind: $way → $state', ({ kind, steps, state }) => {
    expect(alarmAfter(kind, steps).alarm.state).toBe(state);
  });
});

describe('every verb in every state', () => {
  const moves = rows.flatMap((row) => verbs.map((verb) => ({ ...row, verb, allowed: row.may.includes(verb) })));
  test.each(moves)('$kind, $way: $verb $allowed', ({ kind, steps, verb, allowed }) => {
    const { bench, alarm } = alarmAfter(kind, steps);
    lend(bench, alarm.id);
    const command = commandFor(verb, alarm.id, bench);
    if (allowed) {
      bench.tell(command);
      expect(lastOf(bench, alarm.id).version).toBe(alarm.version + 1);
    } else {
      const refusal = bench.refusal(command);
      expect(refusal).toMatchObject({ code: 'forbidden-transition', extra: { state: alarm.state, verb } });
      expect(refusal.detail).toContain(alarm.state);
    }
  });
});

describe('commands are refused with what to mend', () => {
  test('a stale version', () => {
    const { bench, alarm } = alarmAfter('detection', []);
    expect(bench.refusal({ type: 'acknowledge', alarmId: alarm.id, ifVersion: alarm.version + 1 }).code).toBe(
      'stale-version',
    );
    expect(only(bench.alarms()).version).toBe(alarm.version);
  });

  test('an unknown alarm', () => {
    expect(deskBench().refusal({ type: 'acknowledge', alarmId: 'nobody' }).code).toBe('not-found');
  });

  test('a code of another class, with the allowed list', () => {
    const { bench, alarm } = alarmAfter('detection', []);
    const refusal = bench.refusal({ type: 'dispose', alarmId: alarm.id, class: 'real', code: 'norm' });
    expect(refusal.code).toBe('unknown-code');
    expect(refusal.extra?.allowed).toContain('contraband');
  });
});

test('whoever disposes of an unseen alarm has acknowledged it', () => {
  const { alarm } = alarmAfter('detection', ['dispose']);
  expect(alarm.acknowledged?.by).toBe('anna');
  expect(alarm.disposition).toMatchObject({ class: 'innocent', code: 'norm', by: 'anna', note: 'fertiliser' });
});

test('a reopened alarm has no verdict, nobody has answered it, and it says who reopened it', () => {
  const { bench, alarm } = alarmAfter('detection', ['clear', 'dispose', 'reopen']);
  expect(alarm).toMatchObject({
    disposition: null,
    acknowledged: null,
    reopened: { by: 'anna', note: 'new facts', at: new Date(bench.nowMs()).toISOString() },
  });
});

test('a sample after the return re-alarms: acknowledgement is asked for again', () => {
  const { alarm } = alarmAfter('detection', ['acknowledge', 'clear', 'again']);
  expect(alarm).toMatchObject({ active: true, acknowledged: null, clearedAt: null, count: 2 });
});

test('a condition that is reopened does not take the place of the one that has come since', () => {
  const { bench, alarm } = alarmAfter('condition', ['dispose', 'clear']);
  kinds.condition.again(bench);
  const newer = only(bench.alarms());
  expect(newer.id).not.toBe(alarm.id);
  lend(bench, alarm.id);
  bench.tell({ type: 'reopen', alarmId: alarm.id });
  kinds.condition.clear(bench);
  expect(bench.alarms().map(({ id, state }) => [id, state])).toEqual([
    [newer.id, 'returned'],
    [alarm.id, 'returned'],
  ]);
});
