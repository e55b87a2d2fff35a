import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Alarm } from '../../src/domain/alarm.ts';
import { type HttpBench, startHttpBench } from './http-bench.ts';
import { problemOf } from './problem-of.ts';

let bench: HttpBench;
beforeAll(async () => {
  bench = await startHttpBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

const get = async <T>(path: string): Promise<T> => (await bench.call(path)).json() as Promise<T>;
const post = (path: string, json: unknown, headers: Record<string, string> = {}) =>
  bench.call(path, { method: 'POST', json, headers });

describe('alarms', () => {
  it('are listed newest first, page by page, and by filters separated by commas or repeated', async () => {
    const raised = [await bench.raise('rpm-1'), await bench.raise('rpm-2'), await bench.raise('rpm-3')];
    const { id } = raised[1] ?? { id: '' };
    await post(`/api/v1/alarms/${id}/acknowledge`, undefined);
    type List = { items: Alarm[]; next: string | null };
    const idsOf = async (query: string) => (await get<List>(`/api/v1/alarms${query}`)).items.map((alarm) => alarm.id);

    const first = await get<List>('/api/v1/alarms?limit=2');
    const rest = await get<List>(`/api/v1/alarms?limit=2&cursor=${first.next}`);
    expect(new Set([...first.items, ...rest.items].map((alarm) => alarm.id))).toEqual(
      new Set(raised.map((one) => one.id)),
    );
    expect(rest.next).toBeNull();
    expect(await idsOf('?state=acknowledged')).toEqual([id]);
    expect(await idsOf('?state=acknowledged,unacknowledged&priority=high')).toHaveLength(3);
    expect(await idsOf('?state=acknowledged&state=unacknowledged&signal=gamma&lane=lane-1')).toHaveLength(3);
    expect(await idsOf('?signal=neutron')).toEqual([]);
    expect(await idsOf(`?to=${raised[0]?.raisedAt}`)).toEqual([]);
    expect(await idsOf('?from=2026-01-01T00:00:00%2B01:00&q=RPM-2')).toEqual([id]);
  });

  it('carry their version as ETag; a command with another version is refused', async () => {
    const { id } = await bench.raise('rpm-etag');
    const etag = (await bench.call(`/api/v1/alarms/${id}`)).headers.get('etag') ?? '';
    const acknowledged = await post(`/api/v1/alarms/${id}/acknowledge`, { note: 'seen' }, { 'if-match': etag });
    expect(acknowledged.status).toBe(200);
    expect(acknowledged.headers.get('etag')).not.toBe(etag);
    const alarm = (await acknowledged.json()) as Alarm;
    expect(alarm).toMatchObject({ state: 'acknowledged', acknowledged: { by: 'administrator', note: 'seen' } });
    expect(await get(`/api/v1/alarms/${id}`)).toEqual(alarm);

    const dispose = { class: 'innocent', code: 'norm' };
    const path = `/api/v1/alarms/${id}/dispose`;
    expect(await problemOf(await post(path, dispose, { 'if-match': etag }))).toMatchObject({
      code: 'stale-version',
      status: 412,
    });
    expect(await problemOf(await post(path, dispose, { 'if-match': 'soon' }))).toMatchObject({
      code: 'invalid-request',
    });
    expect((await post(path, dispose, { 'if-match': String(alarm.version) })).status).toBe(200);
    expect((await post(`/api/v1/alarms/${id}/comment`, { text: 'again' }, { 'if-match': '*' })).status).toBe(200);
  });

  it('refuse what their state or the code list forbids, saying so', async () => {
    const { id } = await bench.raise('rpm-refuse');
    const path = `/api/v1/alarms/${id}`;
    const wrong = await problemOf(await post(`${path}/dispose`, { class: 'real', code: 'norm' }));
    expect(wrong).toMatchObject({ code: 'unknown-code', status: 422, field: 'code' });
    expect(wrong.allowed).toContain('contraband');
    const classless = await problemOf(await post(`${path}/dispose`, { class: 'constructor', code: 'norm' }));
    expect(classless).toMatchObject({ code: 'unknown-code', status: 422, field: 'class' });
    expect(classless.allowed).toEqual(['real', 'innocent', 'false', 'test', 'tamper', 'unresolved']);
    expect(classless.detail).toContain('constructor');
    expect(await problemOf(await post(`${path}/dispose`, { code: 'norm' }))).toMatchObject({
      code: 'invalid-request',
      errors: [{ path: 'body/class' }],
    });
    await post(`${path}/acknowledge`, {});
    expect(await problemOf(await post(`${path}/acknowledge`, {}))).toMatchObject({
      code: 'forbidden-transition',
      status: 409,
    });
    expect(await problemOf(await post('/api/v1/alarms/none/acknowledge', {}))).toMatchObject({ code: 'not-found' });
    expect(await problemOf(await bench.call('/api/v1/alarms/none'))).toMatchObject({ code: 'not-found', status: 404 });
  });
});

describe('shelving and reopening', () => {
  const inS = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

  it('takes an alarm off and puts it back, with a reason, an end and a limit', async () => {
    const { id } = await bench.raise('rpm-shelve');
    const path = `/api/v1/alarms/${id}`;
    const until = inS(600);
    const shelved = await post(`${path}/shelve`, { reason: 'source under test', until }, { 'idempotency-key': 's1' });
    expect(shelved.status).toBe(200);
    const alarm = (await shelved.json()) as Alarm;
    expect(alarm).toMatchObject({ state: 'shelved', shelved: { by: 'administrator', until } });
    const listed = await get<{ items: Alarm[] }>('/api/v1/alarms?state=shelved&q=rpm-shelve');
    expect(listed.items).toEqual([alarm]);
    const twice = await post(`${path}/shelve`, { reason: 'source under test', until }, { 'idempotency-key': 's1' });
    expect(await twice.json()).toEqual(alarm);
    expect(await problemOf(await post(`${path}/shelve`, { reason: 'x', until }))).toMatchObject({
      code: 'forbidden-transition',
      state: 'shelved',
    });
    expect(await problemOf(await post(`${path}/unshelve`, {}, { 'if-match': '1' }))).toMatchObject({ status: 412 });
    const back = await post(`${path}/unshelve`, undefined, { 'if-match': `"${alarm.version}"` });
    expect(await back.json()).toMatchObject({ state: 'unacknowledged', unshelved: { by: 'administrator' } });
  });

  it('refuses an end that is past, too far, or no time, and a shelving without a reason', async () => {
    const { id } = await bench.raise('rpm-limit');
    const shelve = (json: object) => post(`/api/v1/alarms/${id}/shelve`, json).then(problemOf);
    expect(await shelve({ reason: 'x', until: inS(901) })).toMatchObject({
      code: 'invalid-request',
      status: 422,
      priority: 'high',
      longestS: 900,
    });
    expect(await shelve({ reason: 'x', until: inS(-1) })).toMatchObject({ code: 'invalid-request' });
    expect(await shelve({ reason: 'x', until: 'tomorrow' })).toMatchObject({ code: 'invalid-request' });
    expect(await shelve({ reason: ' ', until: inS(60) })).toMatchObject({ code: 'invalid-request' });
    expect(await shelve({ until: inS(60) })).toMatchObject({ code: 'invalid-request' });
  });

  it('reopens what was disposed of, once', async () => {
    const { id } = await bench.raise('rpm-reopen');
    const path = `/api/v1/alarms/${id}`;
    expect(await problemOf(await post(`${path}/reopen`, {}))).toMatchObject({ code: 'forbidden-transition' });
    await post(`${path}/dispose`, { class: 'innocent', code: 'norm' });
    const reopened = (await (await post(`${path}/reopen`, { note: 'second look' })).json()) as Alarm;
    expect(reopened).toMatchObject({
      state: 'unacknowledged',
      disposition: null,
      acknowledged: null,
      reopened: { by: 'administrator', note: 'second look' },
    });
    expect((await post(`${path}/dispose`, { class: 'real', code: 'contraband' })).status).toBe(200);
  });
});
