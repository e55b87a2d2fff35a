import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { containerTarget } from './container-target.ts';
import { type HttpBench, startHttpBench } from './http-bench.ts';
import { problemOf } from './problem-of.ts';

let bench: HttpBench;
beforeAll(async () => {
  bench = await startHttpBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

const post = (path: string, json: unknown, headers: Record<string, string> = {}) =>
  bench.call(path, { method: 'POST', json, headers });

describe('bad requests are problems', () => {
  it.each([
    ['/api/v1/alarms?priority=huge', 'querystring/priority/0'],
    ['/api/v1/alarms?limit=0', 'querystring/limit'],
    ['/api/v1/alarms?from=yesterday', 'querystring/from'],
    ['/api/v1/alarms?colour=red', 'querystring'],
    ['/api/v1/events?after=-1', 'querystring/after'],
    ['/api/v1/events?types=lanewatch.*.raised', 'querystring/types/0'],
  ])('%s', async (path, where) => {
    const problem = await problemOf(await bench.call(path));
    expect(problem).toMatchObject({ status: 422, code: 'invalid-request', errors: [{ path: where }] });
  });

  it('a body that does not fit, field by field', async () => {
    const problem = await problemOf(
      await post('/api/v1/targets', {
        ...containerTarget,
        risk: 'huge',
        identifiers: [{ kind: 'colour', value: '1' }],
      }),
    );
    expect(problem).toMatchObject({ status: 422, code: 'invalid-request' });
    expect(problem.errors).toEqual([
      { path: 'body/identifiers/0/kind', message: expect.any(String) },
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
    expect(await problemOf(await bench.call(path, { method: 'POST', ...init }))).toMatchObject({ status, code });
  });
});
