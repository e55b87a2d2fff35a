import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../support/service.ts';
import { until } from '../support/until.ts';
import { type HttpBench, startHttpBench } from './http-bench.ts';
import { connectLive, subscribeTo } from './live-client.ts';
import { advancedClock, callBy, cookieOf } from './signed-in.ts';

let bench: HttpBench;
let clock: ReturnType<typeof advancedClock>;
beforeEach(async () => {
  clock = advancedClock();
  bench = await startHttpBench({ clock });
});
afterEach(() => bench[Symbol.asyncDispose]());

interface Token {
  readonly id: string;
  readonly secret: string;
}
const make = (json: object) => bench.call('/api/v1/tokens', { method: 'POST', json });
const made = async (json: object) => (await (await make(json)).json()) as Token;
const statusWith = async (token: string, path: string, method = 'GET') =>
  (await bench.call(path, { token, method })).status;

describe('a service token', () => {
  it('is told once, and may what its scopes say and no more', async () => {
    const asked = {
      name: 'piu',
      role: 'targeting',
      agency: 'piu',
      scopes: ['read-site', 'read-targets'],
      tlp: 'green',
    };
    const answer = await make(asked);
    expect(answer.status).toBe(201);
    const { secret, ...token } = (await answer.json()) as Token;
    expect(token).toEqual({
      ...asked,
      lanes: null,
      id: expect.any(String),
      createdAt: expect.any(String),
      createdBy: 'administrator',
      expiresAt: null,
      lastUsedAt: null,
    });
    expect(await statusWith(secret, '/api/v1/site')).toBe(200);
    expect(await statusWith(secret, '/api/v1/targets')).toBe(200);
    const refused = await bench.call('/api/v1/alarms', { token: secret });
    expect([refused.status, await refused.json()]).toMatchObject([
      403,
      { detail: 'the scopes do not hold read-board' },
    ]);
    const listed = await (await bench.call('/api/v1/tokens')).text();
    expect(listed).toContain(token.id);
    expect(listed).not.toContain(secret);
    expect(JSON.parse(listed).items[0].lastUsedAt).toEqual(expect.any(String));
  });

  it('ends at its time', async () => {
    const expiresAt = new Date(clock.now() + 60_000).toISOString();
    const { secret } = await made({ name: 'brief', role: 'operator', expiresAt });
    expect(await statusWith(secret, '/api/v1/alarms')).toBe(200);
    clock.advance(60_000);
    expect(await statusWith(secret, '/api/v1/alarms')).toBe(401);
    expect((await make({ name: 'over', role: 'operator', expiresAt })).status).toBe(422);
  });

  it('ends at once when revoked, with its session and its live stream', async () => {
    const { id, secret } = await made({ name: 'wall', role: 'operator' });
    const session = await bench.call('/api/v1/session', { method: 'POST', token: null, json: { token: secret } });
    using stream = await connectLive(bench.address, subscribeTo({ after: null }), {
      headers: { authorization: `Bearer ${secret}` },
    });
    await until('it listens', () => stream.caughtUp());
    expect((await bench.call(`/api/v1/tokens/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect(await stream.closed).toBe(4401);
    expect(await statusWith(secret, '/api/v1/alarms')).toBe(401);
    expect((await callBy(bench, cookieOf(session), '/api/v1/session')).status).toBe(401);
    expect((await bench.call(`/api/v1/tokens/${id}`, { method: 'DELETE' })).status).toBe(404);
  });

  it.each([
    ['a scope that its role has not', { scopes: ['administer'] }, 422],
    ['no scope at all', { scopes: [] }, 422],
    ['a lane that is not there', { lanes: ['lane-9'] }, 422],
    ['the name of a user', { name: 'ANNA' }, 409],
  ])('is not made with %s', async (_what, change, status) => {
    await bench.access.users.create('Anna', { role: 'operator', agency: null, lanes: null }, 'correct horse battery');
    expect((await make({ name: 'x', role: 'operator', ...change })).status).toBe(status);
  });

  it('with the permission to administer, as its one scope, makes users and reads nothing', async () => {
    const { secret } = await made({ name: 'provisioning', role: 'administrator', scopes: ['administer'] });
    const json = { name: 'Bea', role: 'operator', password: 'correct horse battery' };
    expect((await bench.call('/api/v1/users', { method: 'POST', token: secret, json })).status).toBe(201);
    expect(await statusWith(secret, '/api/v1/targets')).toBe(403);
  });
});

describe('token create', () => {
  const create = (...options: string[]) =>
    runCommand(['token', 'create', '--data', bench.dataDir, '--name', 'cli', ...options]);

  it('gives a token that is narrowed as asked', async () => {
    const narrowed = ['--agency', 'piu', '--lanes', 'lane-1,lane-2', '--scopes', 'read-site,read-board'];
    const terms = ['--expires-in-days', '30', '--tlp', 'green', '--personal-data', 'masked', '--purpose', 'a pilot'];
    const { code, stdout } = await create('--role', 'targeting', ...narrowed, ...terms);
    expect(code).toBe(0);
    expect(bench.access.verifyToken(stdout.trim())).toEqual({
      name: 'cli',
      role: 'targeting',
      agency: 'piu',
      lanes: ['lane-1', 'lane-2'],
      scopes: ['read-site', 'read-board'],
      tlp: 'green',
      personalData: 'masked',
      purpose: 'a pilot',
    });
    clock.advance(30 * 86_400_000);
    expect(bench.access.verifyToken(stdout.trim())).toBeNull();
  });

  it.each([
    [['--role', 'king'], '--role must be one of operator'],
    [['--role', 'operator', '--scopes', 'administer'], '--scopes: the role operator has no permission administer'],
    [['--role', 'operator', '--scopes', 'everything'], '--scopes: '],
    [['--role', 'administrator', '--agency', 'police'], '--agency: who administers is of the post itself'],
    [['--role', 'operator', '--expires-in-days', '0'], '--expires-in-days must be'],
    [['--role', 'operator', '--personal-data', 'some'], '--personal-data: '],
  ])('says what is wrong with %j', async (options, said) => {
    const { code, stdout, stderr } = await create(...options);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(said);
    expect(bench.access.tokens()).toEqual([]);
  });
});
