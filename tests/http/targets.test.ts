import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Target } from '../../src/domain/target.ts';
import { containerTarget } from './container-target.ts';
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

describe('targets', () => {
  it('are put by (originator, reference), changed, and withdrawn', async () => {
    const added = await post('/api/v1/targets', containerTarget);
    expect(added.status).toBe(201);
    const target = (await added.json()) as Target;
    const same = await post('/api/v1/targets', containerTarget);
    expect([same.status, await same.json()]).toEqual([200, target]);
    const path = `/api/v1/targets/${target.id}`;
    const etag = (await bench.call(path)).headers.get('etag') ?? '';
    const change = { json: { ...containerTarget, risk: 'critical' }, headers: { 'if-match': etag } };
    const changed = await bench.call(path, { method: 'PUT', ...change });
    expect([changed.status, ((await changed.json()) as Target).risk]).toEqual([200, 'critical']);
    expect((await bench.call(path, { method: 'PUT', ...change })).status).toBe(412);
    expect((await post('/api/v1/targets', containerTarget, { 'if-match': etag })).status).toBe(412);
    const gone = await bench.call(path, { method: 'DELETE' });
    expect([gone.status, ((await gone.json()) as Target).state]).toEqual([200, 'withdrawn']);
    expect(await get('/api/v1/targets?state=withdrawn&q=ft-1')).toMatchObject({
      items: [{ id: target.id }],
      next: null,
    });
  });

  it('are not taken with a validity that ends before it begins', async () => {
    const validity = { validFrom: '2030-01-02T00:00:00+02:00', validUntil: '2030-01-01T22:00:00Z' };
    expect(await problemOf(await post('/api/v1/targets', { ...containerTarget, ...validity }))).toMatchObject({
      ...{ status: 422, code: 'invalid-request' },
      errors: [{ path: 'body/validUntil', message: 'is not after validFrom' }],
    });
    const edifact = await bench.call(
      `/api/v1/targets/import/edifact?originator=piu&risk=medium&requestedAction=notify&validFrom=2030-01-02T00:00:00Z&validUntil=2030-01-01T00:00:00Z`,
      { method: 'POST', headers: { 'content-type': 'application/edifact' }, body: 'UNB' },
    );
    expect(await problemOf(edifact)).toMatchObject({
      ...{ status: 422, code: 'invalid-request' },
      errors: [{ path: 'querystring/validUntil' }],
    });
  });

  it('do not take the reference of another one: the problem names it', async () => {
    const put = async (reference: string) =>
      (await (await post('/api/v1/targets', { ...containerTarget, reference })).json()) as Target;
    const [one, other] = [await put('taken-1'), await put('taken-2')];
    const json = { ...containerTarget, reference: 'taken-2' };
    const refused = await problemOf(await bench.call(`/api/v1/targets/${one.id}`, { method: 'PUT', json }));
    expect(refused).toMatchObject({
      ...{ status: 409, code: 'forbidden-transition', state: 'active', verb: 'put', conflictsWith: other.id },
    });
    expect(refused.detail).toBe(`target ${one.id} cannot be taken-2 of ${one.originator}: that is target ${other.id}`);
  });

  it('are imported line by line; a bad line says why and changes nothing for the others', async () => {
    const line = (n: number) => JSON.stringify({ ...containerTarget, reference: `import-${n}` });
    const lines = [
      line(1),
      '{',
      '',
      JSON.stringify({ ...containerTarget, risk: 'huge' }),
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
    const body = Array.from({ length: 10_000 }, (_, n) =>
      JSON.stringify({ ...containerTarget, reference: `many-${n}` }),
    ).join('\n');
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
    expect(await (await importing).json()).toMatchObject({ lines: 10_000, created: 10_000, refused: 0, refusals: [] });
    expect(between).toBeGreaterThan(10);
  });

  it('are imported once for one Idempotency-Key: the report is given again, another list is refused', async () => {
    const line = (n: number) => JSON.stringify({ ...containerTarget, reference: `keyed-${n}` });
    const send = (body: string) =>
      bench.call('/api/v1/targets/import', {
        method: 'POST',
        headers: { 'content-type': 'application/x-ndjson', 'idempotency-key': 'import-1' },
        body,
      });
    const [first, again] = await Promise.all([send(`${line(1)}\n${line(2)}`), send(`${line(1)}\n${line(2)}`)]);
    const replayed = [first, again].map((answer) => answer.headers.get('idempotency-replayed'));
    expect(replayed.toSorted()).toEqual([null, 'true'].toSorted());
    expect(await again.text()).toBe(await first.text());
    const other = await send(line(3));
    expect([other.status, ((await other.json()) as { code: string }).code]).toEqual([409, 'idempotency-conflict']);
    expect(await get('/api/v1/targets?q=keyed-3')).toMatchObject({ items: [] });
  });

  it('are accepted as weak, with a warning by line, where a check digit fails', async () => {
    const weak = { ...containerTarget, reference: 'weak', identifiers: [{ kind: 'container', value: 'CSQU3054384' }] };
    const headers = { 'content-type': 'application/x-ndjson' };
    const answer = await bench.call('/api/v1/targets/import', { method: 'POST', headers, body: JSON.stringify(weak) });
    expect(await answer.json()).toMatchObject({
      created: 1,
      warned: 1,
      warnings: [{ line: 1, warnings: [expect.stringContaining('fails the ISO 6346 check digit')] }],
    });
  });
});
