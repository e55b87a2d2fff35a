import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Role } from '../../domain/access.ts';
import { systemClock } from '../../runtime/system-clock.ts';
import { openAccess } from './open-access.ts';
import { hashOf } from './secret.ts';

const hourMs = 3_600_000;
const unlimited = { agency: null, lanes: null, scopes: null };
const anna = { ...unlimited, name: 'Anna', role: 'operator' } as const;

describe('the access store', () => {
  let dir = '';
  let nowMs = 0;
  const clock = { ...systemClock, now: () => nowMs };
  const open = (adminToken?: string) => openAccess({ file: join(dir, 'access.sqlite'), adminToken, clock });

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'access-'));
    nowMs = Date.UTC(2026, 0, 1);
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  it.each(Role.options)('gives a token for %s back as its principal, after a restart too', (role) => {
    using first = open();
    const token = first.createToken({ name: 'Anna', role }).secret;
    expect(token).toMatch(/^lw_[\w-]{43}$/);
    first[Symbol.dispose]();
    using second = open();
    expect(second.verifyToken(token)).toEqual({ ...unlimited, name: 'Anna', role });
    expect(second.verifyToken(`${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`)).toBeNull();
  });

  it('keeps no secret in its files', () => {
    using store = open();
    const secrets = [store.createToken(anna).secret, store.openSession(anna), store.createSignInCode(anna)];
    const bytes = ['access.sqlite', 'access.sqlite-wal'].map((name) => readFileSync(join(dir, name), 'latin1')).join();
    expect(bytes).toContain('Anna');
    for (const secret of secrets) expect(bytes).not.toContain(secret.slice(-20));
  });

  it('serves a token that another process creates while the service runs', () => {
    using service = open();
    using commandLine = open();
    expect(service.verifyToken(commandLine.createToken(anna).secret)).toEqual(anna);
  });

  it('takes the administrator token of the environment, and refuses a short one', () => {
    using store = open('a'.repeat(32));
    expect(store.verifyToken('a'.repeat(32))).toEqual({
      ...unlimited,
      name: 'administrator',
      role: 'administrator',
    });
    expect(store.verifyToken('a'.repeat(31))).toBeNull();
    expect(() => open('a'.repeat(31))).toThrow(/at least 32/);
    expect(() => open('')).toThrow(/at least 32/);
  });

  it('ends a session after 12 h without use', () => {
    using store = open();
    const secret = store.openSession(anna);
    nowMs += 11 * hourMs;
    expect(store.verifySession(secret)).toEqual(anna);
    nowMs += 11 * hourMs;
    expect(store.verifySession(secret)).toEqual(anna);
    const idle = store.openSession(anna);
    nowMs += 12 * hourMs + 1;
    expect(store.verifySession(idle)).toBeNull();
  });

  it('ends a session 24 h after it began, however used, and at once when closed', () => {
    using store = open();
    const secret = store.openSession(anna);
    for (let hours = 0; hours < 24; hours += 6) {
      nowMs += 6 * hourMs;
      expect(store.verifySession(secret)).toEqual(anna);
    }
    nowMs += 1;
    expect(store.verifySession(secret)).toBeNull();
    const closed = store.openSession(anna);
    store.closeSession(closed);
    expect(store.verifySession(closed)).toBeNull();
  });

  it('redeems a sign-in code once, and only within 10 minutes', () => {
    using store = open();
    const code = store.createSignInCode(anna);
    expect(store.redeemSignInCode(code)).toEqual(anna);
    expect(store.redeemSignInCode(code)).toBeNull();
    const late = store.createSignInCode(anna);
    nowMs += 10 * 60_000 + 1;
    expect(store.redeemSignInCode(late)).toBeNull();
  });

  it('takes no secret for another kind', () => {
    using store = open();
    const token = store.createToken(anna).secret;
    const session = store.openSession(anna);
    const code = store.createSignInCode(anna);
    expect(store.verifySession(token)).toBeNull();
    expect(store.verifyToken(session)).toBeNull();
    expect(store.redeemSignInCode(session)).toBeNull();
    expect(store.verifySession(code)).toBeNull();
  });
});

describe('a service token', () => {
  let dir = '';
  let nowMs = Date.UTC(2026, 0, 1);
  const clock = { ...systemClock, now: () => nowMs };
  const open = (adminToken?: string) => openAccess({ file: join(dir, 'access.sqlite'), adminToken, clock });

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'access-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  it('keeps what narrows it', () => {
    const narrow = {
      name: 'piu',
      role: 'targeting',
      agency: 'piu',
      lanes: ['lane-1'],
      scopes: ['read-board'],
      tlp: 'green',
      personalData: 'masked',
      purpose: 'border security',
    } as const;
    using store = open();
    expect(store.verifyToken(store.createToken(narrow).secret)).toEqual(narrow);
    expect(store.verifySession(store.openSession(narrow))).toEqual(narrow);
    expect(store.redeemSignInCode(store.createSignInCode(narrow))).toEqual(narrow);
  });

  it('ends, with the sessions opened by it, at its time and when it is revoked', () => {
    using store = open();
    const brief = store.createToken(anna, { endsAtMs: nowMs + 1_000, createdBy: 'Boss' });
    const other = store.createToken(anna);
    const sessions = [brief, other].map(({ secret }) => store.signInByToken(secret)?.session ?? '');
    nowMs += 1_000;
    expect([brief, other].map(({ secret }) => store.verifyToken(secret))).toEqual([null, anna]);
    expect(sessions.map((secret) => store.verifySession(secret))).toEqual([null, anna]);
    expect(store.signInByToken(brief.secret)).toBeNull();
    let told = 0;
    using _listening = store.onEnded(() => {
      told += 1;
    });
    expect(store.revokeToken(other.id)).toMatchObject({ id: other.id, principal: anna });
    expect([store.verifyToken(other.secret), store.verifySession(sessions[1] ?? ''), told]).toEqual([null, null, 1]);
    expect(store.revokeToken(other.id)).toBeNull();
  });

  it('is listed without its secret, with who made it and when it was last used', () => {
    using store = open();
    const { secret, ...made } = store.createToken(anna, { createdBy: 'Boss' });
    expect(store.tokens()).toEqual([made]);
    expect(made).toMatchObject({ principal: anna, createdBy: 'Boss', endsAtMs: null, usedAtMs: null });
    nowMs += 5_000;
    store.verifyToken(secret);
    expect(store.tokens()).toEqual([{ ...made, usedAtMs: nowMs }]);
    expect(JSON.stringify(store.tokens())).not.toContain(secret);
  });

  it('of the environment ends with its sessions when a start has another', () => {
    const sessionOf = (token: string, session?: string) => {
      using store = open(token);
      return session === undefined ? store.signInByToken(token)?.session : store.verifySession(session)?.role;
    };
    const session = sessionOf('a'.repeat(32)) ?? '';
    expect(sessionOf('a'.repeat(32), session)).toBe('administrator');
    expect(sessionOf('b'.repeat(32), session)).toBeUndefined();
    expect(sessionOf('a'.repeat(32), session)).toBeUndefined();
  });

  it('of the first version of the store works on, without an end and unnarrowed', () => {
    const file = join(dir, 'access.sqlite');
    const db = new Database(file);
    db.exec(`
      CREATE TABLE tokens (hash BLOB PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, createdAtMs INTEGER NOT NULL) STRICT;
      CREATE TABLE sessions (hash BLOB PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, createdAtMs INTEGER NOT NULL,
        usedAtMs INTEGER NOT NULL) STRICT;
      CREATE TABLE codes (hash BLOB PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, createdAtMs INTEGER NOT NULL) STRICT;
      PRAGMA user_version = 1;`);
    const add = db.prepare("INSERT INTO tokens VALUES (?, ?, 'operator', ?)");
    for (const name of ['Anna', 'Bea']) add.run(hashOf(`lw_${name}`), name, nowMs);
    db.prepare("INSERT INTO sessions VALUES (?, 'Anna', 'operator', ?, ?)").run(hashOf('lws_old'), nowMs, nowMs);
    db.close();
    using store = open();
    expect(['lw_Anna', 'lw_Bea'].map((token) => store.verifyToken(token))).toEqual([anna, { ...anna, name: 'Bea' }]);
    expect(store.verifySession('lws_old')).toEqual(anna);
    expect(new Set(store.tokens().map(({ id }) => id)).size).toBe(2);
  });
});
