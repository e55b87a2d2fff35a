import { describe, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { adminToken, startHttpBench } from './http-bench.ts';
import { connectLive, subscribeTo } from './live-client.ts';

describe('the live stream', () => {
  it.each<[string, string | Buffer, number]>([
    ['not JSON', '{', 1008],
    ['an unknown key', '{"subscribe":{"from":"1"}}', 1008],
    ['a cursor that is none', '{"subscribe":{"after":"soon"}}', 1008],
    ['a wild pattern', '{"subscribe":{"types":["*.alarm.*"]}}', 1008],
    ['bytes', Buffer.from('{"subscribe":{}}'), 1008],
    ['more than it takes', 'x'.repeat(70_000), 1009],
  ])('closes on %s', async (_what, message, code) => {
    await using bench = await startHttpBench();
    using client = await connectLive(bench.address);
    client.socket.send(message);
    expect(await client.closed).toBe(code);
    if (code === 1008) expect(client.frames).toMatchObject([{ error: { code: 'invalid-request' } }]);
  });

  it('closes who does not subscribe in time, and lets go of who answers no ping', async () => {
    await using bench = await startHttpBench({ liveLimits: { subscribeWithinMs: 50, heartbeatMs: 100 } });
    using mute = await connectLive(bench.address);
    expect(await mute.closed).toBe(1008);
    const headers = { authorization: `Bearer ${adminToken}` };
    using gone = await connectLive(bench.address, subscribeTo({}), { headers, autoPong: false });
    using here = await connectLive(bench.address, subscribeTo({}));
    expect(await gone.closed).toBe(1006);
    expect(here.socket.readyState).toBe(here.socket.OPEN);
  });

  it('ends with the session it was opened by', async () => {
    await using bench = await startHttpBench({ liveLimits: { heartbeatMs: 50 } });
    const cookie = `lanewatch_session=${bench.access.openSession({ name: 'Anna', role: 'operator' })}`;
    using client = await connectLive(bench.address, subscribeTo({}), { headers: { cookie } });
    await until('caught up', client.caughtUp);
    await bench.call('/api/v1/session', { method: 'DELETE', token: null, headers: { cookie } });
    expect(await client.closed).toBe(4401);
  });

  it('closes with 1001 when the service stops, also who never answers', async () => {
    const bench = await startHttpBench({ liveLimits: { closeWithinMs: 200 } });
    using client = await connectLive(bench.address, subscribeTo({}));
    using stuck = await connectLive(bench.address, subscribeTo({}));
    await until('both live', () => client.caughtUp() && stuck.caughtUp());
    stuck.socket.pause();
    const begun = Date.now();
    await bench[Symbol.asyncDispose]();
    expect(await client.closed).toBe(1001);
    expect(Date.now() - begun).toBeLessThan(2_000);
  });
});
