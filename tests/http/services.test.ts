import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Alarm } from '../../src/domain/alarm.ts';
import type { ServiceState } from '../../src/domain/service.ts';
import { type HttpBench, startHttpBench } from './http-bench.ts';
import { problemOf } from './problem-of.ts';

let bench: HttpBench;
beforeAll(async () => {
  bench = await startHttpBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

const put = (path: string, json: unknown, token?: string) =>
  bench.call(`/api/v1${path}/service`, { method: 'PUT', json, ...(token === undefined ? {} : { token }) });
const stateOf = async (id: string) => ((await (await bench.call(`/api/v1/alarms/${id}`)).json()) as Alarm).state;
const lane = async () => {
  const { items } = (await (await bench.call('/api/v1/lanes')).json()) as {
    items: { id: string; service: ServiceState | null }[];
  };
  return items.find(({ id }) => id === 'lane-1')?.service;
};

describe('the service of lanes and devices', () => {
  it('is set by a technician, shown at the lane, and holds its alarms until it is back', async () => {
    const technician = bench.tokenOf('technician');
    const alarm = await bench.raise('rpm-1');
    expect(await lane()).toBeNull();
    const change = { service: 'out-of-service', reason: 'new detector' };
    const answer = await put('/lanes/lane-1', change, technician);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ scope: 'lane', id: 'lane-1', version: 1, until: null, ...change });
    expect(await lane()).toMatchObject({ ...change, by: 'a technician' });
    expect(await stateOf(alarm.id)).toBe('out-of-service');
    const held = await bench.call('/api/v1/alarms?state=out-of-service,suppressed');
    expect(((await held.json()) as { items: Alarm[] }).items.map(({ id }) => id)).toEqual([alarm.id]);
    await put('/lanes/lane-1', { service: 'in-service' }, technician);
    expect(await stateOf(alarm.id)).toBe('unacknowledged');
  });

  it('can be said of a device, until a time', async () => {
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const answer = await put('/devices/rpm-1', { service: 'suppressed', reason: 'source check', until });
    expect(await answer.json()).toMatchObject({ scope: 'device', id: 'rpm-1', until });
    const back = (version: number) =>
      bench.call('/api/v1/devices/rpm-1/service', {
        method: 'PUT',
        json: { service: 'in-service' },
        headers: { 'if-match': `"${version}"` },
      });
    expect((await back(0)).status, 'somebody else has said something since').toBe(412);
    expect((await back(1)).status).toBe(200);
  });

  it('is refused to who may not, for what is not there, and without a reason', async () => {
    const change = { service: 'suppressed', reason: 'x' };
    expect((await put('/lanes/lane-1', change, bench.tokenOf('operator'))).status).toBe(403);
    expect(await problemOf(await put('/lanes/none', change))).toMatchObject({ code: 'not-found' });
    expect(await problemOf(await put('/lanes/lane-1', { service: 'suppressed' }))).toMatchObject({ status: 422 });
    expect(await problemOf(await put('/lanes/lane-1', { service: 'asleep' }))).toMatchObject({
      ...{ status: 422, code: 'unknown-code', field: 'service' },
      allowed: ['in-service', 'suppressed', 'out-of-service'],
    });
  });
});
