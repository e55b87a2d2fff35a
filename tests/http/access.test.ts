import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { dashboardFiles } from './dashboard-files.ts';
import { adminToken, type HttpBench, startHttpBench } from './http-bench.ts';

let files: ReturnType<typeof dashboardFiles>;
let bench: HttpBench;
beforeAll(async () => {
  files = dashboardFiles();
  bench = await startHttpBench({ dashboardDir: files.dir });
});
afterAll(async () => {
  await bench[Symbol.asyncDispose]();
  files[Symbol.dispose]();
});

const signIn = async (token: string): Promise<string> => {
  const answer = await bench.call('/api/v1/session', { method: 'POST', token: null, json: { token } });
  expect(answer.status).toBe(201);
  return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
};
/** The status a WebSocket upgrade is answered with; 101 when it opens. */
const upgrade = (headers: Record<string, string>): Promise<number> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`${bench.address.replace('http', 'ws')}/api/v1/live`, { headers });
    socket.on('open', () => {
      socket.terminate();
      resolve(101);
    });
    socket.on('unexpected-response', (_request, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    socket.on('error', reject);
  });

describe('a session', () => {
  it('begins with a token, carries its principal in a strict http-only cookie, and ends', async () => {
    const cookie = await signIn(bench.tokenOf('operator'));
    const answer = await bench.call('/api/v1/session', { token: null, headers: { cookie } });
    expect(await answer.json()).toEqual({
      name: 'a operator',
      role: 'operator',
      agency: null,
      lanes: null,
      scopes: null,
      password: false,
    });
    expect((await bench.call('/api/v1/session', { method: 'DELETE', token: null, headers: { cookie } })).status).toBe(
      204,
    );
    expect((await bench.call('/api/v1/session', { token: null, headers: { cookie } })).status).toBe(401);
  });

  it('has a cookie no script and no other site can use', async () => {
    const answer = await bench.call('/api/v1/session', { method: 'POST', token: null, json: { token: adminToken } });
    expect(answer.headers.get('set-cookie')).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
  });

  it('does not begin with a wrong token', async () => {
    const answer = await bench.call('/api/v1/session', { method: 'POST', token: null, json: { token: 'lw_wrong' } });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  it('changes nothing and opens no live stream for a page of another host', async () => {
    const cookie = await signIn(adminToken);
    const own = bench.address;
    const statusFrom = async (origin: string) =>
      (await bench.call('/api/v1/sign-in-links', { method: 'POST', token: null, headers: { cookie, origin } })).status;
    expect(await statusFrom(own)).toBe(201);
    expect(await statusFrom('http://evil.example')).toBe(403);
    expect(await statusFrom('null')).toBe(403);
    const statusAs = async (site: string) => {
      const headers = { cookie, 'sec-fetch-site': site };
      return (await bench.call('/api/v1/sign-in-links', { method: 'POST', token: null, headers })).status;
    };
    const sites = ['same-origin', 'none', 'same-site', 'cross-site'];
    expect(await Promise.all(sites.map(statusAs))).toEqual([201, 201, 403, 403]);
    expect(await upgrade({ cookie, origin: own })).toBe(101);
    expect(await upgrade({ cookie, origin: 'http://evil.example' })).toBe(403);
    expect(await upgrade({ authorization: `Bearer ${adminToken}` })).toBe(101);
    expect(await upgrade({ cookie, 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await upgrade({})).toBe(401);
  });
});

describe('a sign-in link', () => {
  const linkFor = async (json: unknown) => {
    const answer = await bench.call('/api/v1/sign-in-links', { method: 'POST', json });
    const { url } = (await answer.json()) as { url: string };
    expect(url.startsWith(`${bench.address}/signin?code=`)).toBe(true);
    return url.slice(bench.address.length);
  };

  it('signs in once, as whom it was made for', async () => {
    const link = await linkFor({ name: 'Board 1', role: 'operator' });
    const first = await bench.call(link, { token: null });
    expect([first.status, first.headers.get('location')]).toEqual([303, '/']);
    const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? '';
    const session = await bench.call('/api/v1/session', { token: null, headers: { cookie } });
    expect(await session.json()).toMatchObject({ name: 'Board 1', role: 'operator' });
    const second = await bench.call(link, { token: null });
    expect([second.status, second.headers.get('set-cookie')]).toEqual([401, null]);
    expect(await second.text()).toContain('used before');
  });
});

describe('the dashboard', () => {
  const html = { accept: 'text/html,*/*' };

  it('sends who is not signed in to the sign-in page, which runs only its own script', async () => {
    for (const path of ['/', '/alarms/some-id', '/docs']) {
      const answer = await bench.call(path, { token: null, headers: html });
      expect([path, answer.status, answer.headers.get('location')]).toEqual([path, 303, '/signin']);
    }
    const page = await bench.call('/signin', { token: null, headers: html });
    expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'; script-src 'sha256-[^']+';/);
    expect(await page.text()).toContain('Access token');
  });

  it('serves the page for any of its addresses, and files as they are', async () => {
    for (const path of ['/', '/alarms/some-id', '/index.html']) {
      const answer = await bench.call(path, { headers: html });
      expect([path, answer.status, answer.headers.get('cache-control')]).toEqual([path, 200, 'no-cache']);
      expect(await answer.text()).toContain('the dashboard');
    }
    const asset = await bench.call('/assets/app-1a2b.js');
    expect(asset.headers.get('cache-control')).toContain('immutable');
    expect((await bench.call('/assets/app-1a2b.js', { token: null })).status).toBe(401);
    expect((await bench.call('/assets/none.js')).status).toBe(404);
    expect((await bench.call('/../../etc/passwd')).status).toBe(404);
    expect((await bench.call('/%2e%2e/%2e%2e/etc/passwd')).status).toBeGreaterThanOrEqual(400);
  });

  it('is never framed, and loads nothing from elsewhere', async () => {
    const { headers } = await bench.call('/', { headers: html });
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});
