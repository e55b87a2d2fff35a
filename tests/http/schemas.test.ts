import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsOf, strictAjv } from '../support/schemas.ts';
import { type HttpBench, startHttpBench } from './http-bench.ts';
import { problemOf } from './problem-of.ts';

let bench: HttpBench;
beforeAll(async () => {
  bench = await startHttpBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

describe('the schemas of events', () => {
  it('are listed, each at an address of its own, for whoever is signed in', async () => {
    const token = bench.tokenOf('technician');
    const { items } = (await (await bench.call('/api/v1/schemas', { token })).json()) as {
      items: { type: string; says: string; schema: string }[];
    };
    expect(items.length).toBeGreaterThan(40);
    for (const { type, schema } of items) {
      const answer = await bench.call(schema, { token });
      expect(answer.headers.get('content-type')).toContain('application/schema+json');
      expect(await answer.json()).toMatchObject({ title: type });
    }
    expect((await bench.call('/api/v1/schemas', { token: null })).status).toBe(401);
    const unknown = await bench.call('/api/v1/schemas/lanewatch.alarm.invented', { token });
    expect(await problemOf(unknown)).toMatchObject({ status: 404, code: 'not-found' });
  });

  it('hold for what the feed gives', async () => {
    await bench.raise('rpm-schemas');
    const events = (await (await bench.call('/api/v1/events?limit=1000')).json()) as { type: string }[];
    const ajv = strictAjv();
    for (const event of events) {
      const schema = (await (await bench.call(`/api/v1/schemas/${event.type}`)).json()) as object;
      expect(faultsOf(ajv.getSchema(`urn:lanewatch:schema:1:${event.type}`) ?? ajv.compile(schema), event)).toEqual([]);
    }
    expect(events.map(({ type }) => type)).toContain('lanewatch.alarm.raised');
  });
});
