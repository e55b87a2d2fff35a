import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openOidc } from '../../src/adapters/oidc.ts';
import { Grant } from '../../src/domain/grant.ts';
import { type HttpBench, startHttpBench } from './http-bench.ts';
import {
  clientId,
  clientSecret,
  comeBack,
  smallBrowser,
  startTestProvider,
  type TestProvider,
} from './oidc-provider.ts';
import { advancedClock } from './signed-in.ts';

let provider: TestProvider;
let bench: HttpBench;
let clock: ReturnType<typeof advancedClock>;
const roles = {
  'post-admins': Grant.parse({ role: 'administrator' }),
  'post-police': Grant.parse({ role: 'operator', agency: 'police', lanes: ['lane-1'] }),
};

beforeEach(async () => {
  clock = advancedClock();
  provider = await startTestProvider();
  const settings = { clientId, clientSecret, scopes: ['openid', 'profile'], claim: 'groups', roles };
  const names = { nameClaim: 'preferred_username', label: 'Sign in at the <ministry>' };
  const identityProvider = openOidc({ issuer: provider.issuer, ...settings, ...names });
  bench = await startHttpBench({ clock, identityProvider });
  provider.serve(`${bench.address}/signin/oidc/callback`);
  provider.people.set('u-1', { preferred_username: 'Dee', groups: ['staff', 'post-police'] });
  provider.people.set('u-2', { preferred_username: 'Eve', groups: ['staff'] });
  provider.people.set('u-3', { groups: ['post-police'] });
  provider.people.set('u-4', { preferred_username: 'anna', groups: ['post-police'] });
});
afterEach(async () => {
  await bench[Symbol.asyncDispose]();
  await provider[Symbol.asyncDispose]();
});

const sessionOf = async (browser: ReturnType<typeof smallBrowser>) => {
  const answer = await browser.get(`${bench.address}/api/v1/session`);
  return answer.status === 200 ? ((await answer.json()) as Record<string, unknown>) : answer.status;
};
const dee = { name: 'Dee', role: 'operator', agency: 'police', lanes: ['lane-1'], password: false };

describe('signing in by OpenID Connect', () => {
  it.each([false, true])('gives the role of the first group that has one; in the ID token: %s', async (inToken) => {
    provider.serve(`${bench.address}/signin/oidc/callback`, inToken);
    const browser = smallBrowser();
    const back = await browser.get(await comeBack(browser, bench.address, 'u-1'));
    expect(back.status).toBe(200);
    // By a page of ours: a redirection from another site would be without the strict cookie.
    expect(await back.text()).toContain('<meta http-equiv="refresh" content="0;url=/">');
    expect(back.headers.get('set-cookie')).toMatch(/lanewatch_session=lws_\S+; Path=\/; HttpOnly; SameSite=Strict/);
    expect(await sessionOf(browser)).toMatchObject(dee);
    expect(bench.access.users.list()).toMatchObject([{ name: 'Dee', provider: provider.issuer }]);
  });

  it('asks with PKCE, state and nonce, and has a button on the sign-in page', async () => {
    const page = await bench.call('/signin', { token: null });
    expect(await page.text()).toContain('href="/signin/oidc">Sign in at the &#60;ministry&#62;</a>');
    const leaving = await bench.call('/signin/oidc', { token: null });
    const asked = new URL(leaving.headers.get('location') ?? '').searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({ response_type: 'code', code_challenge_method: 'S256' });
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked.get(name)?.length).toBeGreaterThan(30);
    expect(leaving.headers.get('set-cookie')).toMatch(
      /^lanewatch_signin=\S+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/,
    );
  });

  it('refuses who has no role, no name or the name of another, with a page that says so and without a session', async () => {
    await bench.access.users.create('Anna', { role: 'operator', agency: null, lanes: null }, 'correct horse battery');
    for (const [subject, status, said] of [
      ['u-2', 403, 'you have no role at this post'],
      ['u-3', 403, 'you have no role at this post'],
      ['u-4', 409, 'Another user here has your name'],
    ] as const) {
      const browser = smallBrowser();
      const answer = await browser.get(await comeBack(browser, bench.address, subject));
      expect([answer.status, await answer.text()]).toEqual([status, expect.stringContaining(said)]);
      expect(await sessionOf(browser)).toBe(401);
    }
    expect(bench.access.users.list()).toHaveLength(1);
  });

  it('takes the word of today: with another group comes another role, and without one, or disabled here, nobody comes in', async () => {
    const browser = smallBrowser();
    await browser.get(await comeBack(browser, bench.address, 'u-1'));
    provider.people.set('u-1', { preferred_username: 'Dee', groups: ['post-admins'] });
    const again = smallBrowser();
    await again.get(await comeBack(again, bench.address, 'u-1'));
    expect(await sessionOf(browser)).toBe(401);
    expect(await sessionOf(again)).toMatchObject({ role: 'administrator', agency: null });
    provider.people.set('u-1', { preferred_username: 'Dee', groups: [] });
    const without = smallBrowser();
    expect((await without.get(await comeBack(without, bench.address, 'u-1'))).status).toBe(403);
    provider.people.set('u-1', { preferred_username: 'Dee', groups: 'post-admins' });
    const json = { role: 'administrator', disabled: true };
    expect((await bench.call('/api/v1/users/dee', { method: 'PUT', json })).status).toBe(200);
    expect(await sessionOf(again)).toBe(401);
    const refused = smallBrowser();
    expect((await refused.get(await comeBack(refused, bench.address, 'u-1'))).status).toBe(403);
  });
});

describe('coming back', () => {
  it('counts once: the same address again, and after it is over, is refused', async () => {
    const browser = smallBrowser();
    const address = await comeBack(browser, bench.address, 'u-1');
    expect((await browser.get(address)).status).toBe(200);
    const replayed = await browser.get(address);
    expect([replayed.status, await replayed.text()]).toEqual([401, expect.stringContaining('used before')]);
    const late = smallBrowser();
    const lateAddress = await comeBack(late, bench.address, 'u-1');
    clock.advance(600_000);
    expect((await late.get(lateAddress)).status).toBe(401);
    expect(await sessionOf(late)).toBe(401);
  });

  it('counts only in the browser that left: nobody is signed in as somebody else by a link', async () => {
    const attacker = smallBrowser();
    const address = await comeBack(attacker, bench.address, 'u-1');
    const victim = smallBrowser();
    expect((await victim.get(address)).status).toBe(401);
    await victim.get(`${bench.address}/signin/oidc`);
    expect((await victim.get(address)).status).toBe(401);
    expect(await sessionOf(victim)).toBe(401);
    expect(bench.access.users.list()).toEqual([]);
  });

  it.each([
    ['another state', (url: URL) => url.searchParams.set('state', 'x')],
    ['no state', (url: URL) => url.searchParams.delete('state')],
    ['another code', (url: URL) => url.searchParams.set('code', 'x')],
    ['another issuer', (url: URL) => url.searchParams.set('iss', 'https://evil.example')],
    [
      'a refusal of the provider',
      (url: URL) => {
        url.searchParams.delete('code');
        url.searchParams.set('error', 'access_denied');
        url.searchParams.set('error_description', '<script>alert(1)</script>');
      },
    ],
  ])('with %s is refused', async (_what, change) => {
    const browser = smallBrowser();
    const url = new URL(await comeBack(browser, bench.address, 'u-1'));
    change(url);
    const answer = await browser.get(url.href);
    const text = await answer.text();
    expect([answer.status, text.includes('did not work')]).toEqual([401, true]);
    expect(text).not.toContain('<script>alert');
    expect(await sessionOf(browser)).toBe(401);
  });
});

describe('a provider that is down', () => {
  it('is said so on the page, holds up no other sign-in, and works again once it is back', async () => {
    await provider.stop();
    const answer = await bench.call('/signin/oidc', { token: null });
    expect([answer.status, await answer.text()]).toEqual([502, expect.stringContaining('cannot be reached now')]);
    const json = { token: bench.tokenOf('operator') };
    expect((await bench.call('/api/v1/session', { method: 'POST', token: null, json })).status).toBe(201);
    await provider.start();
    const browser = smallBrowser();
    const address = await comeBack(browser, bench.address, 'u-1');
    await provider.stop();
    const cut = await browser.get(address);
    expect([cut.status, await cut.text()]).toEqual([502, expect.stringContaining('cannot be reached now')]);
    await provider.start();
    expect((await browser.get(await comeBack(browser, bench.address, 'u-1'))).status).toBe(200);
  });

  it('is not there where none is configured', async () => {
    await using plain = await startHttpBench();
    expect((await plain.call('/signin/oidc', { token: null })).status).toBe(404);
    expect(await (await plain.call('/signin', { token: null })).text()).not.toContain('/signin/oidc');
  });
});
