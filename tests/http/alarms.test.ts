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
    expect(wrong).toMatchObject({ code: 'unknown-code', status: 422, allowed: expect.arrayContaining(['contraband']) });
    await post(`${path}/acknowledge`, {});
    expect(await problemOf(await post(`${path}/acknowledge`, {}))).toMatchObject({
      code: 'forbidden-transition',
      status: 409,
    });
    expect(await problemOf(await post('/api/v1/alarms/none/acknowledge', {}))).toMatchObject({ code: 'not-found' });
    expect(await problemOf(await bench.call('/api/v1/alarms/none'))).toMatchObject({ code: 'not-found', status: 404 });
  });
});
