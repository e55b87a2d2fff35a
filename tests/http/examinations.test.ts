import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Alarm } from '../../src/domain/alarm.ts';
import type { Examination } from '../../src/domain/examination.ts';
import type { Passage } from '../../src/domain/passage.ts';
import type { Target } from '../../src/domain/target.ts';
import { containerTarget } from './container-target.ts';
import { type HttpBench, startHttpBench } from './http-bench.ts';
import { problemOf } from './problem-of.ts';

let bench: HttpBench;
beforeAll(async () => {
  bench = await startHttpBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

const base = '/api/v1/examinations';
const get = async <T>(path: string): Promise<T> => (await bench.call(path)).json() as Promise<T>;
const post = (path: string, json: unknown = {}, headers: Record<string, string> = {}, token?: string) =>
  bench.call(path, { method: 'POST', json, headers, ...(token === undefined ? {} : { token }) });
const inS = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
const asked = (about: object) => ({
  reason: 'radiation-alarm',
  kind: 'riid',
  unit: 'yard',
  dueAt: inS(3_600),
  ...about,
});
const request = async (about: object) => (await (await post(base, asked(about))).json()) as Examination;
const idsOf = async (query: string) =>
  (await get<{ items: Examination[] }>(`${base}?${query}`)).items.map(({ id }) => id);

describe('the loop by HTTP', () => {
  it('goes from request to delivered, each step with its ETag, and leaves the alarm to the officer', async () => {
    const alarm = await bench.raise('loop');
    const [operator, examiner, targeting] = (['operator', 'examiner', 'targeting'] as const).map(bench.tokenOf);
    const made = await post(base, asked({ alarmId: alarm.id, requestedBy: 'lane 3' }), {}, operator);
    const examination = (await made.json()) as Examination;
    expect([made.status, made.headers.get('etag')]).toEqual([201, '"1"']);
    expect(examination).toMatchObject({ requestedBy: 'lane 3', requested: { by: 'a operator', role: 'operator' } });
    const path = `${base}/${examination.id}`;
    const steps: readonly (readonly [string, object, string | undefined, string])[] = [
      ['accept', {}, examiner, 'accepted'],
      ['assign', { assignee: 'otto' }, examiner, 'accepted'],
      ['start', { place: 'bay 2' }, examiner, 'started'],
      ['result', { code: 'medical-isotope', findings: [{ what: 'I-131' }] }, examiner, 'resulted'],
      ['delivered', {}, targeting, 'delivered'],
    ];
    for (const [index, [step, body, token, state]] of steps.entries()) {
      const answer = await post(`${path}/${step}`, body, { 'if-match': `"${index + 1}"` }, token);
      expect([step, answer.status, answer.headers.get('etag')]).toEqual([step, 200, `"${index + 2}"`]);
      expect(await answer.json()).toMatchObject({ id: examination.id, state });
    }
    expect(await get(path)).toMatchObject({
      assignee: 'otto',
      overdue: false,
      result: { niem: 'MedicalIsotopeOnPerson', suggestedDisposition: { class: 'innocent', code: 'medical-isotope' } },
    });
    const shown = [{ id: examination.id, state: 'delivered', code: 'medical-isotope' }];
    const now = await get<Alarm>(`/api/v1/alarms/${alarm.id}`);
    expect(now).toMatchObject({ state: alarm.state, disposition: null, examinations: shown });
    expect(await get<Passage>(`/api/v1/passages/${alarm.passageId}`)).toMatchObject({ examinations: shown });
    const dispose = { class: 'innocent', code: 'medical-isotope' };
    expect((await post(`/api/v1/alarms/${alarm.id}/dispose`, dispose)).status).toBe(200);
  });

  it('gives one examination for one Idempotency-Key', async () => {
    const alarm = await bench.raise('key');
    const body = asked({ alarmId: alarm.id });
    const [first, second] = [
      await post(base, body, { 'idempotency-key': 'e1' }),
      await post(base, body, { 'idempotency-key': 'e1' }),
    ];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(await second.text()).toBe(await first.text());
    expect(await idsOf(`alarm=${alarm.id}`)).toHaveLength(1);
  });
});

describe('bad requests', () => {
  it.each([
    ['nothing it is about', {}, 422, 'invalid-request'],
    ['an alarm that is not there', { alarmId: 'nobody' }, 404, 'not-found'],
    ['a target that is not there', { targetId: 'nobody' }, 404, 'not-found'],
    ['a due time without a zone', { alarmId: 'x', dueAt: '2026-11-24T10:00:00' }, 422, 'invalid-request'],
    ['an unknown key', { alarmId: 'x', colour: 'red' }, 422, 'invalid-request'],
  ])('%s', async (_name, about, status, code) => {
    expect(await problemOf(await post(base, asked(about)))).toMatchObject({ status, code });
  });

  it('an unknown code has the list; a past due time says so; a forbidden step names the state', async () => {
    const { id: alarmId } = await bench.raise('bad');
    const whim = await problemOf(await post(base, asked({ alarmId, reason: 'whim' })));
    expect(whim).toMatchObject({ status: 422, code: 'unknown-code', field: 'reason' });
    expect(whim.allowed).toContain('random');
    const late = await problemOf(await post(base, asked({ alarmId, dueAt: inS(-1) })));
    expect(late).toMatchObject({ status: 422, detail: expect.stringContaining('dueAt') });
    const { id } = await request({ alarmId });
    const early = await problemOf(await post(`${base}/${id}/result`, { code: 'norm' }));
    expect(early).toMatchObject({ status: 409, code: 'forbidden-transition', state: 'requested', verb: 'result' });
    const stale = await problemOf(await post(`${base}/${id}/accept`, {}, { 'if-match': '9' }));
    expect(stale).toMatchObject({ status: 412, code: 'stale-version' });
    const bare = await problemOf(await post(`${base}/${id}/cancel`));
    expect(bare).toMatchObject({ status: 422, errors: [{ path: 'body/reason' }] });
  });

  it('what targeting asked for is not acknowledged by the post', async () => {
    const target = (await (await post('/api/v1/targets', containerTarget)).json()) as Target;
    const [operator, targeting] = (['operator', 'targeting'] as const).map(bench.tokenOf);
    const made = await post(base, asked({ targetId: target.id }), {}, targeting);
    const { id } = (await made.json()) as Examination;
    await post(`${base}/${id}/accept`);
    await post(`${base}/${id}/result`, { code: 'norm' });
    expect((await post(`${base}/${id}/delivered`, {}, {}, operator)).status).toBe(403);
    expect((await post(`${base}/${id}/delivered`, {}, {}, targeting)).status).toBe(200);
  });
});

describe('the work queue', () => {
  it('is a unit’s open examinations, due first, page by page; found by what they are about', async () => {
    const alarm = await bench.raise('queue');
    const due = [3_000, 1_000, 2_000, 1_000];
    const made: Examination[] = [];
    for (const seconds of due)
      made.push(await request({ alarmId: alarm.id, unit: 'dogs', kind: 'dog', dueAt: inS(seconds) }));
    const ordered = made.toSorted((a, b) => (a.dueAt + a.id < b.dueAt + b.id ? -1 : 1)).map(({ id }) => id);
    const first = await get<{ items: Examination[]; next: string }>(`${base}?unit=dogs&order=due&limit=3`);
    const rest = await idsOf(`unit=dogs&order=due&limit=3&cursor=${first.next}`);
    expect([...first.items.map(({ id }) => id), ...rest]).toEqual(ordered);
    expect(await idsOf('unit=dogs')).toEqual(
      made.toSorted((a, b) => (a.requested.at + a.id < b.requested.at + b.id ? 1 : -1)).map(({ id }) => id),
    );

    const [one = '', two = ''] = ordered;
    await post(`${base}/${one}/accept`, { assignee: 'rex' });
    await post(`${base}/${two}/cancel`, { reason: 'sent twice' });
    expect(await idsOf('unit=dogs&assignee=rex')).toEqual([one]);
    expect(await idsOf('unit=dogs&state=cancelled')).toEqual([two]);
    expect(await idsOf('unit=dogs&state=requested,accepted,started')).toHaveLength(3);
    expect(await idsOf(`alarm=${alarm.id}&kind=dog&reason=radiation-alarm&overdue=false`)).toHaveLength(4);
    expect(await idsOf(`passage=${alarm.passageId}&unit=dogs`)).toHaveLength(4);
    expect(await idsOf('unit=dogs&overdue=true')).toEqual([]);
    const units = await get<{ items: { unit: string }[] }>('/api/v1/units');
    expect(units.items.find(({ unit }) => unit === 'dogs')).toEqual({
      unit: 'dogs',
      requested: 2,
      accepted: 1,
      started: 0,
      overdue: 0,
      nextDueAt: made.find(({ id }) => id === one)?.dueAt,
      oldestRequestedAt: made[0]?.requested.at,
    });
    expect((await bench.call(`${base}?state=lost`)).status).toBe(422);
    expect((await bench.call(`${base}?cursor=x`)).status).toBe(400);
  });
});
