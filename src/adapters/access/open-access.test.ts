import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Role } from '../../domain/access.ts';
import { systemClock } from '../../runtime/system-clock.ts';
import { openAccess } from './open-access.ts';

const hourMs = 3_600_000;
const anna = { name: 'Anna', role: 'operator' } as const;

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
    const token = first.createToken({ name: 'Anna', role });
    expect(token).toMatch(/^lw_[\w-]{43}$/);
    first[Symbol.dispose]();
    using second = open();
    expect(second.verifyToken(token)).toEqual({ name: 'Anna', role });
    expect(second.verifyToken(`${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`)).toBeNull();
  });

  it('keeps no secret in its files', () => {
    using store = open();
    const secrets = [store.createToken(anna), store.openSession(anna), store.createSignInCode(anna)];
    const bytes = ['access.sqlite', 'access.sqlite-wal'].map((name) => readFileSync(join(dir, name), 'latin1')).join();
    expect(bytes).toContain('Anna');
    for (const secret of secrets) expect(bytes).not.toContain(secret.slice(-20));
  });

  it('serves a token that another process creates while the service runs', () => {
    using service = open();
    using commandLine = open();
    expect(service.verifyToken(commandLine.createToken(anna))).toEqual(anna);
  });

  it('takes the administrator token of the environment, and refuses a short one', () => {
    using store = open('a'.repeat(32));
    expect(store.verifyToken('a'.repeat(32))).toEqual({ name: 'administrator', role: 'administrator' });
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
    const token = store.createToken(anna);
    const session = store.openSession(anna);
    const code = store.createSignInCode(anna);
    expect(store.verifySession(token)).toBeNull();
    expect(store.verifyToken(session)).toBeNull();
    expect(store.redeemSignInCode(session)).toBeNull();
    expect(store.verifySession(code)).toBeNull();
  });
});
