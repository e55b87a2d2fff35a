import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Match } from '../../src/domain/match.ts';
import { identity, only, read } from '../support/desk-bench.ts';
import { containerTarget } from './container-target.ts';
import { type HttpBench, startHttpBench } from './http-bench.ts';
import { problemOf } from './problem-of.ts';

let bench: HttpBench;
beforeAll(async () => {
  bench = await startHttpBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

/** A target whose plate has just been read. */
async function matched(): Promise<Match> {
  const target = { ...containerTarget, kind: 'vehicle', identifiers: [{ kind: 'plate', value: 'AB123C' }] };
  await bench.call('/api/v1/targets', { method: 'POST', json: target });
  const receivedAtMs = Date.now();
  const raw = { deviceId: 'anpr', receivedAt: new Date(receivedAtMs).toISOString(), sha256: 'a'.repeat(64) };
  const observation = identity('r1', [read('plate', 'AB123C')], receivedAtMs);
  bench.desk.take({ type: 'observation', deviceId: 'anpr', laneId: 'lane-1', observation, raw, receivedAtMs });
  return only([...bench.desk.state.matches.values()]);
}

it('a match is judged as it was read: a verdict on a former version, or of an unknown word, is refused', async () => {
  const { id, version } = await matched();
  const judge = (verdict: string, headers: Record<string, string> = {}) =>
    bench.call(`/api/v1/matches/${id}/judge`, { method: 'POST', json: { verdict }, headers });
  const etag = `"${version}"`;
  const judged = await judge('confirmed', { 'if-match': etag });
  expect([judged.status, judged.headers.get('etag')]).toEqual([200, `"${version + 1}"`]);
  expect(await judged.json()).toMatchObject({ version: version + 1, verdict: { verdict: 'confirmed' } });

  const stale = await judge('rejected', { 'if-match': etag });
  expect([stale.status, await stale.json()]).toMatchObject([412, { code: 'stale-version' }]);
  const unknown = await judge('perhaps');
  expect(await problemOf(unknown)).toMatchObject({
    ...{ status: 422, code: 'unknown-code', field: 'verdict' },
    allowed: ['confirmed', 'rejected', 'unsure'],
  });
  expect(bench.desk.state.matches.get(id)?.verdict?.verdict).toBe('confirmed');
});
