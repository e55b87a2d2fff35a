import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { containerTarget } from './container-target.ts';
import { adminToken, startHttpBench } from './http-bench.ts';

describe('the stop', () => {
  it('does not wait for an upload that never ends', async () => {
    const bench = await startHttpBench();
    const socket = connect(Number(new URL(bench.address).port), '127.0.0.1');
    using _open = { [Symbol.dispose]: () => socket.destroy() };
    await once(socket, 'connect');
    const head = ['POST /api/v1/targets/import HTTP/1.1', 'host: a', `authorization: Bearer ${adminToken}`];
    socket.write([...head, 'content-type: application/x-ndjson', 'content-length: 100000', '', ''].join('\r\n'));
    socket.write(`${JSON.stringify(containerTarget)}\n`.repeat(60));
    await until('the upload is under way', () => bench.desk.state.targets.size === 1);
    const begun = Date.now();
    await bench[Symbol.asyncDispose]();
    expect(Date.now() - begun).toBeGreaterThan(1_000);
    expect(Date.now() - begun).toBeLessThan(4_000);
  });
});
