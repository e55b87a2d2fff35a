import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { type HttpBench, startHttpBench } from './http-bench.ts';
import { connectLive, subscribeTo } from './live-client.ts';
import { callBy, cookieOf, keptAudit, signInAs } from './signed-in.ts';

const password = 'correct horse battery';
const another = 'a green tea at eight';

let bench: HttpBench;
let audit: ReturnType<typeof keptAudit>;
beforeEach(async () => {
  audit = keptAudit();
  bench = await startHttpBench({ audit });
});
afterEach(() => bench[Symbol.asyncDispose]());

const make = (user: object) => bench.call('/api/v1/users', { method: 'POST', json: { password, ...user } });
const put = (name: string, json: object) =>
  bench.call(`/api/v1/users/${encodeURIComponent(name)}`, { method: 'PUT', json });
const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code;

describe('users', () => {
  it('are made, listed, changed and removed by an administrator, and no answer has a password or a hash', async () => {
    const made = await make({
      name: 'Anna de Vries',
      role: 'operator',
      agency: 'customs',
      lanes: ['lane-1'],
      tlp: 'green',
    });
    expect(made.status).toBe(201);
    const anna = await made.json();
    expect(anna).toEqual({
      name: 'Anna de Vries',
      role: 'operator',
      agency: 'customs',
      lanes: ['lane-1'],
      tlp: 'green',
      disabled: false,
      provider: null,
      createdAt: expect.any(String),
      changedAt: expect.any(String),
      signedInAt: null,
      lockedUntil: null,
    });
    expect(await (await bench.call('/api/v1/users')).json()).toEqual({ items: [anna], next: null });
    const changed = await put('anna DE vries', { role: 'supervisor', lanes: null, disabled: true });
    expect(await changed.json()).toMatchObject({ role: 'supervisor', agency: null, lanes: null, disabled: true });
    expect((await bench.call('/api/v1/users/Anna%20de%20Vries', { method: 'DELETE' })).status).toBe(204);
    expect((await bench.call('/api/v1/users/Anna%20de%20Vries')).status).toBe(404);
    expect(audit.kept.map(({ by, action, subjects, outcome }) => [by, action, subjects[0], outcome])).toEqual([
      ['administrator', 'make-user', 'users/Anna de Vries', 'granted'],
      ['administrator', 'change-user', 'users/Anna de Vries', 'granted'],
      ['administrator', 'remove-user', 'users/Anna de Vries', 'granted'],
    ]);
    expect(JSON.stringify(audit.kept)).not.toContain(password);
  });

  it('of any script have an address', async () => {
    const name = '王'.repeat(100);
    expect((await make({ name, role: 'operator' })).status).toBe(201);
    expect((await bench.call(`/api/v1/users/${encodeURIComponent(name)}`)).status).toBe(200);
    expect((await make({ name: 'a/b?c#d', role: 'operator' })).status).toBe(201);
    expect((await put('a/b?c#d', { role: 'auditor' })).status).toBe(200);
  });

  it.each([
    ['a password that is too short', { password: 'short' }, 422, 'invalid-request'],
    ['a password of the most common ones', { password: 'Password2026!' }, 422, 'invalid-request'],
    ['the name as the password', { name: 'Benedetta Rossi', password: 'benedetta rossi' }, 422, 'invalid-request'],
    ['a lane that is not there', { lanes: ['lane-9'] }, 422, 'invalid-request'],
    ['a role that is not there', { role: 'king' }, 422, 'invalid-request'],
    ['an administrator of another agency', { role: 'administrator', agency: 'police' }, 422, 'invalid-request'],
    ['a name with a line break', { name: 'An\nna' }, 422, 'invalid-request'],
    ['a field that is not there', { admin: true }, 422, 'invalid-request'],
    ['a name that is taken', { name: 'BOSS' }, 409, 'forbidden-transition'],
  ])('refuse %s', async (_what, change, status, code) => {
    await make({ name: 'Boss', role: 'administrator' });
    const answer = await make({ name: 'Anna', role: 'operator', ...change });
    expect([answer.status, await codeOf(answer)]).toEqual([status, code]);
    expect(bench.access.users.list()).toHaveLength(1);
  });

  it('keep their last administrator', async () => {
    await make({ name: 'Boss', role: 'administrator' });
    for (const answer of [
      await put('Boss', { role: 'administrator', disabled: true }),
      await put('Boss', { role: 'operator' }),
      await bench.call('/api/v1/users/Boss', { method: 'DELETE' }),
    ]) {
      expect([answer.status, await codeOf(answer)]).toEqual([409, 'forbidden-transition']);
    }
  });

  it.each([
    ['disabled', { role: 'operator', disabled: true }],
    ['given another role', { role: 'examiner' }],
    ['given other lanes', { role: 'operator', lanes: ['lane-2'] }],
    ['given another password', { role: 'operator', password: another }],
  ])('lose session and live stream at once when %s', async (_how, change) => {
    await make({ name: 'Anna', role: 'operator' });
    await make({ name: 'Bea', role: 'operator' });
    const [anna, bea] = [
      cookieOf(await signInAs(bench, 'Anna', password)),
      cookieOf(await signInAs(bench, 'Bea', password)),
    ];
    const streamOf = (cookie: string) =>
      connectLive(bench.address, subscribeTo({ after: null }), { headers: { cookie, origin: bench.address } });
    using ofAnna = await streamOf(anna);
    using ofBea = await streamOf(bea);
    await until('both listen', () => ofAnna.caughtUp() && ofBea.caughtUp());
    const before = Date.now();
    expect((await put('Anna', change)).status).toBe(200);
    expect(await ofAnna.closed).toBe(4401);
    // A heartbeat comes every 15 s only.
    expect(Date.now() - before).toBeLessThan(5_000);
    expect((await callBy(bench, anna, '/api/v1/session')).status).toBe(401);
    expect((await callBy(bench, bea, '/api/v1/session')).status).toBe(200);
    expect(ofBea.socket.readyState).toBe(ofBea.socket.OPEN);
  });

  it('see only what they are given', async () => {
    await make({ name: 'Anna', role: 'operator', agency: 'customs', lanes: ['lane-1'], purpose: 'import control' });
    const cookie = cookieOf(await signInAs(bench, 'Anna', password));
    expect(await (await callBy(bench, cookie, '/api/v1/session')).json()).toEqual({
      name: 'Anna',
      role: 'operator',
      agency: 'customs',
      lanes: ['lane-1'],
      scopes: null,
      purpose: 'import control',
      password: true,
    });
    expect((await callBy(bench, cookie, '/api/v1/users')).status).toBe(403);
  });
});

describe('the own password', () => {
  const change = (cookie: string, json: object) =>
    callBy(bench, cookie, '/api/v1/session/password', { method: 'PUT', json });

  it('is changed by the present one; every other session ends, and this one gets a new secret', async () => {
    await make({ name: 'Anna', role: 'operator' });
    const [here, elsewhere] = [
      cookieOf(await signInAs(bench, 'Anna', password)),
      cookieOf(await signInAs(bench, 'Anna', password)),
    ];
    const wrong = await change(here, { present: another, password: 'something else again' });
    expect([wrong.status, await codeOf(wrong)]).toEqual([403, 'not-allowed']);
    expect((await change(here, { present: password, password: 'anna' })).status).toBe(422);
    const changed = await change(here, { present: password, password: another });
    expect(changed.status).toBe(204);
    const renewed = cookieOf(changed);
    const statuses = [here, elsewhere, renewed].map(
      async (cookie) => (await callBy(bench, cookie, '/api/v1/session')).status,
    );
    expect(await Promise.all(statuses)).toEqual([401, 401, 200]);
    expect((await signInAs(bench, 'Anna', password)).status).toBe(401);
    expect((await signInAs(bench, 'Anna', another)).status).toBe(201);
  });

  it('cannot be guessed by somebody who has the session', async () => {
    await make({ name: 'Anna', role: 'operator' });
    const cookie = cookieOf(await signInAs(bench, 'Anna', password));
    const statuses: number[] = [];
    for (let tries = 0; tries < 7; tries += 1) {
      statuses.push((await change(cookie, { present: `${another} ${tries}`, password: another })).status);
    }
    expect(statuses).toEqual([403, 403, 403, 403, 403, 429, 429]);
  });

  it('may be tried again and again where the new one cannot be had', async () => {
    await make({ name: 'Anna', role: 'operator' });
    const cookie = cookieOf(await signInAs(bench, 'Anna', password));
    for (let tries = 0; tries < 10; tries += 1) {
      expect((await change(cookie, { present: password, password: 'anna' })).status).toBe(422);
    }
    expect((await change(cookie, { present: password, password: another })).status).toBe(204);
  });

  it('is nothing a token has', async () => {
    const json = { present: password, password: another };
    const byToken = await bench.call('/api/v1/session/password', { method: 'PUT', json });
    expect(byToken.status).toBe(409);
    const session = await bench.call('/api/v1/session', {
      method: 'POST',
      token: null,
      json: { token: bench.tokenOf('operator') },
    });
    expect((await change(cookieOf(session), json)).status).toBe(409);
  });
});
