import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Described, examplesOf, type OpenApi, operationsOf, resolved } from '../support/openapi.ts';
import { betraying, planted } from '../support/planted.ts';
import { adminToken, type HttpBench, startHttpBench } from './http-bench.ts';

/** What people and programs send that they should not: of every type, too long, half, and hostile. */
const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('', ' ', '\0', '../../etc/passwd', "' OR 1=1 --", '$$7*7', '\u202e', 'x'.repeat(5_000), '%00', '-1'),
  fc.jsonValue({ maxDepth: 2 }),
  fc.integer(),
  fc.constant(null),
);
/** Ends the session, or the credential, that the others ask with. */
const notAsked = new Set(['DELETE /api/v1/session', 'GET /api/v1/events/stream', 'GET /api/v1/live']);

let bench: HttpBench;
let document: OpenApi;
beforeAll(async () => {
  bench = await startHttpBench();
  document = (await (await bench.call('/api/v1/openapi.json')).json()) as OpenApi;
  const json = { originator: 'piu', reference: 'P-1', kind: 'passenger', name: planted.name, risk: 'high' };
  const identifiers = [{ kind: 'travel-document', value: planted.passport, issuer: 'NLD' }];
  await bench.call('/api/v1/targets', { method: 'POST', json: { ...json, identifiers, requestedAction: 'examine' } });
});
afterAll(() => bench[Symbol.asyncDispose]());

/** A request of this operation with something wrong in it: in its path, its query, its headers or its body. */
function requestOf({ operation }: Described): fc.Arbitrary<{
  readonly id: string;
  readonly query: readonly (readonly [string, unknown])[];
  readonly body: unknown;
  readonly type: string;
  readonly ifMatch: string;
}> {
  const names = (operation.parameters ?? []).filter((one) => one.in === 'query').map(({ name }) => name);
  const [media] = Object.values(operation.requestBody?.content ?? {});
  const [example] = media === undefined ? [] : examplesOf(document, resolved(document, media));
  const body =
    typeof example === 'object' && example !== null && !Array.isArray(example)
      ? fc
          .tuple(fc.constantFrom(...Object.keys(example), 'unknown'), nasty)
          .map(([key, value]) => ({ ...example, [key]: value }))
      : nasty;
  return fc.record({
    id: fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }),
      fc.constantFrom('..', 'none', 'a'.repeat(300)),
    ),
    query: fc.array(fc.tuple(fc.constantFrom(...names, 'limit', 'cursor', 'q'), nasty), { maxLength: 3 }),
    body: fc.oneof(body, nasty),
    type: fc.constantFrom('application/json', 'application/x-ndjson', 'text/plain', 'application/octet-stream', 'x'),
    ifMatch: fc.constantFrom('*', '"1"', 'W/"x"', '999999999999999999', ''),
  });
}

it('no route answers 5xx, names somebody to a masked profile, or ends the service, whatever it is sent', {
  timeout: 120_000,
}, async () => {
  const masked = bench.access.createToken({ name: 'fuzz', role: 'administrator', personalData: 'masked' }).secret;
  const operations = operationsOf(document).filter(({ name }) => !notAsked.has(name));
  let asked = 0;
  for (const described of operations) {
    await fc.assert(
      fc.asyncProperty(requestOf(described), async ({ id, query, body, type, ifMatch }) => {
        const path = described.path.replaceAll(/\{\w+\}/g, encodeURIComponent(id));
        const search = new URLSearchParams(query.map(([name, value]): [string, string] => [name, String(value)]));
        const bodied = described.method !== 'GET';
        const answer = await bench.call(`${path}?${search}`, {
          method: described.method,
          token: masked,
          headers: { 'if-match': ifMatch, ...(bodied ? { 'content-type': type } : {}) },
          ...(bodied ? { body: typeof body === 'string' ? body : JSON.stringify(body ?? null) } : {}),
        });
        const text = await answer.text();
        asked += 1;
        expect(answer.status, text).toBeLessThan(500);
        expect(betraying.filter((value) => text.includes(value))).toEqual([]);
        // The dots of a path lead elsewhere before it is sent: to a page.
        const page = answer.headers.get('content-type')?.startsWith('text/html');
        if (answer.status >= 400 && !page) expect(JSON.parse(text)).toMatchObject({ code: expect.any(String) });
      }),
      { numRuns: 25 },
    );
  }
  expect(asked).toBeGreaterThanOrEqual(operations.length * 25);
  expect((await bench.call('/api/v1/alarms', { token: adminToken })).status).toBe(200);
});
