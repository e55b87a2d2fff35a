import { describe, expect, test } from 'vitest';
import { type BenchPolicy, deskBench, only, typesOf } from '../../../tests/support/desk-bench.ts';
import type { Severity } from '../words.ts';

type Bench = ReturnType<typeof deskBench>;

function tell(bench: Bench, severity: Severity, text = 'temperature', active = true) {
  const observedAtMs = bench.nowMs();
  return typesOf(bench.see('vehicle', 'rpm', { type: 'condition', code: 'hot', severity, text, active, observedAtMs }));
}
const alarm = (bench: Bench) => only(bench.alarms());
const fact = (bench: Bench) => bench.state.devices.get('rpm')?.conditions.get('hot');

/** A warning that has been acknowledged, a minute after it came. */
function acknowledged(alarms: BenchPolicy['alarms'] = {}) {
  const bench = deskBench({ alarms });
  tell(bench, 'warning');
  bench.tell({ type: 'acknowledge', alarmId: alarm(bench).id });
  bench.atS = 60;
  return bench;
}

describe('the severity of a present condition', () => {
  test('that rises changes the fact, and its alarm must be answered again, at its new priority', () => {
    const bench = acknowledged();
    expect(alarm(bench)).toMatchObject({ priority: 'low', state: 'acknowledged' });
    expect(tell(bench, 'error', 'too hot')).toEqual(['condition.changed', 'alarm.updated']);
    expect(fact(bench)).toMatchObject({ severity: 'error', text: 'too hot', observedAt: '2026-11-23T09:00:00.000Z' });
    expect(alarm(bench)).toMatchObject({
      state: 'unacknowledged',
      acknowledged: null,
      priority: 'medium',
      rule: 'condition-error',
      count: 1,
      waitingSince: '2026-11-23T09:01:00.000Z',
      evidence: { severity: 'error', text: 'too hot' },
    });
    expect(tell(bench, 'error', 'too hot'), 'told again').toEqual([]);
  });

  test('that rises where the policy gives the same priority is asked anew all the same', () => {
    const bench = acknowledged({ priorities: [{ name: 'all', priority: 'low' }] });
    tell(bench, 'error');
    expect(alarm(bench)).toMatchObject({ state: 'unacknowledged', priority: 'low', rule: 'all' });
  });

  test('that falls changes both without asking again', () => {
    const bench = deskBench();
    tell(bench, 'error', 'too hot');
    bench.tell({ type: 'acknowledge', alarmId: alarm(bench).id });
    expect(tell(bench, 'warning', 'hot')).toEqual(['condition.changed', 'alarm.updated']);
    expect(fact(bench)).toMatchObject({ severity: 'warning', text: 'hot' });
    expect(alarm(bench)).toMatchObject({
      state: 'acknowledged',
      priority: 'low',
      evidence: { severity: 'warning', text: 'hot' },
    });
  });

  test('that rises ends a shelving with its priority, and leaves one that it does not reach', () => {
    for (const [priorities, state] of [
      [undefined, 'unacknowledged'],
      [[{ name: 'all', priority: 'low' as const }], 'shelved'],
    ] as const) {
      const bench = deskBench({ alarms: priorities === undefined ? {} : { priorities: [...priorities] } });
      tell(bench, 'warning');
      const until = new Date(bench.nowMs() + 600_000).toISOString();
      bench.tell({ type: 'shelve', alarmId: alarm(bench).id, reason: 'known', until });
      tell(bench, 'error');
      expect(alarm(bench)).toMatchObject({ state, acknowledged: null, evidence: { severity: 'error' } });
    }
  });

  test('that rises before the alarm is announced is what is announced', () => {
    const bench = deskBench({ alarms: { profiles: [{ name: 'slow', onDelayS: 30 }] } });
    tell(bench, 'warning');
    bench.atS = 20;
    expect(tell(bench, 'error')).toEqual(['condition.changed']);
    bench.atS = 30;
    expect(typesOf(bench.feed({ type: 'tick' })), 'the delay counts from when it came').toEqual(['alarm.raised']);
    expect(alarm(bench)).toMatchObject({ priority: 'medium', evidence: { severity: 'error' } });
  });

  test('that has risen when it comes back within the off-delay asks anew', () => {
    const bench = acknowledged({ profiles: [{ name: 'sticky', offDelayS: 30 }] });
    tell(bench, 'warning', 'temperature', false);
    expect(tell(bench, 'error')).toEqual(['condition.raised', 'alarm.updated']);
    expect(alarm(bench)).toMatchObject({ state: 'unacknowledged', priority: 'medium' });
  });

  test('that has fallen when it comes back after it had returned gives its present priority', () => {
    const bench = deskBench();
    tell(bench, 'error');
    tell(bench, 'error', 'temperature', false);
    tell(bench, 'warning');
    expect(alarm(bench)).toMatchObject({ state: 'unacknowledged', count: 2, priority: 'low' });
  });

  test('is, when it is over, what it was', () => {
    const bench = deskBench();
    tell(bench, 'warning', 'hot');
    const [cleared] = bench.see('vehicle', 'rpm', {
      ...{ type: 'condition', code: 'hot', severity: 'error', text: 'fine' },
      ...{ active: false, observedAtMs: bench.nowMs() },
    });
    expect(cleared?.data).toMatchObject({ severity: 'warning', text: 'hot' });
  });
});

describe('the text of a present condition', () => {
  test('that changes is shown, and asks nobody again', () => {
    const bench = acknowledged();
    expect(tell(bench, 'warning', 'fan 2 too')).toEqual(['condition.changed', 'alarm.updated']);
    expect(alarm(bench)).toMatchObject({ state: 'acknowledged', evidence: { text: 'fan 2 too' } });
  });

  test('that holds a number at every poll does not fill the journal', () => {
    const bench = acknowledged();
    let changes = 0;
    for (let poll = 0; poll < 3_600; poll += 1) {
      bench.atS += 1;
      changes += tell(bench, 'warning', `${poll} degrees`).filter((type) => type === 'condition.changed').length;
    }
    expect(changes).toBe(10);
    bench.atS += 3_600;
    expect(tell(bench, 'warning', 'later')).toContain('condition.changed');
    bench.atS -= 86_400;
    expect(tell(bench, 'warning', 'after the clock was set back')).toContain('condition.changed');
  });
});
