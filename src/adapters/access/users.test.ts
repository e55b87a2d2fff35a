import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Grant } from '../../domain/grant.ts';
import type { AccessStore } from '../../ports/access.ts';
import { systemClock } from '../../runtime/system-clock.ts';
import { openAccess } from './open-access.ts';

const password = 'correct horse battery';
const another = 'a green tea at eight';
const operator = Grant.parse({ role: 'operator', lanes: ['lane-1'] });
const administrator = Grant.parse({ role: 'administrator' });

let dir = '';
let store: AccessStore;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'users-'));
  store = openAccess({ file: join(dir, 'access.sqlite'), clock: systemClock });
});
afterEach(() => {
  store[Symbol.dispose]();
  rmSync(dir, { recursive: true });
});
const sessionOf = async (name: string, given = password) => (await store.users.signIn(name, given))?.session ?? '';
const refusal = (code: string) => expect.objectContaining({ code });

describe('a user', () => {
  it('signs in with the password, whatever the case of the name, as what they were given', async () => {
    await store.users.create('Anna', operator, password);
    const signedIn = await store.users.signIn('  aNNa', password);
    expect(signedIn?.principal).toEqual({ name: 'Anna', scopes: null, ...operator });
    expect(store.verifySession(signedIn?.session ?? '')).toEqual(signedIn?.principal);
    for (const [name, wrong] of [
      ['Anna', another],
      ['Anna', `${password} `],
      ['Anna', ''],
      ['Bea', password],
    ] as const) {
      expect(await store.users.signIn(name, wrong)).toBeNull();
    }
    expect(store.users.list()).toMatchObject([{ name: 'Anna', grant: operator, disabled: false, provider: null }]);
    expect(store.users.find('ANNA')?.signedInAtMs).toBeGreaterThan(0);
  });

  it('is kept by an Argon2id hash with the parameters of OWASP, and no password is in the files', async () => {
    await store.users.create('Anna', operator, password);
    const bytes = ['access.sqlite', 'access.sqlite-wal'].map((name) => readFileSync(join(dir, name), 'latin1')).join();
    expect(bytes).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
    expect(bytes).not.toContain(password);
  });

  it('has one name, and a password that can be had', async () => {
    await store.users.create('Anna', operator, password);
    await expect(store.users.create('ANNA', operator, password)).rejects.toEqual(refusal('forbidden-transition'));
    await expect(store.users.create('Bea', operator, 'Password2026!')).rejects.toEqual(refusal('invalid-request'));
    await expect(store.users.change('Anna', { password: 'short' })).rejects.toEqual(refusal('invalid-request'));
    await expect(store.users.change('Bea', {})).rejects.toEqual(refusal('not-found'));
    expect(store.users.list()).toHaveLength(1);
  });

  it('shares the name with no token, since the record knows both by it', async () => {
    store.createToken({ name: 'Robot', role: 'operator' });
    const refused = refusal('forbidden-transition');
    await expect(store.users.create('robot', operator, password)).rejects.toEqual(refused);
    await expect(store.users.create('administrator', operator, password)).rejects.toEqual(refused);
    await store.users.create('Anna', operator, password);
    expect(() => store.createToken({ name: 'ANNA', role: 'operator' })).toThrow(refused);
  });

  it.each([
    ['the grant', { grant: Grant.parse({ role: 'supervisor' }) }],
    ['the lanes', { grant: Grant.parse({ role: 'operator', lanes: ['lane-2'] }) }],
    ['the password', { password: another }],
    ['being disabled', { disabled: true }],
  ])('loses every session by a change of %s, and is said to', async (_what, change) => {
    await store.users.create('Anna', operator, password);
    await store.users.create('Bea', operator, password);
    const [first, second, bea] = [await sessionOf('Anna'), await sessionOf('Anna'), await sessionOf('Bea')];
    let told = 0;
    store.onEnded(() => {
      told += 1;
    });
    await store.users.change('anna', {});
    await store.users.change('anna', { grant: operator, disabled: false });
    expect([store.verifySession(first)?.name, told]).toEqual(['Anna', 0]);
    await store.users.change('anna', change);
    expect([first, second].map((session) => store.verifySession(session))).toEqual([null, null]);
    expect([store.verifySession(bea)?.name, told]).toEqual(['Bea', 1]);
  });

  it('does not sign in while disabled, and does again', async () => {
    await store.users.create('Anna', operator, password);
    await store.users.change('Anna', { disabled: true });
    expect(await store.users.signIn('Anna', password)).toBeNull();
    await store.users.change('Anna', { disabled: false });
    expect(await store.users.signIn('Anna', password)).not.toBeNull();
  });

  it('is not let in by a sign-in that was under way when the user was disabled or got another password', async () => {
    await store.users.create('Anna', operator, password);
    const others = () => store.users.signIn('Nobody', password);
    const slow = store.users.signIn('Anna', password);
    await store.users.change('Anna', { disabled: true });
    expect(await slow).toBeNull();
    await store.users.change('Anna', { disabled: false });
    // With the two places of Argon2 taken, the comparison begins after the new password's hash is made.
    const ahead = [others(), others()];
    const changing = store.users.change('Anna', { password: another });
    const between = [others(), others()];
    const signingIn = store.users.signIn('Anna', password);
    await Promise.all([...ahead, changing, ...between]);
    expect(await signingIn).toBeNull();
  });

  it('changes the own password by the present one, keeping only the session made by it', async () => {
    await store.users.create('Anna', operator, password);
    const [here, elsewhere] = [await sessionOf('Anna'), await sessionOf('Anna')];
    expect(await store.users.changeOwn(here, another, another.toUpperCase())).toBeNull();
    await expect(store.users.changeOwn(here, password, password)).rejects.toEqual(refusal('invalid-request'));
    await expect(store.users.changeOwn(here, password, 'Anna-Anna-Anna1')).rejects.toEqual(refusal('invalid-request'));
    const { session = '' } = (await store.users.changeOwn(here, password, another)) ?? {};
    expect([here, elsewhere, session].map((secret) => store.verifySession(secret)?.name)).toEqual([
      undefined,
      undefined,
      'Anna',
    ]);
    expect(await store.users.signIn('Anna', password)).toBeNull();
    expect(await store.users.signIn('Anna', another)).not.toBeNull();
    const byToken = store.signInByToken(store.createToken({ name: 'robot', role: 'operator' }).secret)?.session ?? '';
    await expect(store.users.changeOwn(byToken, another, password)).rejects.toEqual(refusal('not-allowed'));
  });

  it('signs in with the password of an older hash, which is renewed by it', async () => {
    await store.users.create('Anna', operator, password);
    const db = new Database(join(dir, 'access.sqlite'));
    const { hash } = await import('@node-rs/argon2');
    db.prepare('UPDATE users SET passwordHash = ?').run(await hash(password, { memoryCost: 8_192, timeCost: 1 }));
    expect(await store.users.signIn('Anna', another)).toBeNull();
    const session = await sessionOf('Anna');
    expect(store.verifySession(session)?.name).toBe('Anna');
    expect(db.prepare('SELECT passwordHash FROM users').pluck().get()).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    db.close();
    expect(await store.users.signIn('Anna', password)).not.toBeNull();
  });
});

describe('the last administrator', () => {
  it('stays: not removed, not disabled, nothing else', async () => {
    await store.users.create('Boss', administrator, password);
    await store.users.create('Anna', operator, password);
    const refused = refusal('forbidden-transition');
    expect(() => store.users.remove('Boss')).toThrow(refused);
    await expect(store.users.change('Boss', { disabled: true })).rejects.toEqual(refused);
    await expect(store.users.change('Boss', { grant: operator })).rejects.toEqual(refused);
    expect(await store.users.signIn('Boss', password)).not.toBeNull();
    await store.users.create('Chief', administrator, password);
    await store.users.change('Boss', { disabled: true });
    // One who is disabled, or whom a provider vouches for, is not one to rely on.
    store.users.signInByProvider({ issuer: 'https://id.example', subject: '1', name: 'Dee' }, administrator);
    expect(() => store.users.remove('Chief')).toThrow(refused);
    expect(store.users.remove('Anna').name).toBe('Anna');
  });
});

describe('a user of an identity provider', () => {
  const identity = { issuer: 'https://id.example', subject: '17', name: 'Dee' };

  it('is known by issuer and subject, and is what the provider says today', () => {
    const first = store.users.signInByProvider(identity, operator);
    const same = store.users.signInByProvider({ ...identity, name: 'Dee Renamed' }, operator);
    expect([first, same].map(({ session }) => store.verifySession(session))).toEqual([
      first.principal,
      first.principal,
    ]);
    const raised = store.users.signInByProvider(identity, administrator);
    expect([first, raised].map(({ session }) => store.verifySession(session)?.role)).toEqual([
      undefined,
      'administrator',
    ]);
    expect(store.users.list()).toMatchObject([{ name: 'Dee', provider: identity.issuer, grant: administrator }]);
  });

  it('cannot take the name of another, has no password here, and can be disabled here', async () => {
    await store.users.create('Anna', operator, password);
    const refused = refusal('forbidden-transition');
    expect(() => store.users.signInByProvider({ ...identity, name: 'anna' }, operator)).toThrow(refused);
    const { session } = store.users.signInByProvider(identity, operator);
    expect(() => store.users.signInByProvider({ ...identity, subject: '18' }, operator)).toThrow(refused);
    expect(await store.users.signIn('Dee', password)).toBeNull();
    expect(store.users.ofSession(session)).toBeNull();
    await expect(store.users.change('Dee', { password })).rejects.toEqual(refused);
    await expect(store.users.change('Dee', { grant: administrator })).rejects.toEqual(refused);
    await store.users.change('Dee', { disabled: true });
    expect(store.verifySession(session)).toBeNull();
    expect(() => store.users.signInByProvider(identity, operator)).toThrow(refusal('not-allowed'));
  });
});

describe('the set-up', () => {
  it('makes the first administrator once, by its code', async () => {
    expect(store.setUp.needed()).toBe(true);
    const old = store.setUp.begin();
    const code = store.setUp.begin();
    expect(await store.setUp.finish(old, 'Boss', password)).toBeNull();
    await expect(store.setUp.finish(code, 'Boss', 'short')).rejects.toEqual(refusal('invalid-request'));
    const made = await Promise.allSettled(['Boss', 'Thief'].map((name) => store.setUp.finish(code, name, password)));
    expect(made.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(store.users.list()).toMatchObject([{ grant: administrator }]);
    expect(store.setUp.needed()).toBe(false);
    expect(await store.setUp.finish(code, 'Thief', password)).toBeNull();
  });

  it('is not needed with a token of the environment, or one made beside the running service', () => {
    using withToken = openAccess({ file: join(dir, 'other.sqlite'), adminToken: 'a'.repeat(32), clock: systemClock });
    expect(withToken.setUp.needed()).toBe(false);
    using commandLine = openAccess({ file: join(dir, 'access.sqlite'), clock: systemClock });
    commandLine.createToken({ name: 'Boss', role: 'administrator' });
    expect(store.setUp.needed()).toBe(false);
  });
});

describe('the work of passwords', () => {
  it('is bounded: too many at once are told so, and the rest are done', async () => {
    const tries = await Promise.allSettled(Array.from({ length: 80 }, () => store.users.signIn('Nobody', password)));
    const refused = tries.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(refused).toHaveLength(14);
    expect(refused[0]).toEqual(refusal('too-many-requests'));
    expect(await store.users.signIn('Nobody', password)).toBeNull();
  });

  it('is the same for a name that exists and one that does not', async () => {
    await store.users.create('Anna', operator, password);
    await store.users.create('Gone', operator, password);
    await store.users.change('Gone', { disabled: true });
    const spent = async (name: string) => {
      const before = process.cpuUsage().user;
      for (let times = 0; times < 8; times += 1) await store.users.signIn(name, another);
      return process.cpuUsage().user - before;
    };
    await spent('Anna');
    const [known, unknown, disabled] = [await spent('Anna'), await spent('Nobody'), await spent('Gone')];
    for (const other of [unknown, disabled]) {
      expect(other / known).toBeGreaterThan(0.6);
      expect(other / known).toBeLessThan(1.6);
    }
  });
});
