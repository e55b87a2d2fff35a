import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Alarm } from '../../src/domain/alarm.ts';
import type { Target } from '../../src/domain/target.ts';
import { type HttpBench, startHttpBench } from './http-bench.ts';

const container = {
  originator: 'freight',
  reference: 'FT-1',
  kind: 'container',
  identifiers: [{ kind: 'container', value: 'CSQU3054383' }],
  risk: 'high',
  requestedAction: 'examine',
} as const;

let bench: HttpBench;
beforeAll(async () => {
  bench = await startHttpBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

const get = async <T>(path: string): Promise<T> => (await bench.call(path)).json() as Promise<T>;
const post = (path: string, json: unknown, headers: Record<string, string> = {}) =>
  bench.call(path, { method: 'POST', json, headers });
/** Status and code of a refusal, which must be a problem. */
const refusal = async (answer: Response) => {
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  const problem = (await answer.json()) as Record<string, unknown>;
  expect(problem).toMatchObject({ status: answer.status, title: expect.any(String), detail: expect.any(String) });
  expect(JSON.stringify(problem)).not.toMatch(/node_modules|\.ts:\d/);
  return problem;
};

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
    expect(await refusal(await post(path, dispose, { 'if-match': etag }))).toMatchObject({
      code: 'stale-version',
      status: 412,
    });
    expect(await refusal(await post(path, dispose, { 'if-match': 'soon' }))).toMatchObject({ code: 'invalid-request' });
    expect((await post(path, dispose, { 'if-match': String(alarm.version) })).status).toBe(200);
    expect((await post(`/api/v1/alarms/${id}/comment`, { text: 'again' }, { 'if-match': '*' })).status).toBe(200);
  });

  it('refuse what their state or the code list forbids, saying so', async () => {
    const { id } = await bench.raise('rpm-refuse');
    const path = `/api/v1/alarms/${id}`;
    const wrong = await refusal(await post(`${path}/dispose`, { class: 'real', code: 'norm' }));
    expect(wrong).toMatchObject({ code: 'unknown-code', status: 422, allowed: expect.arrayContaining(['contraband']) });
    await post(`${path}/acknowledge`, {});
    expect(await refusal(await post(`${path}/acknowledge`, {}))).toMatchObject({
      code: 'forbidden-transition',
      status: 409,
    });
    expect(await refusal(await post('/api/v1/alarms/none/acknowledge', {}))).toMatchObject({ code: 'not-found' });
    expect(await refusal(await bench.call('/api/v1/alarms/none'))).toMatchObject({ code: 'not-found', status: 404 });
  });
});

describe('bad requests are problems', () => {
  it.each([
    ['/api/v1/alarms?priority=huge', 'querystring/priority/0'],
    ['/api/v1/alarms?limit=0', 'querystring/limit'],
    ['/api/v1/alarms?from=yesterday', 'querystring/from'],
    ['/api/v1/alarms?colour=red', 'querystring'],
    ['/api/v1/events?after=-1', 'querystring/after'],
    ['/api/v1/events?types=lanewatch.*.raised', 'querystring/types/0'],
  ])('%s', async (path, where) => {
    const problem = await refusal(await bench.call(path));
    expect(problem).toMatchObject({ status: 422, code: 'invalid-request', errors: [{ path: where }] });
  });

  it('a body that does not fit, field by field', async () => {
    const problem = await refusal(await post('/api/v1/targets', { ...container, risk: 'huge', identifiers: [] }));
    expect(problem).toMatchObject({ status: 422, code: 'invalid-request' });
    expect(problem.errors).toEqual([
      { path: 'body/identifiers', message: expect.any(String) },
      { path: 'body/risk', message: expect.any(String) },
    ]);
  });

  it.each<[string, string, RequestInit, number, string]>([
    [
      'not JSON',
      '/api/v1/targets',
      { headers: { 'content-type': 'application/json' }, body: '{' },
      400,
      'malformed-request',
    ],
    [
      'another media type',
      '/api/v1/targets',
      { headers: { 'content-type': 'text/xml' }, body: '<a/>' },
      415,
      'unsupported-media-type',
    ],
    ['no body at all', '/api/v1/targets', {}, 422, 'invalid-request'],
    [
      'more than a megabyte',
      '/api/v1/targets',
      { headers: { 'content-type': 'application/json' }, body: `"${'x'.repeat(1_048_576)}"` },
      413,
      'too-large',
    ],
    ['a bad address', '/api/v1/alarms/%E0%A4%A', {}, 400, 'malformed-request'],
    ['a method that is not there', '/api/v1/site', {}, 404, 'not-found'],
    ['a cursor that is not ours', '/api/v1/alarms?cursor=abc', { method: 'GET' }, 400, 'cursor-unknown'],
    ['a live stream without upgrade', '/api/v1/live', { method: 'GET' }, 422, 'invalid-request'],
  ])('%s', async (_what, path, init, status, code) => {
    expect(await refusal(await bench.call(path, { method: 'POST', ...init }))).toMatchObject({ status, code });
  });
});

describe('targets', () => {
  it('are put by (originator, reference), changed, and withdrawn', async () => {
    const added = await post('/api/v1/targets', container);
    expect(added.status).toBe(201);
    const target = (await added.json()) as Target;
    const same = await post('/api/v1/targets', container);
    expect([same.status, await same.json()]).toEqual([200, target]);
    const path = `/api/v1/targets/${target.id}`;
    const etag = (await bench.call(path)).headers.get('etag') ?? '';
    const change = { json: { ...container, risk: 'critical' }, headers: { 'if-match': etag } };
    const changed = await bench.call(path, { method: 'PUT', ...change });
    expect([changed.status, ((await changed.json()) as Target).risk]).toEqual([200, 'critical']);
    expect((await bench.call(path, { method: 'PUT', ...change })).status).toBe(412);
    const gone = await bench.call(path, { method: 'DELETE' });
    expect([gone.status, ((await gone.json()) as Target).state]).toEqual([200, 'withdrawn']);
    expect(await get('/api/v1/targets?state=withdrawn&q=ft-1')).toMatchObject({
      items: [{ id: target.id }],
      next: null,
    });
  });

  it('are imported line by line; a bad line says why and changes nothing for the others', async () => {
    const line = (n: number) => JSON.stringify({ ...container, reference: `import-${n}` });
    const lines = [
      line(1),
      '{',
      '',
      JSON.stringify({ ...container, risk: 'huge' }),
      `"${'x'.repeat(70_000)}"`,
      line(6),
    ];
    const send = () =>
      bench.call('/api/v1/targets/import', {
        method: 'POST',
        headers: { 'content-type': 'application/x-ndjson' },
        body: lines.join('\r\n'),
      });
    const report = await (await send()).json();
    expect(report).toMatchObject({ lines: 6, created: 2, kept: 0, refused: 3 });
    expect(report).toMatchObject({
      refusals: [
        { line: 2, code: 'malformed-request' },
        { line: 4, code: 'invalid-request', errors: [{ path: '/risk' }] },
        { line: 5, code: 'too-large' },
      ],
    });
    expect(await (await send()).json()).toMatchObject({ created: 0, kept: 2, refused: 3 });
  });

  it('are imported by the thousand without holding up others', async () => {
    const body = Array.from({ length: 2_000 }, (_, n) => JSON.stringify({ ...container, reference: `many-${n}` })).join(
      '\n',
    );
    const headers = { 'content-type': 'application/x-ndjson' };
    let done = false;
    const importing = bench.call('/api/v1/targets/import', { method: 'POST', headers, body }).finally(() => {
      done = true;
    });
    let between = 0;
    while (!done) {
      await bench.call('/healthz');
      between += 1;
    }
    expect(await (await importing).json()).toMatchObject({ lines: 2_000, created: 2_000, refused: 0, refusals: [] });
    expect(between).toBeGreaterThan(10);
  });
});

describe('the event feed', () => {
  interface CloudEvent {
    readonly sequence: string;
    readonly type: string;
  }
  const pull = async (query: string, token?: string) => {
    const answer = await bench.call(`/api/v1/events?${query}`, token === undefined ? {} : { token });
    expect(answer.headers.get('content-type')).toContain('application/cloudevents-batch+json');
    return { events: (await answer.json()) as CloudEvent[], next: answer.headers.get('lanewatch-next') ?? '' };
  };

  it('gives each event once and in order to who follows the cursor', async () => {
    await bench.raise('rpm-events');
    const seen: number[] = [];
    for (let after = '0', more = true; more; ) {
      const { events, next } = await pull(`after=${after}&limit=700`);
      seen.push(...events.map((event) => Number(event.sequence)));
      more = next !== after && events.length > 0;
      after = next;
    }
    expect(seen).toEqual(Array.from({ length: bench.journal.head().sequence }, (_, index) => index + 1));
  });

  it('keeps to the types asked for, and is empty beyond the head', async () => {
    const { events } = await pull('types=lanewatch.alarm.*,lanewatch.passage.opened&limit=1000');
    expect(new Set(events.map((event) => event.type.split('.')[1]))).toEqual(new Set(['alarm', 'passage']));
    expect(await pull('after=99999999999999')).toEqual({ events: [], next: '00000099999999999999' });
  });

  it('leaves out what the reader may not see, and moves on past it', async () => {
    const all = await pull('limit=1000');
    const { events, next } = await pull('limit=1000', bench.tokenOf('operator'));
    expect(next).toBe(all.next);
    expect(events.some((event) => event.type.startsWith('lanewatch.alarm.'))).toBe(true);
    expect(events.some((event) => event.type.startsWith('lanewatch.target.'))).toBe(false);
    expect(all.events.some((event) => event.type.startsWith('lanewatch.target.'))).toBe(true);
  });
});

describe('the rest', () => {
  it('answers readings, thinned to the highest of each step', async () => {
    for (const [second, value] of [300, 900, 400, 350].entries()) {
      const at = new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
      const reading = { deviceId: 'rpm-r', laneId: 'lane-1', quantity: 'gamma', unit: 'cps', quality: 'good' } as const;
      bench.readings.put({ ...reading, value, at });
    }
    const values = async (query: string) => {
      const { items } = await get<{ items: { value: number }[] }>(`/api/v1/readings?device=rpm-r${query}`);
      return items.map((item) => item.value);
    };
    expect(await values('')).toEqual([300, 900, 400, 350]);
    expect(await values('&step=2')).toEqual([900, 400]);
    expect(await values('&from=2026-01-01T00:00:02Z&quantity=gamma')).toEqual([400, 350]);
  });

  it('describes itself in OpenAPI 3.1, every route of the API with what it asks for', async () => {
    const document = await get<{ openapi: string; paths: Record<string, unknown>; components: { schemas: object } }>(
      '/api/v1/openapi.json',
    );
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.components.schemas)).toEqual(
      expect.arrayContaining(['Alarm', 'Passage', 'Problem', 'Target']),
    );
    const described = Object.keys(document.paths);
    const api = bench.app.guardedRoutes.filter(({ url }) => /^\/api\/v1\/(?!live|openapi)/.test(url));
    expect(described).toEqual(expect.arrayContaining(api.map(({ url }) => url.replace(/:(\w+)/g, '{$1}'))));
    expect(document.paths['/api/v1/alarms/{id}/acknowledge']).toMatchObject({
      post: { security: [{ token: [] }, { session: [] }], description: expect.stringContaining('command-alarms') },
    });
  });

  it('is alive, ready, and measured', async () => {
    expect((await bench.call('/healthz', { token: null })).status).toBe(200);
    expect(await (await bench.call('/readyz', { token: null })).json()).toEqual({ ok: true, reasons: [] });
    expect(await (await bench.call('/metrics')).text()).toContain('lanewatch_up 1');
    await using broken = await startHttpBench({ ready: () => ({ ok: false, reasons: ['the journal is full'] }) });
    const answer = await broken.call('/readyz', { token: null });
    expect([answer.status, await answer.json()]).toEqual([503, { ok: false, reasons: ['the journal is full'] }]);
  });
});
