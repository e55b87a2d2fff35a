import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Target } from '../../src/domain/target.ts';
import type { Page } from '../../src/ports/journal.ts';
import { type HttpBench, startHttpBench } from './http-bench.ts';

const target = (originator: string, reference: string, handling: object) => ({
  ...{ originator, reference, kind: 'container', risk: 'high', requestedAction: 'examine', handling },
  identifiers: [{ kind: 'container', value: 'CSQU3054383' }],
});

describe('a token of one agency', () => {
  let bench: HttpBench;
  let customs = '';
  const theirs = new Map<string, Target>();
  const ask = (method: string, path: string, json?: unknown) =>
    bench.call(`/api/v1${path}`, { method, token: customs, ...(json === undefined ? {} : { json }) });

  beforeAll(async () => {
    bench = await startHttpBench();
    customs = bench.access.createToken({ name: 'customs', role: 'targeting', agency: 'customs-be' }).secret;
    for (const [reference, handling] of [
      ['closed', { tlp: 'amber', release: [] }],
      ['released', { tlp: 'amber', release: ['customs-be'] }],
      ['green', { tlp: 'green', release: [] }],
    ] as const) {
      const sent = await bench.call('/api/v1/targets', { method: 'POST', json: target('piu-nl', reference, handling) });
      theirs.set(reference, (await sent.json()) as Target);
    }
  });
  afterAll(() => bench[Symbol.asyncDispose]());

  it('sees of another agency’s targets those that are released to it or open, and the others as if they were not there', async () => {
    const list = (await (await ask('GET', '/targets')).json()) as Page<Target>;
    expect(list.items.map(({ reference }) => reference).sort()).toEqual(['green', 'released']);
    expect((await ask('GET', `/targets/${theirs.get('closed')?.id}`)).status).toBe(404);
    expect((await ask('GET', `/targets/${theirs.get('released')?.id}`)).status).toBe(200);
    const events = await (await ask('GET', '/events?limit=1000')).text();
    expect(events).toContain('"released"');
    expect(events).not.toContain('"closed"');
  });

  it('neither changes nor withdraws what it may not see, nor sends targets in another’s name', async () => {
    const closed = theirs.get('closed')?.id;
    const body = target('customs-be', 'X', { tlp: 'amber', release: [] });
    expect((await ask('PUT', `/targets/${closed}`, body)).status).toBe(404);
    expect((await ask('DELETE', `/targets/${closed}`)).status).toBe(404);
    const request = {
      targetId: closed,
      reason: 'random',
      kind: 'physical',
      unit: 'yard',
      dueAt: '2030-01-01T00:00:00Z',
    };
    expect((await ask('POST', '/examinations', request)).status).toBe(404);
    expect((await ask('POST', '/targets', target('piu-nl', 'Y', { tlp: 'amber', release: [] }))).status).toBe(403);
    const line = `${JSON.stringify(target('piu-nl', 'Z', { tlp: 'amber', release: [] }))}\n`;
    const imported = await bench.call('/api/v1/targets/import', {
      method: 'POST',
      token: customs,
      headers: { 'content-type': 'application/x-ndjson' },
      body: line + JSON.stringify(target('customs-be', 'own', { tlp: 'red', release: [] })),
    });
    expect(await imported.json()).toMatchObject({
      created: 1,
      refused: 1,
      refusals: [{ line: 1, code: 'not-allowed' }],
    });
  });

  it('has the alarm without the target that it may not see', async () => {
    const alarm = await bench.raise('rpm-1');
    const seen = (await (await ask('GET', `/alarms/${alarm.id}`)).json()) as { id: string; matches: unknown[] };
    expect(seen).toMatchObject({ id: alarm.id, matches: [] });
    expect((await ask('GET', '/figures')).status).toBe(403);
  });
});
