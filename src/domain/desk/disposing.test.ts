import { describe, expect, test } from 'vitest';
import { deskBench, gamma, identity, only, read, targetInput, typesOf } from '../../../tests/support/desk-bench.ts';
import type { DispositionClass } from '../alarm.ts';

type Bench = ReturnType<typeof deskBench>;
const both = { alarms: { twoPersons: { real: true, innocentOnMatch: true } } };

function raise(bench: Bench): void {
  bench.see('container', 'rpm', gamma(bench.nowMs(), 1));
}
function dispose(bench: Bench, by: string, kind: DispositionClass, code: string) {
  const { id: alarmId } = only(bench.alarms());
  return bench.tell({ type: 'dispose', alarmId, class: kind, code, note: `said ${by}` }, { by, role: 'operator' });
}

describe('with the rule of two persons', () => {
  test('the first verdict waits on the board, the second person’s same one disposes', () => {
    const bench = deskBench(both);
    raise(bench);
    expect(typesOf(dispose(bench, 'anna', 'real', 'contraband'))).toEqual(['alarm.updated']);
    expect(only(bench.alarms())).toMatchObject({
      state: 'acknowledged',
      disposition: null,
      proposedDisposition: { class: 'real', code: 'contraband', by: 'anna' },
    });
    expect(typesOf(dispose(bench, 'ben', 'real', 'contraband'))).toEqual(['alarm.disposed']);
    expect(only(bench.alarms())).toMatchObject({
      disposition: { class: 'real', code: 'contraband', by: 'ben', note: 'said ben' },
      proposedDisposition: { by: 'anna' },
    });
  });

  test('nobody confirms his own', () => {
    const bench = deskBench(both);
    raise(bench);
    dispose(bench, 'anna', 'real', 'contraband');
    const command = { type: 'dispose', alarmId: only(bench.alarms()).id, class: 'real', code: 'contraband' } as const;
    expect(bench.refusal(command)).toMatchObject({ code: 'forbidden-transition', extra: { state: 'acknowledged' } });
  });

  test('another verdict takes its place and waits anew, whatever it is and whoever gives it', () => {
    const bench = deskBench(both);
    raise(bench);
    dispose(bench, 'anna', 'real', 'contraband');
    dispose(bench, 'ben', 'real', 'snm');
    dispose(bench, 'anna', 'false', 'background-only');
    expect(only(bench.alarms())).toMatchObject({
      disposition: null,
      proposedDisposition: { class: 'false', by: 'anna' },
    });
    dispose(bench, 'ben', 'false', 'background-only');
    expect(only(bench.alarms()).disposition).toMatchObject({ class: 'false', by: 'ben' });
  });

  test('innocent needs two only on a match that nobody rejected', () => {
    const bench = deskBench(both);
    bench.tell({ type: 'put-target', target: targetInput() });
    bench.see('container', 'ocr', identity('r1', [read('container', 'CSQU3054383')], bench.nowMs()));
    raise(bench);
    dispose(bench, 'anna', 'innocent', 'norm');
    expect(only(bench.alarms())).toMatchObject({ disposition: null, proposedDisposition: { code: 'norm' } });

    const unmatched = deskBench(both);
    raise(unmatched);
    dispose(unmatched, 'anna', 'innocent', 'norm');
    expect(only(unmatched.alarms()).disposition?.code).toBe('norm');
  });

  test('what comes anew, and a reopening, ask for both again', () => {
    const bench = deskBench(both);
    raise(bench);
    dispose(bench, 'anna', 'real', 'contraband');
    bench.see('container', 'rpm', { ...gamma(bench.nowMs(), 2), hazard: 'nuclear' });
    expect(only(bench.alarms())).toMatchObject({ state: 'unacknowledged', proposedDisposition: null });
    dispose(bench, 'anna', 'real', 'contraband');
    dispose(bench, 'ben', 'real', 'contraband');
    bench.tell({ type: 'reopen', alarmId: only(bench.alarms()).id });
    expect(only(bench.alarms())).toMatchObject({ disposition: null, proposedDisposition: null });
  });
});

test('without the rule one person is enough', () => {
  const bench = deskBench();
  raise(bench);
  expect(typesOf(dispose(bench, 'anna', 'real', 'snm'))).toEqual(['alarm.disposed']);
  expect(only(bench.alarms())).toMatchObject({ disposition: { by: 'anna' }, proposedDisposition: null });
});
