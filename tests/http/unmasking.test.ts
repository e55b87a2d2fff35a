import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Target } from '../../src/domain/target.ts';
import type { Unmasking } from '../../src/domain/unmasking.ts';
import type { AccessRecord } from '../../src/ports/audit.ts';
import type { Page } from '../../src/ports/journal.ts';
import { type HttpBench, startHttpBench } from './http-bench.ts';

const name = 'QUENTIN ZEPHYRINE';

describe('masked data', () => {
  let bench: HttpBench;
  let target: Target;
  let auditor = '';
  let supervisor = '';
  const seenBy = async (token: string) =>
    (await (await bench.call(`/api/v1/targets/${target.id}`, { token })).json()) as Target;
  const ask = async (token: string, subject: string): Promise<Unmasking> => {
    const response = await bench.call('/api/v1/unmaskings', {
      method: 'POST',
      token,
      json: { subject, reason: 'complaint 7' },
    });
    expect(response.status).toBe(201);
    return (await response.json()) as Unmasking;
  };
  const decide = (token: string, id: string, approve: boolean) =>
    bench.call(`/api/v1/unmaskings/${id}/decide`, { method: 'POST', token, json: { approve } });

  beforeAll(async () => {
    bench = await startHttpBench();
    const json = { originator: 'piu', reference: 'P-1', kind: 'passenger', name, identifiers: [], risk: 'high' };
    const sent = await bench.call('/api/v1/targets', { method: 'POST', json: { ...json, requestedAction: 'examine' } });
    target = (await sent.json()) as Target;
    auditor = bench.access.createToken({ name: 'vera', role: 'auditor' }).secret;
    supervisor = bench.access.createToken({ name: 'sam', role: 'supervisor' }).secret;
  });
  afterAll(() => bench[Symbol.asyncDispose]());

  it('is seen whole by the one who asked, once another person has agreed, and only that', async () => {
    expect((await seenBy(auditor)).name).toBe('•••');
    const { id } = await ask(auditor, `targets/${target.id}`);
    expect((await seenBy(auditor)).name).toBe('•••');
    const decided = await decide(supervisor, id, true);
    expect(await decided.json()).toMatchObject({ state: 'approved', askedBy: 'vera', decidedBy: 'sam' });
    expect((await seenBy(auditor)).name).toBe(name);
    const other = bench.access.createToken({ name: 'otto', role: 'auditor' }).secret;
    expect((await seenBy(other)).name).toBe('•••');
  });

  it('stays masked where the other person refuses, and nobody decides twice', async () => {
    const tired = bench.access.createToken({ name: 'tom', role: 'auditor' }).secret;
    const { id } = await ask(tired, `targets/${target.id}`);
    expect((await decide(supervisor, id, false)).status).toBe(200);
    expect((await seenBy(tired)).name).toBe('•••');
    const again = await decide(supervisor, id, true);
    expect(again.status).toBe(409);
    expect(await again.json()).toMatchObject({ code: 'forbidden-transition', state: 'refused' });
  });

  it('is not unmasked by one person alone, nor by who may not decide', async () => {
    const { id } = await ask(supervisor, `targets/${target.id}`);
    expect((await decide(supervisor, id, true)).status).toBe(409);
    expect((await decide(auditor, id, true)).status).toBe(403);
    expect((await decide(supervisor, 'none', true)).status).toBe(404);
    const nonsense = await bench.call('/api/v1/unmaskings', {
      method: 'POST',
      json: { subject: 'users/x', reason: 'y' },
    });
    expect(nonsense.status).toBe(422);
  });

  it('has all of it on record: who asked, who agreed, who looked', async () => {
    const entries = async (query: string) =>
      ((await (await bench.call(`/api/v1/audit?${query}`)).json()) as Page<AccessRecord>).items;
    expect(await entries('action=ask-unmasking&by=vera')).toHaveLength(1);
    expect(await entries('action=decide-unmasking')).toMatchObject([{ by: 'sam' }, { by: 'sam' }]);
    expect(await entries(`action=read&by=vera&subject=targets/${target.id}`)).toHaveLength(1);
  });

  it('ends after an hour', async () => {
    const [approved] = [...bench.desk.state.unmaskings.values()].filter(({ state }) => state === 'approved');
    expect(Date.parse(approved?.endsAt ?? '') - Date.parse(approved?.decidedAt ?? '')).toBe(3_600_000);
  });
});
