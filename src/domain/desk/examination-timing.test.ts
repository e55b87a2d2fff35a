import { describe, expect, test } from 'vitest';
import {
  closing,
  type DeskBench,
  deskBench,
  examinationRequest,
  identity,
  only,
  read,
  targetInput,
  typesOf,
} from '../../../tests/support/desk-bench.ts';
import type { Examination } from '../examination.ts';
import { ResultInput } from '../examination.ts';
import { ExaminationPolicy } from '../examination-policy.ts';
import type { Target } from '../target.ts';

const examiner = { by: 'eva', role: 'examiner' };
const targeting = { by: 'tu', role: 'targeting' };
const hour = 3_600;

/** Ticks every so often until the given second; what happened about examinations, each with its second. */
function runTo(bench: DeskBench, untilS: number, everyS = 10): readonly (readonly [string, number])[] {
  const seen: [string, number][] = [];
  while (bench.atS < untilS) {
    bench.atS = Math.min(untilS, bench.atS + everyS);
    for (const event of bench.feed({ type: 'tick' })) {
      const [type = ''] = typesOf([event]);
      if (type.startsWith('examination.')) seen.push([type, bench.atS]);
    }
  }
  return seen;
}
function examinations(bench: DeskBench): readonly Examination[] {
  return [...bench.state.examinations.values()];
}
function requested(policy: object = {}) {
  const bench = deskBench();
  bench.examinations = ExaminationPolicy.parse(policy);
  bench.tell({ type: 'put-target', target: targetInput() });
  const targetId = only(bench.targets()).id;
  bench.tell({ type: 'request-examination', request: examinationRequest({ targetId }) }, targeting);
  return { bench, id: only(examinations(bench)).id, now: () => only(examinations(bench)) };
}

describe('our end', () => {
  test('is overdue once from the due time, then escalated step by step, and said so in the history', () => {
    const escalation = [
      { afterS: 60, unit: 'dogs' },
      { afterS: 300, role: 'supervisor' },
    ];
    const { bench, id, now } = requested({ escalation });
    bench.tell({ type: 'accept-examination', examinationId: id }, examiner);
    bench.tell({ type: 'start-examination', examinationId: id }, examiner);
    expect(runTo(bench, 2 * hour)).toEqual([
      ['examination.overdue', hour],
      ['examination.escalated', hour + 60],
      ['examination.escalated', hour + 300],
    ]);
    expect(now()).toMatchObject({
      state: 'started',
      overdue: true,
      overdueAt: { examination: '2026-11-23T10:00:00.000Z', delivery: null },
      escalation: { end: 'examination', level: 2, role: 'supervisor', unit: null },
    });
    expect(now().history.slice(-3)).toMatchObject([
      { what: 'overdue', by: null, note: 'examination' },
      { what: 'escalate', note: 'dogs' },
      { what: 'escalate', note: 'supervisor' },
    ]);
    const result = ResultInput.parse({ code: 'nothing-found' });
    bench.tell({ type: 'result-examination', examinationId: id, result }, examiner);
    expect(now()).toMatchObject({ overdue: false, escalation: null, overdueAt: { examination: expect.any(String) } });
  });

  test('is in time with a result before the due time', () => {
    const { bench, id, now } = requested();
    bench.tell({ type: 'accept-examination', examinationId: id }, examiner);
    bench.tell(
      { type: 'result-examination', examinationId: id, result: ResultInput.parse({ code: 'norm' }) },
      examiner,
    );
    bench.tell({ type: 'acknowledge-delivery', examinationId: id }, targeting);
    expect(runTo(bench, 4 * hour)).toEqual([]);
    expect(now()).toMatchObject({ overdue: false, overdueAt: { examination: null, delivery: null } });
  });
});

test('the requester’s end is overdue when the result is not acknowledged, and escalated from the first step again', () => {
  const { bench, id, now } = requested({ deliveryS: 120, escalation: [{ afterS: 60, role: 'administrator' }] });
  bench.tell({ type: 'accept-examination', examinationId: id }, examiner);
  expect(runTo(bench, hour + 60).map(([type]) => type)).toEqual(['examination.overdue', 'examination.escalated']);
  bench.tell({ type: 'result-examination', examinationId: id, result: ResultInput.parse({ code: 'norm' }) }, examiner);
  expect(runTo(bench, 3 * hour)).toEqual([
    ['examination.overdue', hour + 180],
    ['examination.escalated', hour + 240],
  ]);
  expect(now()).toMatchObject({ overdue: true, escalation: { end: 'delivery', level: 1, role: 'administrator' } });
  bench.tell({ type: 'acknowledge-delivery', examinationId: id }, targeting);
  expect(now()).toMatchObject({ state: 'delivered', overdue: false, escalation: null });
});

describe('missed', () => {
  test('is what nobody has started half an hour after it was due', () => {
    const { bench, now } = requested();
    expect(runTo(bench, 3 * hour)).toEqual([
      ['examination.overdue', hour],
      ['examination.escalated', hour + 900],
      ['examination.missed', hour + 1_800],
    ]);
    expect(now()).toMatchObject({ state: 'missed', overdue: false, escalation: null });
  });

  test('is not what has been started, however late', () => {
    const { bench, id, now } = requested();
    bench.tell({ type: 'accept-examination', examinationId: id }, examiner);
    bench.tell({ type: 'start-examination', examinationId: id }, examiner);
    runTo(bench, 12 * hour, 60);
    expect(now().state).toBe('started');
  });

  test('is not whose subject still stands there: the grace counts from when it left', () => {
    const bench = deskBench();
    bench.see('container', 'rpm', { type: 'occupancy-opened', complete: true, observedAtMs: bench.nowMs() });
    const passageId = only(bench.passages()).id;
    bench.tell({ type: 'request-examination', request: examinationRequest({ passageId }) });
    runTo(bench, 5 * hour, 60);
    expect(only(examinations(bench)).state).toBe('requested');
    bench.see('container', 'rpm', closing(bench.nowMs()));
    expect(runTo(bench, 6 * hour, 60).map(([type]) => type)).toEqual(['examination.missed']);
    expect(only(examinations(bench)).state).toBe('missed');
    expect(only(bench.passages()).examinations).toMatchObject([{ state: 'missed' }]);
  });
});

describe('a target that was to be examined and has left', () => {
  const passes = (target: Partial<Target> = {}, value = 'CSQU3054383') => {
    const bench = deskBench();
    bench.tell({ type: 'put-target', target: targetInput(target as object) });
    bench.see('container', 'ocr', identity('r1', [read('container', value)], bench.nowMs()));
    const left = bench.atS + 20;
    return { bench, left, match: () => only([...bench.state.matches.values()]) };
  };

  test('without anybody asking is put on record as missed, once, and targeting is told which', () => {
    const { bench, left, match } = passes();
    expect(runTo(bench, 3 * hour)).toEqual([['examination.missed', left + 1_800]]);
    expect(only(examinations(bench))).toMatchObject({
      state: 'missed',
      targetId: match().targetId,
      passageId: match().passageId,
      target: { originator: 'freight-targeting', reference: 'FT-1' },
      reason: 'targeting-recommendation',
      requestedBy: 'freight-targeting',
      history: [{ what: 'miss', by: null }],
    });
  });

  test('is missed also when it ended long before its subject left', () => {
    const bench = deskBench();
    bench.tell({ type: 'put-target', target: targetInput({ instructions: 'open it' }) });
    const targetId = only(bench.targets()).id;
    bench.see('container', 'rpm', { type: 'occupancy-opened', complete: true, observedAtMs: bench.nowMs() });
    bench.see('container', 'ocr', identity('r1', [read('container', 'CSQU3054383')], bench.nowMs()));
    bench.tell({ type: 'withdraw-target', targetId });
    bench.atS += 2 * hour;
    bench.tell({
      type: 'put-target',
      target: targetInput({ reference: 'FT-2', identifiers: [{ kind: 'other', value: 'X' }] }),
    });
    expect(bench.state.targets.has(targetId), 'let go of').toBe(false);
    bench.see('container', 'rpm', closing(bench.nowMs()));
    expect(runTo(bench, 4 * hour).map(([type]) => type)).toEqual(['examination.missed']);
    expect(only(examinations(bench))).toMatchObject({
      targetId,
      target: { originator: 'freight-targeting', reference: 'FT-1' },
      instructions: 'open it',
      requested: { by: 'freight-targeting', at: '2026-11-23T09:00:00.000Z' },
    });
  });

  test.each([
    ['was only to be notified', { requestedAction: 'notify' } as const],
    ['matches by a failing check digit, unconfirmed', { identifiers: [{ kind: 'container', value: 'CSQU3054384' }] }],
  ])('%s: nothing is missed', (_name, target) => {
    const value = 'identifiers' in target ? 'CSQU3054384' : 'CSQU3054383';
    const { bench, match } = passes(target as Partial<Target>, value);
    expect(match().verdict).toBeNull();
    expect(runTo(bench, 2 * hour)).toEqual([]);
  });

  test('a rejected match is no miss; a confirmed candidate is', () => {
    const rejected = passes();
    runTo(rejected.bench, 60);
    rejected.bench.tell({ type: 'judge-match', matchId: rejected.match().id, verdict: 'rejected' });
    expect(runTo(rejected.bench, 2 * hour)).toEqual([]);
    const weak = passes({ identifiers: [{ kind: 'container', value: 'CSQU3054384' }] }, 'CSQU3054384');
    runTo(weak.bench, 60);
    weak.bench.tell({ type: 'judge-match', matchId: weak.match().id, verdict: 'confirmed' });
    expect(runTo(weak.bench, 2 * hour).map(([type]) => type)).toEqual(['examination.missed']);
  });

  test.each(['targetId', 'passageId'] as const)('asked for by its %s, also after it left: no second miss', (by) => {
    const { bench, match } = passes();
    runTo(bench, 60);
    const request = examinationRequest({ [by]: match()[by] });
    bench.tell({ type: 'request-examination', request });
    bench.tell({ type: 'cancel-examination', examinationId: only(examinations(bench)).id, reason: 'seen at the quay' });
    expect(runTo(bench, 3 * hour)).toEqual([]);
  });

  test('two targets in one passage are two misses', () => {
    const { bench } = passes();
    bench.tell({ type: 'put-target', target: targetInput({ reference: 'FT-2' }) });
    expect(runTo(bench, hour).map(([type]) => type)).toEqual(['examination.missed', 'examination.missed']);
    expect(examinations(bench).map(({ target }) => target?.reference)).toEqual(['FT-1', 'FT-2']);
  });
});

describe('a subject that goes on to the secondary', () => {
  const value = 'CSQU3054383';
  const goesOn = (target: Partial<Target> = {}) => {
    const bench = deskBench();
    bench.tell({ type: 'put-target', target: targetInput(target as object) });
    bench.see('container', 'ocr', identity('r1', [read('container', value)], bench.nowMs()));
    runTo(bench, 60);
    bench.see('vehicle', 'anpr', { type: 'occupancy-opened', complete: true, observedAtMs: bench.nowMs() });
    bench.see('vehicle', 'ocr', identity('r2', [read('container', value)], bench.nowMs()));
    const [first, second] = bench.passages();
    expect(first?.wentOn?.passageId).toBe(second?.id);
    return { bench, first, second };
  };

  test('has not left while it stands there; then it is one miss, not two', () => {
    const { bench } = goesOn();
    expect(runTo(bench, 3 * hour, 60)).toEqual([]);
    bench.see('vehicle', 'anpr', closing(bench.nowMs()));
    expect(runTo(bench, 5 * hour, 60).map(([type]) => type)).toEqual(['examination.missed']);
  });

  test.each(['first', 'second'] as const)('asked for in its %s passage, by whom it may be, it is no miss', (which) => {
    const made = goesOn();
    const { bench } = made;
    bench.tell({ type: 'request-examination', request: examinationRequest({ passageId: made[which]?.id }) });
    const examinationId = only(examinations(bench)).id;
    bench.tell({ type: 'accept-examination', examinationId }, examiner);
    bench.tell({ type: 'result-examination', examinationId, result: ResultInput.parse({ code: 'norm' }) }, examiner);
    bench.tell({ type: 'acknowledge-delivery', examinationId }, targeting);
    bench.see('vehicle', 'anpr', closing(bench.nowMs()));
    expect(runTo(bench, 2 * hour, 60)).toEqual([]);
  });

  test('is not missed at the secondary that the request of the primary was about, while it stands there', () => {
    const { bench, first } = goesOn({ requestedAction: 'notify' });
    bench.tell({ type: 'request-examination', request: examinationRequest({ passageId: first?.id }) });
    runTo(bench, 3 * hour, 60);
    expect(only(examinations(bench)).state).toBe('requested');
    bench.see('vehicle', 'anpr', closing(bench.nowMs()));
    runTo(bench, 4 * hour, 60);
    expect(only(examinations(bench)).state).toBe('missed');
  });
});

test('after a long stop all that is due comes at once, in bounds, and each once', () => {
  const { bench, id } = requested();
  const targetId = only(examinations(bench)).targetId ?? '';
  for (let n = 1; n < 600; n += 1)
    bench.tell({ type: 'request-examination', request: examinationRequest({ targetId }) });
  bench.atS = hour + 60;
  const counts = [1, 2, 3].map(() => bench.feed({ type: 'tick' }).length);
  expect(counts).toEqual([500, 100, 0]);
  expect(examinations(bench).every(({ overdue }) => overdue)).toBe(true);
  expect(bench.state.examinations.get(id)?.version).toBe(2);
});

test('a tick with nothing due looks at nothing: ten thousand waiting cost no more than one', () => {
  const { bench } = requested();
  const [first] = examinations(bench);
  if (first === undefined) throw new Error('none');
  for (let n = 0; n < 10_000; n += 1) {
    bench.tell({ type: 'request-examination', request: examinationRequest({ targetId: first.targetId ?? '' }) });
  }
  let looks = 0;
  const { examinations: held } = bench.state;
  const get = held.get.bind(held);
  held.get = (id) => {
    looks += 1;
    return get(id);
  };
  bench.feed({ type: 'tick' });
  expect(looks).toBe(0);
});
