import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drivers } from '../../drivers/index.ts';
import { openDatabase } from '../../src/adapters/sqlite/database.ts';
import { openSpectra } from '../../src/adapters/sqlite/spectra.ts';
import type { Examination } from '../../src/domain/examination.ts';
import type { Match } from '../../src/domain/match.ts';
import type { Target } from '../../src/domain/target.ts';
import { catalogueOf } from '../../src/http/catalogue.ts';
import { deviceStatus, spectrumSet } from '../../src/http/openapi/examples/post.ts';
import { gamma, identity, read } from '../support/desk-bench.ts';
import { until } from '../support/until.ts';
import { type HttpBench, startHttpBench } from './http-bench.ts';
import { openWalker, type Walker } from './openapi-walker.ts';
import { cookieOf, signInAs } from './signed-in.ts';

let bench: HttpBench;
let walker: Walker;
beforeAll(async () => {
  bench = await startHttpBench({ devices: () => [deviceStatus], drivers: catalogueOf(drivers, []) });
  walker = await openWalker(bench);
});
afterAll(() => bench[Symbol.asyncDispose]());

const soon = () => new Date(Date.now() + 600_000).toISOString();
const idOf = async (name: string) => (await bench.raise(name)).id;

/** What the container of the examples does at a lane of the bench. */
async function passes(): Promise<{ readonly match: Match; readonly passageId: string }> {
  const receivedAtMs = Date.now();
  const raw = { deviceId: 'ocr', receivedAt: new Date(receivedAtMs).toISOString(), sha256: 'b'.repeat(64) };
  const take = (deviceId: string, observation: Parameters<typeof identity>[2] | object) =>
    bench.desk.take({ type: 'observation', deviceId, laneId: 'lane-2', observation, raw, receivedAtMs } as never);
  take('ocr', identity('read-1', [read('container', 'CSQU3054383')], receivedAtMs));
  take('rpm-2', gamma(receivedAtMs, 1));
  const match = await until('the match', () => [...bench.desk.state.matches.values()][0]);
  return { match, passageId: match.passageId };
}

test('the first administrator is made by the example', async () => {
  await using fresh = await startHttpBench({}, { adminToken: undefined });
  const { go, refused } = await openWalker(fresh, walker);
  await go('GET /setup', { token: null });
  expect(await refused('POST /setup', 401, { token: null })).toBe('not-authenticated');
  await go('POST /setup', { token: null, change: { code: fresh.access.setUp.begin() } });
});

test('users and tokens are made by the examples', async () => {
  const { go, refused } = walker;
  const users = '/api/v1/users';
  const { name } = await go<{ name: string }>(`POST ${users}`);
  expect(await refused(`POST ${users}`, 409)).toBe('forbidden-transition');
  await go(`GET ${users}`);
  await go(`GET ${users}/{name}`, { id: name });
  const signedIn = await signInAs(bench, name, 'correct horse battery');
  await go('PUT /api/v1/session/password', { token: null, headers: { cookie: cookieOf(signedIn) } });
  await go(`PUT ${users}/{name}`, { id: name });
  await go(`DELETE ${users}/{name}/lock-out`, { id: name });
  await go(`DELETE ${users}/{name}`, { id: name });
  const { id } = await go<{ id: string }>('POST /api/v1/tokens');
  await go('GET /api/v1/tokens');
  await go('DELETE /api/v1/tokens/{id}', { id });
});

test('the alarm’s examples are taken, each by an alarm that is ready for it', async () => {
  const { go, refused } = walker;
  const post = '/api/v1/alarms/{id}';
  const id = await idOf('rpm-ack');
  await go(`POST ${post}/acknowledge`, { id });
  expect(await refused(`POST ${post}/acknowledge`, 409, { id })).toBe('forbidden-transition');
  await go(`POST ${post}/comment`, { id });
  expect(await refused(`POST ${post}/comment`, 412, { id, headers: { 'if-match': '"1"' } })).toBe('stale-version');
  expect(await refused(`POST ${post}/comment`, 404, { id: 'none' })).toBe('not-found');
  expect(await refused(`POST ${post}/comment`, 422, { id, change: { text: '' } })).toBe('invalid-request');
  expect(await refused(`POST ${post}/dispose`, 422, { id, change: { code: 'nonsense' } })).toBe('unknown-code');
  await go(`POST ${post}/dispose`, { id });
  await go(`POST ${post}/reopen`, { id });
  const shelved = await idOf('rpm-shelve');
  await go(`POST ${post}/shelve`, { id: shelved, change: { until: soon() } });
  await go(`POST ${post}/unshelve`, { id: shelved });
  await go('GET /api/v1/alarms', { query: '?limit=1' });
  expect(await refused('GET /api/v1/alarms', 400, { query: '?cursor=abc' })).toBe('cursor-unknown');
  expect(await refused('GET /api/v1/alarms', 401, { token: null })).toBe('not-authenticated');
  expect(await refused('GET /api/v1/alarms', 403, { token: bench.tokenOf('technician') })).toBe('not-allowed');
  await go(`GET ${post}`, { id });
});

test('the closed loop goes by its examples: target, match, examination, result, delivery', async () => {
  const { go, refused } = walker;
  const target = await go<Target>('POST /api/v1/targets', { headers: { 'idempotency-key': 'one' } });
  const other = { headers: { 'idempotency-key': 'one' }, change: { reference: 'other' } };
  expect(await refused('POST /api/v1/targets', 409, other)).toBe('idempotency-conflict');
  await go('PUT /api/v1/targets/{id}', { id: target.id });
  await go('GET /api/v1/targets');
  await go('GET /api/v1/targets/{id}', { id: target.id });

  const { match, passageId } = await passes();
  await go('POST /api/v1/matches/{id}/judge', { id: match.id });
  await go('GET /api/v1/passages');
  await go('GET /api/v1/passages/{id}', { id: passageId });

  const ask = { change: { targetId: target.id } };
  const asked = await go<Examination>('POST /api/v1/examinations', ask);
  expect(await refused('POST /api/v1/examinations', 422, { change: { ...ask.change, reason: 'none' } })).toBe(
    'unknown-code',
  );
  expect(await refused('POST /api/v1/examinations', 404)).toBe('not-found');
  await go('GET /api/v1/units');
  for (const step of ['accept', 'assign', 'start', 'result', 'delivered']) {
    await go(`POST /api/v1/examinations/{id}/${step}`, { id: asked.id });
  }
  const unwanted = await go<Examination>('POST /api/v1/examinations', { change: { targetId: undefined, passageId } });
  await go('POST /api/v1/examinations/{id}/cancel', { id: unwanted.id });
  await go('GET /api/v1/examinations');
  await go('GET /api/v1/examinations/{id}', { id: asked.id });
  const kept = await go<{ sha256: string }>('POST /api/v1/attachments');
  await go('GET /api/v1/attachments/{sha256}', { id: kept.sha256 });
  await go('DELETE /api/v1/targets/{id}', { id: target.id });
});

test('lists are imported by their examples, and reported as the examples report', async () => {
  const { go } = walker;
  expect(await go('POST /api/v1/targets/import')).toMatchObject({ lines: 2, created: 2, refused: 0, warned: 0 });
  const query = '?originator=piu&risk=medium&requestedAction=notify';
  expect(await go('POST /api/v1/targets/import/edifact', { query })).toMatchObject({ created: 1, faults: [] });
});

test('the post describes itself as the document says', async () => {
  const { go, refused } = walker;
  for (const name of [
    'site',
    'lanes',
    'devices',
    'drivers',
    'schemas',
    'events',
    'figures',
    'session',
    'openapi.json',
    'asyncapi.json',
    'audit',
    'journal/head',
  ]) {
    await go(`GET /api/v1/${name}`);
  }
  await go('GET /api/v1/schemas/{type}', { id: 'lanewatch.alarm.raised' });
  await go('GET /api/v1/devices/{id}', { id: deviceStatus.id });
  await go('PUT /api/v1/lanes/{id}/service', { id: 'lane-1' });
  await go('PUT /api/v1/devices/{id}/service', { id: 'rpm-1' });
  const reading = { deviceId: 'rpm-r', laneId: 'lane-1', quantity: 'gamma', unit: 'cps', quality: 'good' } as const;
  bench.readings.put({ ...reading, value: 880, atMs: Date.now() });
  await go('GET /api/v1/readings', { query: '?device=rpm-r' });
  expect(await refused('GET /api/v1/readings', 422)).toBe('invalid-request');
  const db = openDatabase(bench.dataDir);
  await go('GET /api/v1/spectra/{id}', { id: openSpectra(db).keep(spectrumSet) });
  await db.close();
  for (const name of ['/healthz', '/readyz', '/metrics']) await go(`GET ${name}`);
});

test('a browser signs in and out by the examples', async () => {
  const { go, refused } = walker;
  await go('GET /signin', { token: null });
  await go('POST /api/v1/session', { token: null, change: { token: bench.tokenOf('operator') } });
  expect(await refused('POST /api/v1/session', 401, { token: null })).toBe('not-authenticated');
  await go('POST /api/v1/sign-in-links');
  await go('DELETE /api/v1/session');
});

test('a webhook is subscribed by the examples, sent to, rotated, replayed and deleted', async () => {
  const { go, refused } = walker;
  let taken = 0;
  const receiver = createServer((request, response) => {
    taken += 1;
    request.resume().on('end', () => response.writeHead(204).end());
  }).listen(0, '127.0.0.1');
  await until('the receiver', () => receiver.listening);
  const change = { url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/lanewatch` };
  const own = '/api/v1/subscriptions';
  const { id } = await go<{ id: string }>(`POST ${own}`, { change });
  expect(await refused(`POST ${own}`, 422, { change: { url: 'http://169.254.1.1/' } })).toBe('invalid-request');
  await bench.raise('rpm-webhook');
  await until('a delivery', () => taken > 0);
  await go(`GET ${own}`);
  await go(`GET ${own}/{id}`, { id });
  await go(`PUT ${own}/{id}`, { id, change });
  await go(`POST ${own}/{id}/rotate`, { id });
  const [from, to] = [Date.now() - 60_000, Date.now()].map((atMs) => new Date(atMs).toISOString());
  await go(`POST ${own}/{id}/replay`, { id, change: { from, to } });
  await go(`GET ${own}/{id}/deliveries`, { id });
  await go('GET /api/v1/feeds');
  await go(`DELETE ${own}/{id}/parked`, { id });
  await go(`DELETE ${own}/{id}`, { id });
  receiver.close();
});

test('masked data is shown by the examples, when two agree', async () => {
  const { go, refused } = walker;
  const { id } = await go<{ id: string }>('POST /api/v1/unmaskings', { token: bench.tokenOf('operator') });
  await go('POST /api/v1/unmaskings/{id}/decide', { id });
  expect(await refused('POST /api/v1/unmaskings/{id}/decide', 409, { id })).toBe('forbidden-transition');
  await go('GET /api/v1/unmaskings');
});

test('every example of a request has been sent', () => {
  const { operations, walked } = walker;
  const unsent = operations.filter(({ name, operation }) => operation.requestBody !== undefined && !walked.has(name));
  expect(unsent.map(({ name }) => name)).toEqual([]);
});
