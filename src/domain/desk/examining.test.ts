import { describe, expect, test } from 'vitest';
import {
  deskBench,
  examinationRequest,
  gamma,
  identity,
  only,
  read,
  targetInput,
  typesOf,
} from '../../../tests/support/desk-bench.ts';
import { dispositionCodes } from '../alarm.ts';
import type { Command } from '../command.ts';
import type { Examination } from '../examination.ts';
import { ResultInput } from '../examination.ts';
import { resultCodes } from '../examination-codes.ts';
import { ExaminationPolicy } from '../examination-policy.ts';

const examiner = { by: 'eva', role: 'examiner' };

/** A gamma alarm on the container lane, and a referral of it. */
function referred() {
  const bench = deskBench();
  bench.see('container', 'rpm', { type: 'occupancy-opened', complete: true, observedAtMs: bench.nowMs() });
  bench.see('container', 'rpm', gamma(bench.nowMs(), 1));
  const alarmId = only(bench.alarms()).id;
  const events = bench.tell({ type: 'request-examination', request: examinationRequest({ alarmId }) });
  const { id } = only([...bench.state.examinations.values()]);
  const alarm = () => only(bench.alarms());
  const examination = () => bench.state.examinations.get(id) as Examination;
  const give = (result: object): Command => ({
    type: 'result-examination',
    examinationId: id,
    result: ResultInput.parse(result),
  });
  return { bench, events, id, alarm, examination, give };
}

describe('a referral from an alarm', () => {
  test('leaves the alarm as it stands; alarm and passage show it', () => {
    const { bench, events, id, alarm, examination } = referred();
    expect(typesOf(events)).toEqual(['examination.requested', 'passage.updated', 'alarm.updated']);
    const shown = [{ id, state: 'requested', kind: 'riid', unit: 'yard', overdue: false, code: null }];
    expect(alarm()).toMatchObject({ state: 'unacknowledged', disposition: null, examinations: shown, version: 2 });
    expect(only(bench.passages())).toMatchObject({ id: examination().passageId, examinations: shown });
    expect(examination()).toMatchObject({
      laneId: 'container',
      mode: 'operational',
      niem: { reason: 'RadiationAlarm' },
    });
  });

  test('its result suggests a disposition and gives none: the alarm is closed by an officer alone', () => {
    const { bench, id, alarm, examination, give } = referred();
    bench.tell({ type: 'acknowledge', alarmId: alarm().id });
    bench.tell({ type: 'accept-examination', examinationId: id }, examiner);
    bench.tell(give({ code: 'norm', findings: [{ what: 'fertiliser', quantity: 24, unit: 't' }] }), examiner);
    expect(examination().result?.suggestedDisposition).toEqual({ class: 'innocent', code: 'norm' });
    expect(alarm()).toMatchObject({ state: 'acknowledged', disposition: null, examinations: [{ code: 'norm' }] });
    bench.tell({ type: 'acknowledge-delivery', examinationId: id }, { by: 'tu', role: 'targeting' });
    expect(alarm()).toMatchObject({ state: 'acknowledged', disposition: null });
    bench.tell({ type: 'dispose', alarmId: alarm().id, class: 'innocent', code: 'norm' });
    expect(alarm().disposition).toMatchObject({ code: 'norm' });
  });

  test('assignment changes nothing that the alarm shows, so its version stays', () => {
    const { bench, id, alarm } = referred();
    const { version } = alarm();
    expect(typesOf(bench.tell({ type: 'assign-examination', examinationId: id, assignee: 'otto' }))).toEqual([
      'examination.assigned',
    ]);
    expect(alarm().version).toBe(version);
  });
});

describe('a request is refused', () => {
  test.each([
    ['an unknown alarm', { alarmId: 'nobody' }, 'not-found', /alarm nobody/],
    ['an unknown target', { targetId: 'nobody' }, 'not-found', /target nobody/],
    ['an unknown passage', { passageId: 'nobody' }, 'not-found', /passage nobody/],
    ['an unknown reason', { reason: 'whim' }, 'unknown-code', /reason: whim/],
    ['a name every object has', { reason: 'constructor' }, 'unknown-code', /reason: constructor/],
    ['an unknown kind', { kind: 'séance' }, 'unknown-code', /kind: séance/],
    ['a due time that is past', { dueAt: '2026-11-23T09:00:00.000Z' }, 'invalid-request', /dueAt/],
  ])('%s', (_name, change, code, detail) => {
    const { bench, alarm } = referred();
    const request = examinationRequest({ alarmId: alarm().id, ...change });
    const refusal = bench.refusal({ type: 'request-examination', request });
    expect(refusal.code).toBe(code);
    expect(refusal.detail).toMatch(detail);
    if (code === 'unknown-code') expect(refusal.extra?.allowed).toEqual(expect.any(Array));
  });

  test('a unit that is not configured, where units are', () => {
    const { bench, alarm } = referred();
    bench.examinations = ExaminationPolicy.parse({ units: ['scanner', 'dogs'] });
    const request = examinationRequest({ alarmId: alarm().id });
    expect(bench.refusal({ type: 'request-examination', request })).toMatchObject({
      code: 'unknown-code',
      extra: { field: 'unit', allowed: ['scanner', 'dogs'] },
    });
  });

  test('an alarm with another passage than its own', () => {
    const { bench, alarm } = referred();
    bench.see('vehicle', 'anpr', { type: 'occupancy-opened', complete: true, observedAtMs: bench.nowMs() });
    const other = bench.passages().find(({ laneId }) => laneId === 'vehicle')?.id;
    const request = examinationRequest({ alarmId: alarm().id, passageId: other });
    expect(bench.refusal({ type: 'request-examination', request }).code).toBe('invalid-request');
  });
});

test('the requester names themselves as they like; whose credential asked is kept beside it', () => {
  const { bench, alarm } = referred();
  const request = examinationRequest({ alarmId: alarm().id, requestedBy: 'night shift' });
  bench.tell({ type: 'request-examination', request }, { by: 'ben', role: 'supervisor' });
  const asked = [...bench.state.examinations.values()].at(-1);
  expect(asked).toMatchObject({ requestedBy: 'night shift', requested: { by: 'ben', role: 'supervisor' } });
  expect(asked?.history[0]).toMatchObject({ by: 'ben', role: 'supervisor' });
});

describe('a result', () => {
  const accepted = () => {
    const made = referred();
    made.bench.tell({ type: 'accept-examination', examinationId: made.id, assignee: 'eva' }, examiner);
    made.bench.atS += 600;
    return made;
  };

  test('without a start is taken; when it began is the examiner’s word, or unknown', () => {
    const told = accepted();
    told.bench.tell(told.give({ code: 'snm', startedAt: '2026-11-23T10:05:00+01:00' }), examiner);
    expect(told.examination()).toMatchObject({
      started: { at: '2026-11-23T09:05:00.000Z' },
      result: { startedAt: '2026-11-23T09:05:00.000Z', endedAt: '2026-11-23T09:10:00.000Z' },
    });
    const untold = accepted();
    untold.bench.tell(untold.give({ code: 'snm' }), examiner);
    expect(untold.examination()).toMatchObject({ started: null, result: { startedAt: null } });
  });

  test.each([
    ['an unknown code', { code: 'all-good' }, 'unknown-code', /code: all-good/],
    ['not examined, without a reason', { code: 'not-examined' }, 'unknown-code', /released-before/],
    ['not examined, for a reason of one’s own', { code: 'not-examined', reason: 'tired' }, 'unknown-code', /tired/],
    ['a reason with another code', { code: 'norm', reason: 'left' }, 'invalid-request', /reason/],
    ['unknown advice', { code: 'norm', advice: 'pray' }, 'unknown-code', /advice: pray/],
    ['an end in the future', { code: 'norm', endedAt: '2026-11-23T10:00:00Z' }, 'invalid-request', /endedAt/],
    [
      'a start after the end',
      { code: 'norm', startedAt: '2026-11-23T09:08:00Z', endedAt: '2026-11-23T09:07:00Z' },
      'invalid-request',
      /startedAt/,
    ],
  ])('is refused: %s', (_name, result, code, detail) => {
    const { bench, give } = accepted();
    const refusal = bench.refusal(give(result), examiner);
    expect(refusal.code).toBe(code);
    expect(refusal.detail).toMatch(detail);
  });

  test('says why nobody examined, and the loop goes on: the requester acknowledges it', () => {
    const { bench, give, examination, id } = accepted();
    bench.tell(give({ code: 'not-examined', reason: 'no-capacity' }), examiner);
    expect(examination()).toMatchObject({
      state: 'resulted',
      result: { code: 'not-examined', reason: 'no-capacity', niem: null, suggestedDisposition: null },
    });
    bench.tell({ type: 'acknowledge-delivery', examinationId: id });
    expect(examination().state).toBe('delivered');
  });

  test('every code suggests a disposition that is on the alarm’s list', () => {
    for (const { suggests } of Object.values(resultCodes)) {
      if (suggests !== null) expect(dispositionCodes[suggests.class]).toContain(suggests.code);
    }
  });
});

test('what targeting asked for, targeting acknowledges; what the post asked for, the post may', () => {
  const { bench, id, give } = referred();
  bench.tell({ type: 'put-target', target: targetInput() });
  const request = examinationRequest({ targetId: only(bench.targets()).id });
  bench.tell({ type: 'request-examination', request }, { by: 'tu', role: 'targeting' });
  const theirs = [...bench.state.examinations.values()].at(-1)?.id ?? '';
  for (const examinationId of [id, theirs]) {
    bench.tell({ type: 'accept-examination', examinationId }, examiner);
    bench.tell({ ...give({ code: 'norm' }), examinationId } as Command, examiner);
  }
  expect(bench.refusal({ type: 'acknowledge-delivery', examinationId: theirs }).code).toBe('not-allowed');
  bench.tell({ type: 'acknowledge-delivery', examinationId: id });
  bench.tell({ type: 'acknowledge-delivery', examinationId: theirs }, { by: 'tu', role: 'targeting' });
});

describe('an examination requested for a target', () => {
  const arrive = (bench: ReturnType<typeof deskBench>, readId: string) =>
    bench.see('container', 'ocr', identity(readId, [read('container', 'CSQU3054383')], bench.nowMs()));
  const ask = (bench: ReturnType<typeof deskBench>) => {
    const request = examinationRequest({ targetId: only(bench.targets()).id, reason: 'targeting-recommendation' });
    bench.tell({ type: 'request-examination', request }, { by: 'tu', role: 'targeting' });
    return () => [...bench.state.examinations.values()].at(-1);
  };

  test('before it comes is placed once it is here, and its passage shows it', () => {
    const bench = deskBench();
    bench.tell({ type: 'put-target', target: targetInput() });
    const examination = ask(bench);
    expect(bench.feed({ type: 'tick' })).toEqual([]);
    arrive(bench, 'r1');
    expect(typesOf(bench.feed({ type: 'tick' }))).toEqual(['examination.placed', 'passage.updated']);
    const passage = only(bench.passages());
    expect(examination()).toMatchObject({ state: 'requested', passageId: passage.id, laneId: 'container', version: 2 });
    expect(passage.examinations).toMatchObject([{ id: examination()?.id, state: 'requested' }]);
    expect(bench.feed({ type: 'tick' })).toEqual([]);
  });

  test('that is here is of its passage at once; one whose match was rejected is not', () => {
    const bench = deskBench();
    bench.tell({ type: 'put-target', target: targetInput() });
    arrive(bench, 'r1');
    expect(ask(bench)()?.passageId).toBe(only(bench.passages()).id);
    bench.tell({ type: 'judge-match', matchId: [...bench.state.matches.keys()][0] ?? '', verdict: 'rejected' });
    const other = ask(bench);
    expect(other()?.passageId).toBeNull();
    expect(bench.feed({ type: 'tick' })).toEqual([]);
  });
});

test('an examination asked for in earnest is not of an exercise’s passage, before or after it', () => {
  const bench = deskBench({ laneModes: { container: 'exercise' } });
  bench.tell({ type: 'put-target', target: targetInput() });
  const request = examinationRequest({ targetId: only(bench.targets()).id });
  bench.tell({ type: 'request-examination', request });
  bench.see('container', 'ocr', identity('r1', [read('container', 'CSQU3054383')], bench.nowMs()));
  expect(bench.feed({ type: 'tick' })).toEqual([]);
  bench.tell({ type: 'request-examination', request });
  const passageId = only(bench.passages()).id;
  bench.tell({ type: 'request-examination', request: { ...request, passageId } });
  const modes = [...bench.state.examinations.values()].map((made) => [made.mode, made.passageId]);
  expect(modes).toEqual([
    ['operational', null],
    ['operational', null],
    ['exercise', passageId],
  ]);
});

test('a part of a test makes the whole a test', () => {
  const bench = deskBench();
  bench.tell({ type: 'put-target', target: targetInput({ mode: 'test' }) });
  bench.tell({ type: 'request-examination', request: examinationRequest({ targetId: only(bench.targets()).id }) });
  expect(only([...bench.state.examinations.values()])).toMatchObject({
    mode: 'test',
    target: { originator: 'freight-targeting', reference: 'FT-1' },
    passageId: null,
  });
});
