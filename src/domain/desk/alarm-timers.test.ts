import { describe, expect, test } from 'vitest';
import { closing, deskBench, gamma, only, typesOf, xray } from '../../../tests/support/desk-bench.ts';

type Bench = ReturnType<typeof deskBench>;

function raise(bench: Bench): string {
  bench.see('vehicle', 'rpm', { type: 'occupancy-opened', complete: true, observedAtMs: bench.nowMs() });
  bench.see('vehicle', 'rpm', gamma(bench.nowMs(), 1));
  return only(bench.alarms()).id;
}
function tickAt(bench: Bench, atS: number) {
  bench.atS = atS;
  return bench.feed({ type: 'tick' });
}

describe('escalation', () => {
  const alarms = { escalation: { highS: 60, roles: ['supervisor', 'auditor'] as ('supervisor' | 'auditor')[] } };

  test('tells the next role each time nobody has answered for so long, and stops with the last', () => {
    const bench = deskBench({ alarms });
    raise(bench);
    expect(tickAt(bench, 59)).toEqual([]);
    expect(typesOf(tickAt(bench, 60))).toEqual(['alarm.updated']);
    expect(only(bench.alarms()).escalation).toEqual({
      role: 'supervisor',
      level: 1,
      next: 'auditor',
      at: new Date(bench.nowMs()).toISOString(),
    });
    expect(tickAt(bench, 119)).toEqual([]);
    tickAt(bench, 120);
    expect(only(bench.alarms()).escalation).toMatchObject({ role: 'auditor', level: 2, next: null });
    expect(tickAt(bench, 10_000)).toEqual([]);
  });

  test('a returned alarm is unanswered too; an answer ends it', () => {
    const bench = deskBench({ alarms });
    const alarmId = raise(bench);
    bench.see('vehicle', 'rpm', gamma(bench.nowMs(), 1, false));
    tickAt(bench, 60);
    expect(only(bench.alarms())).toMatchObject({ state: 'returned', escalation: { level: 1 } });
    bench.tell({ type: 'acknowledge', alarmId });
    expect(only(bench.alarms()).escalation).toBeNull();
    expect(tickAt(bench, 1_000)).toEqual([]);
  });

  test('a clock that is set back keeps nobody from being told, and then counts on from there', () => {
    const bench = deskBench({ alarms });
    bench.atS = 7_200;
    raise(bench);
    expect(tickAt(bench, 7_141), 'a little back').toEqual([]);
    expect(typesOf(tickAt(bench, 0))).toEqual(['alarm.updated']);
    expect(only(bench.alarms()).escalation).toMatchObject({ level: 1, at: new Date(bench.nowMs()).toISOString() });
    expect(tickAt(bench, 59)).toEqual([]);
    tickAt(bench, 60);
    expect(only(bench.alarms()).escalation).toMatchObject({ level: 2, next: null });
  });

  test('the default tells of a critical alarm after two minutes, of a low one never', () => {
    const bench = deskBench();
    bench.see('baggage', 'xray', xray('x1', 'unknown', bench.nowMs()));
    bench.see('vehicle', 'rpm', { ...gamma(bench.nowMs(), 1), signal: 'neutron', hazard: 'nuclear' });
    tickAt(bench, 80_000);
    const levels = bench.alarms().map(({ priority, escalation }) => [priority, escalation?.role ?? null]);
    expect(levels).toEqual([
      ['low', null],
      ['critical', 'supervisor'],
    ]);
  });

  test('nobody is told of what is long over, or shelved', () => {
    const bench = deskBench({ alarms: { escalation: { mediumS: 60, highS: 60 } } });
    bench.see('baggage', 'xray', xray('x1', 'alarm', bench.nowMs() - 3_600_000), { receivedAtMs: bench.nowMs() });
    const until = new Date(bench.nowMs() + 900_000).toISOString();
    const alarmId = raiseMore(bench);
    bench.tell({ type: 'shelve', alarmId, reason: 'x', until });
    expect(typesOf(tickAt(bench, 100))).not.toContain('alarm.updated');
  });
});

function raiseMore(bench: Bench): string {
  bench.see('vehicle', 'rpm', gamma(bench.nowMs(), 1));
  return bench.alarms().find(({ signal }) => signal === 'gamma')?.id ?? '';
}

describe('the re-alarm timer', () => {
  test('asks for another answer while the cause is still there, and is off by default', () => {
    const bench = deskBench({ alarms: { reAlarm: { highS: 300 }, escalation: { highS: null } } });
    const alarmId = raise(bench);
    bench.tell({ type: 'acknowledge', alarmId });
    expect(tickAt(bench, 299)).toEqual([]);
    expect(typesOf(tickAt(bench, 300))).toEqual(['alarm.updated']);
    expect(only(bench.alarms())).toMatchObject({ state: 'unacknowledged', acknowledged: null });

    const quiet = deskBench();
    quiet.tell({ type: 'acknowledge', alarmId: raise(quiet) });
    expect(tickAt(quiet, 80_000)).toEqual([]);
  });

  test.each([
    ['what has returned', (bench: Bench) => bench.see('vehicle', 'rpm', gamma(bench.nowMs(), 1, false))],
    [
      'what has its verdict',
      (bench: Bench) =>
        bench.tell({ type: 'dispose', alarmId: only(bench.alarms()).id, class: 'innocent', code: 'norm' }),
    ],
  ])('leaves %s alone', (_name, then) => {
    const bench = deskBench({ alarms: { reAlarm: { highS: 300 } } });
    bench.tell({ type: 'acknowledge', alarmId: raise(bench) });
    then(bench);
    expect(tickAt(bench, 400)).toEqual([]);
  });
});

describe('a stale alarm', () => {
  test('has been active or unanswered for a day; the mark goes with the answer', () => {
    const bench = deskBench({ alarms: { escalation: { highS: null } } });
    const alarmId = raise(bench);
    bench.see('vehicle', 'rpm', closing(bench.nowMs()));
    tickAt(bench, 10);
    expect(tickAt(bench, 86_399)).toEqual([]);
    expect(typesOf(tickAt(bench, 86_400))).toEqual(['alarm.updated']);
    expect(only(bench.alarms())).toMatchObject({ state: 'returned', marks: ['stale'] });
    expect(tickAt(bench, 90_000)).toEqual([]);
    bench.tell({ type: 'acknowledge', alarmId });
    expect(only(bench.alarms()).marks, 'it waits for its verdict only').toEqual([]);
  });

  test('stays stale when it is answered and still active', () => {
    const bench = deskBench({ alarms: { escalation: { highS: null } } });
    const alarmId = raise(bench);
    tickAt(bench, 86_400);
    bench.tell({ type: 'acknowledge', alarmId });
    expect(only(bench.alarms()).marks).toEqual(['stale']);
  });
});

test('many that are due at once come in portions, none is left out', () => {
  const bench = deskBench({ alarms: { escalation: { mediumS: 60 }, chattering: { withinS: 3_600 } } });
  for (let bag = 0; bag < 1_200; bag += 1) bench.see('baggage', 'xray', xray(`x${bag}`, 'alarm', bench.nowMs()));
  tickAt(bench, 10);
  const portions = [60, 61, 62, 63].map((atS) => tickAt(bench, atS).length);
  expect(portions).toEqual([500, 500, 200, 0]);
  expect(bench.alarms().every(({ escalation }) => escalation?.level === 1)).toBe(true);
});
