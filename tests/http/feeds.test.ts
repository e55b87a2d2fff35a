import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { containerTarget } from './container-target.ts';
import { type HttpBench, startHttpBench } from './http-bench.ts';

let bench: HttpBench;
beforeAll(async () => {
  bench = await startHttpBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

const get = async <T>(path: string): Promise<T> => (await bench.call(path)).json() as Promise<T>;

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
    await bench.call('/api/v1/targets', { method: 'POST', json: containerTarget });
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
      const atMs = Date.UTC(2026, 0, 1, 0, 0, second);
      const reading = { deviceId: 'rpm-r', laneId: 'lane-1', quantity: 'gamma', unit: 'cps', quality: 'good' } as const;
      bench.readings.put({ ...reading, value, atMs });
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
