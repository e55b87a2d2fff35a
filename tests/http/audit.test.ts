import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccessRecord } from '../../src/ports/audit.ts';
import type { Page } from '../../src/ports/journal.ts';
import { type HttpBench, startHttpBench } from './http-bench.ts';

describe('the record of access', () => {
  let bench: HttpBench;
  const entries = async (query = ''): Promise<readonly AccessRecord[]> => {
    const response = await bench.call(`/api/v1/audit?${query}`);
    expect(response.status).toBe(200);
    return ((await response.json()) as Page<AccessRecord>).items;
  };
  beforeAll(async () => {
    bench = await startHttpBench();
    const target = { originator: 'piu', reference: 'P-1', kind: 'passenger', name: 'QUENTIN ZEPHYRINE' };
    const rest = { identifiers: [], risk: 'high', requestedAction: 'examine' };
    await bench.call('/api/v1/targets', { method: 'POST', json: { ...target, ...rest } });
  });
  afterAll(() => bench[Symbol.asyncDispose]());

  it('holds every command with who, from where, for what, and on which version', async () => {
    const alarm = await bench.raise('rpm-1');
    const token = bench.access.createToken({ name: 'anna', role: 'operator' }).secret;
    const call = () =>
      bench.call(`/api/v1/alarms/${alarm.id}/acknowledge`, {
        method: 'POST',
        token,
        headers: { 'if-match': `"${alarm.version}"`, 'lanewatch-purpose': 'shift two' },
      });
    expect((await call()).status).toBe(200);
    const found = await entries(`subject=alarms/${alarm.id}&action=acknowledge`);
    expect(found).toMatchObject([
      {
        by: 'anna',
        role: 'operator',
        from: '127.0.0.1',
        purpose: 'shift two',
        version: alarm.version,
        subjects: [`alarms/${alarm.id}`],
        granted: true,
      },
    ]);
    // Refused by the state: nothing was done, and nothing is on record as done.
    expect((await call()).status).toBe(412);
    expect(await entries(`subject=alarms/${alarm.id}&action=acknowledge`)).toHaveLength(1);
  });

  it('says in the same commit that a command was given and what it changed', async () => {
    const alarm = await bench.raise('rpm-2');
    await bench.call(`/api/v1/alarms/${alarm.id}/comment`, { method: 'POST', json: { text: 'x' } });
    const [entry] = await entries(`subject=alarms/${alarm.id}&action=comment`);
    const [before] = bench.journal.read({ after: (entry?.sequence ?? 0) - 2, limit: 1 });
    expect(before?.type).toBe('lanewatch.alarm.commented');
  });

  it('holds who saw a person’s data whole, once for a while, and not who saw it masked', async () => {
    const reads = async (role: 'supervisor' | 'auditor') => {
      const token = bench.access.createToken({ name: `a ${role}`, role }).secret;
      for (let times = 0; times < 3; times += 1) {
        expect((await bench.call('/api/v1/targets', { token })).status).toBe(200);
      }
      return (await entries('action=read')).filter(({ by }) => by === `a ${role}`);
    };
    expect(await reads('supervisor')).toMatchObject([{ purpose: 'border control', role: 'supervisor' }]);
    expect(await reads('auditor')).toEqual([]);
  });

  it('is for auditors and administrators', async () => {
    for (const role of ['operator', 'supervisor', 'examiner', 'technician', 'targeting'] as const) {
      expect((await bench.call('/api/v1/audit', { token: bench.tokenOf(role) })).status).toBe(403);
    }
    expect((await bench.call('/api/v1/audit', { token: bench.tokenOf('auditor') })).status).toBe(200);
  });

  it('is paged, newest first, and refuses a cursor it never gave', async () => {
    const whole = await entries('limit=500');
    const paged: AccessRecord[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: Page<AccessRecord> = (await (
        await bench.call(`/api/v1/audit?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`)
      ).json()) as Page<AccessRecord>;
      paged.push(...page.items);
      cursor = page.next;
    }
    expect(paged).toEqual(whole);
    expect(whole.map(({ sequence }) => sequence)).toEqual(
      whole.map(({ sequence }) => sequence).toSorted((a, b) => b - a),
    );
    expect((await bench.call('/api/v1/audit?cursor=x')).status).toBe(400);
  });

  it('gives the head of the chain that holds it', async () => {
    const head = (await (await bench.call('/api/v1/journal/head')).json()) as { sequence: number; sha256: string };
    expect(head).toEqual(bench.journal.head());
    const { headers } = await bench.call('/api/v1/events?limit=1');
    expect(headers.get('lanewatch-head')).toMatch(/^\d{20} [0-9a-f]{64}$/);
  });
});
