import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  closing,
  type DeskBench,
  deskBench,
  examinationRequest,
  gamma,
  identity,
  only,
  read,
  targetInput,
  typesOf,
} from '../../../tests/support/desk-bench.ts';
import { hasty, play, steps } from '../../../tests/support/desk-game.ts';
import { ResultInput } from '../examination.ts';
import { ExaminationPolicy } from '../examination-policy.ts';

const hour = 3_600;
const tick = (bench: DeskBench, afterS = 0) => {
  bench.atS += afterS;
  return typesOf(bench.feed({ type: 'tick' }));
};
/** Ticks at one moment until nothing happens any more. */
const settle = (bench: DeskBench, afterS = 0) => {
  bench.atS += afterS;
  const seen: string[] = [];
  for (let ticks = 0; ticks < 50; ticks += 1) {
    const types = tick(bench);
    if (types.length === 0) return seen;
    seen.push(...types);
  }
  throw new Error(`does not come to rest: ${seen.slice(-5).join()}`);
};
const inS = (bench: DeskBench, seconds: number) => new Date(bench.nowMs() + seconds * 1000).toISOString();

describe('a clock that is set back by an hour', () => {
  const examined = () => {
    const bench = deskBench();
    bench.examinations = ExaminationPolicy.parse({
      deliveryS: 900,
      escalation: [
        { afterS: 600, role: 'supervisor' },
        { afterS: 1_200, unit: 'hall' },
      ],
    });
    bench.tell({ type: 'put-target', target: targetInput() });
    const targetId = only(bench.targets()).id;
    const request = examinationRequest({ targetId, dueAt: inS(bench, 2 * hour) });
    bench.tell({ type: 'request-examination', request });
    const examinationId = only([...bench.state.examinations.values()]).id;
    bench.tell({ type: 'accept-examination', examinationId });
    return { bench, examinationId, now: () => only([...bench.state.examinations.values()]) };
  };

  test('an unacknowledged result is overdue, and escalated, without that hour more', () => {
    const { bench, examinationId, now } = examined();
    bench.tell({ type: 'result-examination', examinationId, result: ResultInput.parse({ code: 'norm' }) });
    expect(tick(bench, 300)).toEqual([]);
    expect(tick(bench, -hour)).toEqual(['examination.overdue']);
    expect(now()).toMatchObject({ overdue: true, overdueAt: { delivery: '2026-11-23T08:05:00.000Z' } });
    expect(tick(bench, 599)).toEqual([]);
    expect(tick(bench, 1)).toEqual(['examination.escalated']);
    expect(tick(bench, 599)).toEqual([]);
    expect(tick(bench, 1)).toEqual(['examination.escalated']);
    expect(settle(bench, 2 * hour), 'each once').toEqual([]);
  });

  test('one that was overdue before is escalated without that hour more', () => {
    const { bench, now } = examined();
    expect(settle(bench, 2 * hour + 60)).toEqual(['examination.overdue']);
    expect(tick(bench, -hour)).toEqual(['examination.escalated']);
    expect(now()).toMatchObject({ overdue: true, escalation: { level: 1 } });
  });

  test('an examination is due when it was asked for: by the clock as it is now', () => {
    const { bench } = examined();
    expect(settle(bench, hour)).toEqual([]);
    expect(settle(bench, -hour)).toEqual([]);
    expect(settle(bench, 2 * hour - 1)).toEqual([]);
    expect(settle(bench, 1)).toEqual(['examination.overdue']);
  });

  test('a shelving ends, an alarm that nobody answers is escalated, at once and once', () => {
    const bench = deskBench();
    bench.see('container', 'rpm', { type: 'occupancy-opened', complete: true, observedAtMs: bench.nowMs() });
    bench.see('container', 'rpm', gamma(bench.nowMs(), 1));
    const alarmId = only(bench.alarms()).id;
    bench.tell({ type: 'shelve', alarmId, reason: 'x', until: inS(bench, 600) });
    expect(settle(bench, -hour)).toEqual(['alarm.unshelved']);
    expect(only(bench.alarms())).toMatchObject({ state: 'unacknowledged' });
    expect(settle(bench, 599)).toEqual([]);
    expect(settle(bench, 1)).toEqual(['alarm.updated']);
    expect(settle(bench, -hour)).toEqual(['alarm.updated']);
    expect(settle(bench, -hour), 'nobody is left').toEqual([]);
  });

  test('service returns, and a target is valid, at the moment that was named, by the clock as it is now', () => {
    const bench = deskBench();
    const until = inS(bench, 600);
    const service = { scope: 'lane', id: 'vehicle', service: 'suppressed', reason: 'x', until } as const;
    bench.tell({ type: 'set-service', ...service });
    bench.tell({ type: 'put-target', target: targetInput({ validFrom: until, validUntil: inS(bench, 1_200) }) });
    expect(settle(bench, -hour)).toEqual([]);
    expect(settle(bench, hour + 600)).toEqual(['service.changed', 'target.activated']);
    expect(settle(bench, -hour), 'has begun').toEqual([]);
    expect(settle(bench, hour + 600)).toEqual(['target.expired']);
    expect(settle(bench, -hour), 'has ended').toEqual([]);
  });

  test('a target that left unexamined is missed when its time by the clock has come, once', () => {
    const bench = deskBench();
    bench.tell({ type: 'put-target', target: targetInput() });
    bench.see('container', 'rpm', { type: 'occupancy-opened', complete: true, observedAtMs: bench.nowMs() });
    bench.see('container', 'ocr', identity('r1', [read('container', 'CSQU3054383')], bench.nowMs()));
    bench.see('container', 'rpm', closing(bench.nowMs()));
    settle(bench, 60);
    expect(settle(bench, -hour), 'nothing that cannot be taken back is said too early').toEqual([]);
    expect(settle(bench, hour + 1_800)).toEqual(['examination.missed', 'passage.updated']);
    expect(settle(bench, -hour)).toEqual([]);
    expect(settle(bench, 3 * hour)).toEqual([]);
  });
});

test('whatever has happened, and however the clock jumps, time comes to rest: nothing is done again and again', () => {
  const jump = fc.oneof(fc.integer({ min: -90_000, max: 90_000 }), fc.constantFrom(-31_536_000, 31_536_000));
  fc.assert(
    fc.property(steps, fc.array(jump, { minLength: 1, maxLength: 3 }), (taken, jumps) => {
      const bench = deskBench({ alarms: hasty });
      bench.examinations = ExaminationPolicy.parse({ escalation: [{ afterS: 60, role: 'supervisor' }] });
      for (const step of taken) play(bench, step);
      for (const jumpS of jumps) settle(bench, jumpS);
    }),
    { numRuns: 150 },
  );
});
