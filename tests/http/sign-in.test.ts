import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type HttpBench, startHttpBench } from './http-bench.ts';
import { advancedClock, callBy, cookieOf, keptAudit, signInAs } from './signed-in.ts';

const password = 'correct horse battery';
const wrong = 'wrong horse battery';

let bench: HttpBench;
let audit: ReturnType<typeof keptAudit>;
let clock: ReturnType<typeof advancedClock>;
beforeEach(async () => {
  audit = keptAudit();
  clock = advancedClock();
  bench = await startHttpBench({ audit, clock, edge: { trustProxy: ['127.0.0.1'] } });
  await bench.access.users.create('Anna', { role: 'operator', agency: null, lanes: null }, password);
});
afterEach(() => bench[Symbol.asyncDispose]());

const from = (address: string) => ({ 'x-forwarded-for': address });
const statusesOf = async (times: number, attempt: () => Promise<Response>) => {
  const statuses: number[] = [];
  for (let tries = 0; tries < times; tries += 1) statuses.push((await attempt()).status);
  return statuses;
};

describe('signing in with a password', () => {
  it('answers the same for an unknown name, a wrong password and a disabled user', async () => {
    await bench.access.users.create('Gone', { role: 'operator', agency: null, lanes: null }, password);
    await bench.access.users.change('Gone', { disabled: true });
    const answers = await Promise.all(
      [
        ['Nobody', password],
        ['Anna', wrong],
        ['Gone', password],
      ].map(([name = '', given = '']) => signInAs(bench, name, given)),
    );
    const said = await Promise.all(answers.map((answer) => answer.text()));
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
    expect(new Set(said).size).toBe(1);
    const names = answers.map(({ headers }) => [...headers.keys()].filter((name) => name !== 'date').join());
    expect(new Set(names).size).toBe(1);
  });

  it('takes no session that the browser was given before: each sign-in has a new secret, and the old one ends', async () => {
    const first = cookieOf(await signInAs(bench, 'Anna', password));
    const planted = 'lanewatch_session=lws_planted';
    const second = cookieOf(await signInAs(bench, 'Anna', password, { cookie: planted }));
    expect(second).not.toBe(planted);
    expect((await callBy(bench, planted, '/api/v1/session')).status).toBe(401);
    const third = cookieOf(await signInAs(bench, 'Anna', password, { cookie: first }));
    expect(new Set([first, second, third]).size).toBe(3);
    const statuses = [first, second, third].map(
      async (cookie) => (await callBy(bench, cookie, '/api/v1/session')).status,
    );
    expect(await Promise.all(statuses)).toEqual([401, 200, 200]);
  });

  it('does not begin from a page of another host', async () => {
    const answer = await signInAs(bench, 'Anna', password, { origin: 'http://evil.example' });
    expect([answer.status, cookieOf(answer)]).toEqual([403, '']);
  });

  it('is written down: who, from where, how it went; a name that is none is not, since it may be a password', async () => {
    await signInAs(bench, 'Anna', password, from('192.0.2.7'));
    await signInAs(bench, 'anna', wrong, from('192.0.2.7'));
    await signInAs(bench, 'my-secret-pass', wrong, from('192.0.2.8'));
    expect(audit.kept.map(({ by, from, action, outcome }) => [by, from, action, outcome])).toEqual([
      ['Anna', '192.0.2.7', 'sign-in', 'granted'],
      ['Anna', '192.0.2.7', 'sign-in', 'denied'],
      ['nobody', '192.0.2.8', 'sign-in', 'denied'],
    ]);
    expect(JSON.stringify(audit.kept)).not.toContain('my-secret-pass');
  });
});

describe('too many wrong passwords', () => {
  it.each(['Anna', 'Nobody'])('lock out the name %s, from everywhere, for twice as long each time', async (name) => {
    let host = 0;
    const attempt = (given: string) => signInAs(bench, name, given, from(`192.0.2.${++host}`));
    expect(await statusesOf(6, () => attempt(wrong))).toEqual([401, 401, 401, 401, 401, 429]);
    const waits: number[] = [];
    for (let times = 0; times < 8; times += 1) {
      const refused = await attempt(password);
      expect(refused.status).toBe(429);
      const waitS = Number(refused.headers.get('retry-after'));
      waits.push(waitS);
      clock.advance(waitS * 1_000);
      expect((await attempt(wrong)).status).toBe(401);
    }
    expect(waits).toEqual([30, 60, 120, 240, 480, 900, 900, 900]);
  });

  it('are forgotten with the right one, and an hour later', async () => {
    const attempt = (given: string) => signInAs(bench, 'Anna', given);
    expect(await statusesOf(4, () => attempt(wrong))).toEqual([401, 401, 401, 401]);
    expect((await attempt(password)).status).toBe(201);
    expect(await statusesOf(4, () => attempt(wrong))).toEqual([401, 401, 401, 401]);
    clock.advance(3_600_000);
    expect(await statusesOf(5, () => attempt(wrong))).toEqual([401, 401, 401, 401, 401]);
    expect((await attempt(password)).status).toBe(429);
    clock.advance(30_000);
    expect((await attempt(password)).status).toBe(201);
  });

  it('count however many come at once', async () => {
    const attempts = Array.from({ length: 30 }, (_, at) => signInAs(bench, 'Anna', wrong, from(`192.0.2.${at}`)));
    const statuses = (await Promise.all(attempts)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(25);
  });

  it('hold up an address that tries many names, and no other', async () => {
    let person = 0;
    const attempt = (address: string) => signInAs(bench, `person ${++person}`, wrong, from(address));
    const statuses = await statusesOf(21, () => attempt('2001:db8::1'));
    expect(statuses).toEqual([...Array.from({ length: 20 }, () => 401), 429]);
    // The same network, under another of its addresses.
    expect((await attempt('2001:db8:0:0:ffff::2')).status).toBe(429);
    expect((await attempt('2001:db8:0:1::1')).status).toBe(401);
    expect((await signInAs(bench, 'Anna', password, from('192.0.2.1'))).status).toBe(201);
  });

  it('end by an administrator, who sees it, and by a new password', async () => {
    const lockedUntil = async () =>
      ((await (await bench.call('/api/v1/users/Anna')).json()) as { lockedUntil: string | null }).lockedUntil;
    let host = 0;
    const attempt = (given: string) => signInAs(bench, 'Anna', given, from(`192.0.2.${++host}`));
    await statusesOf(5, () => attempt(wrong));
    expect(Date.parse((await lockedUntil()) ?? '')).toBeGreaterThan(clock.now());
    expect((await bench.call('/api/v1/users/Anna/lock-out', { method: 'DELETE' })).status).toBe(204);
    expect(await lockedUntil()).toBeNull();
    expect((await attempt(password)).status).toBe(201);
    await statusesOf(5, () => attempt(wrong));
    const json = { role: 'operator', password: 'a green tea at eight' };
    await bench.call('/api/v1/users/Anna', { method: 'PUT', json });
    expect((await attempt('a green tea at eight')).status).toBe(201);
    const noted = audit.kept.map(({ action, outcome }) => `${action} ${outcome}`);
    expect(noted).toContain('lock-out denied');
    expect(noted).toContain('unlock granted');
  });
});

describe('a session', () => {
  it('ends after 12 h without use and 24 h after it began', async () => {
    const cookie = cookieOf(await signInAs(bench, 'Anna', password));
    const status = async () => (await callBy(bench, cookie, '/api/v1/session')).status;
    clock.advance(11 * 3_600_000);
    expect(await status()).toBe(200);
    clock.advance(11 * 3_600_000);
    expect(await status()).toBe(200);
    clock.advance(2 * 3_600_000 + 1_000);
    expect(await status()).toBe(401);
  });

  it('behind a proxy with TLS has a Secure cookie that no other host can set', async () => {
    const secure = { 'x-forwarded-proto': 'https' };
    const answer = await signInAs(bench, 'Anna', password, secure);
    const set = answer.headers.get('set-cookie') ?? '';
    expect(set).toMatch(/^__Host-lanewatch_session=lws_[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
    const cookie = cookieOf(answer);
    const statusOf = async (sent: string, headers: Record<string, string>) =>
      (await bench.call('/api/v1/session', { token: null, headers: { ...headers, cookie: sent } })).status;
    expect(await statusOf(cookie, secure)).toBe(200);
    // Without the prefix it may come from a page without TLS.
    expect(await statusOf(cookie.replace('__Host-', ''), secure)).toBe(401);
    expect((await bench.call('/healthz')).headers.get('strict-transport-security')).toContain('max-age=');
  });

  it('does not believe a proxy that is not trusted', async () => {
    await using plain = await startHttpBench({ audit });
    await plain.access.users.create('Anna', { role: 'operator', agency: null, lanes: null }, password);
    const spoofed = {
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'evil.example',
    };
    const answer = await signInAs(plain, 'Anna', password, spoofed);
    expect(answer.headers.get('set-cookie')).toMatch(/^lanewatch_session=/);
    expect(audit.kept.at(-1)).toMatchObject({ action: 'sign-in', from: '127.0.0.1' });
    expect((await plain.call('/healthz')).headers.get('strict-transport-security')).toBeNull();
  });
});

describe('what is denied', () => {
  it('is written down once at once, and the rest of a minute together: a flood is two entries', async () => {
    const attempts = Array.from({ length: 300 }, () => bench.call('/api/v1/alarms', { token: 'lw_wrong' }));
    await Promise.all(attempts);
    const entries = () => audit.kept.filter(({ action }) => action === 'request');
    expect(entries()).toMatchObject([{ by: 'nobody', detail: '401 GET /api/v1/alarms', from: '127.0.0.1' }]);
    clock.advance(60_000);
    await bench.call('/api/v1/users', { token: bench.tokenOf('operator') });
    expect(entries().slice(1)).toMatchObject([
      { detail: '299 more within a minute, the last: 401 GET /api/v1/alarms' },
      { by: 'a operator', role: 'operator', detail: '403 GET /api/v1/users' },
    ]);
  });

  it('is bounded however many addresses there are, and complete at the end', async () => {
    const address = (at: number) => from(`198.51.${Math.floor(at / 250)}.${at % 250}`);
    for (let block = 0; block < 4; block += 1) {
      await Promise.all(
        Array.from({ length: 250 }, (_, at) =>
          bench.call('/api/v1/alarms', { token: null, headers: address(block * 250 + at) }),
        ),
      );
    }
    expect(audit.kept).toHaveLength(201);
    await bench.app.close();
    expect(audit.kept.at(-1)?.detail).toMatch(/^799 more within a minute/);
  });
});
