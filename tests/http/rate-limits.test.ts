import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { networkOf } from '../../src/http/access/addresses.ts';
import { until } from '../support/until.ts';
import { containerTarget } from './container-target.ts';
import { type HttpBench, startHttpBench } from './http-bench.ts';
import { connectLive, subscribeTo } from './live-client.ts';
import { callBy, cookieOf } from './signed-in.ts';

let bench: HttpBench;
beforeEach(async () => {
  bench = await startHttpBench({
    edge: { rateLimit: { perCredential: 20, perAddress: 10 }, trustProxy: ['127.0.0.1'] },
  });
});
afterEach(() => bench[Symbol.asyncDispose]());

const statusesOf = async (times: number, ask: (at: number) => Promise<Response>) => {
  const answers: Response[] = [];
  for (let at = 0; at < times; at += 1) answers.push(await ask(at));
  return { passed: answers.filter(({ status }) => status !== 429).length, last: answers.at(-1) };
};

describe('more requests a minute than are allowed', () => {
  it('are refused for the credential, which is told how long, and for no other', async () => {
    const [token, other] = [bench.tokenOf('operator'), bench.tokenOf('operator')];
    const { passed, last } = await statusesOf(25, () => bench.call('/api/v1/site', { token }));
    expect(passed).toBe(20);
    expect(last?.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(Number(last?.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect(await last?.json()).toMatchObject({ code: 'too-many-requests', status: 429 });
    expect((await bench.call('/api/v1/site', { token: other })).status).toBe(200);
  });

  it('are counted for a session as for a token', async () => {
    const json = { token: bench.tokenOf('operator') };
    const cookie = cookieOf(await bench.call('/api/v1/session', { method: 'POST', token: null, json }));
    expect((await statusesOf(25, () => callBy(bench, cookie, '/api/v1/site'))).passed).toBe(20);
  });

  it('are counted by address without a credential, and invented ones are none', async () => {
    const ask = (at: number) => bench.call('/api/v1/site', { token: `lw_invented-${at}` });
    expect((await statusesOf(15, ask)).passed).toBe(10);
    expect((await bench.call('/signin', { token: null })).status).toBe(429);
    const elsewhere = { 'x-forwarded-for': '192.0.2.9' };
    expect((await bench.call('/signin', { token: null, headers: elsewhere })).status).toBe(200);
    expect((await bench.call('/api/v1/site')).status).toBe(200);
  });

  it('never hold up who watches over the service', async () => {
    expect((await statusesOf(50, () => bench.call('/healthz', { token: null }))).passed).toBe(50);
  });

  it('break off no live stream, and a list of many targets is one', async () => {
    const token = bench.tokenOf('administrator');
    using live = await connectLive(bench.address, subscribeTo({ after: null }), {
      headers: { authorization: `Bearer ${token}` },
    });
    await until('it listens', () => live.caughtUp());
    const lines = Array.from({ length: 500 }, (_, at) => JSON.stringify({ ...containerTarget, reference: `R-${at}` }));
    const headers = { 'content-type': 'application/x-ndjson' };
    const imported = await bench.call('/api/v1/targets/import', {
      method: 'POST',
      token,
      headers,
      body: lines.join('\n'),
    });
    expect(imported.status).toBe(200);
    await statusesOf(25, () => bench.call('/api/v1/site', { token }));
    expect((await bench.call('/api/v1/site', { token })).status).toBe(429);
    await bench.raise('rpm-1');
    await until('the alarm is on the stream', () =>
      live.events().some(({ type }) => type === 'lanewatch.alarm.raised'),
    );
  });
});

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002::6', '2001:db8:1:2::/64'],
  ['2001:db8::6', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['1:2:3:4:5:6:7::', '1:2:3:4::/64'],
])('%s is counted as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
