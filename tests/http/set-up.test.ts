import { describe, expect, it } from 'vitest';
import { startHttpBench } from './http-bench.ts';
import { callBy, cookieOf } from './signed-in.ts';

const password = 'correct horse battery';
const fresh = () => startHttpBench({}, { adminToken: undefined });

describe('a post without a user and without a token', () => {
  it('answers nothing but the probes and the set-up page', async () => {
    await using bench = await fresh();
    for (const { method, url } of bench.app.guardedRoutes) {
      const { status } = await bench.call(url.replace(/:\w+|\*/g, 'some-id'), { method, token: null });
      const open = ['/healthz', '/readyz', '/setup'].includes(url);
      expect.soft([method, url, status === 503]).toEqual([method, url, !open]);
    }
    const refused = await bench.call('/', { token: null, headers: { accept: 'text/html' } });
    expect([refused.status, refused.headers.get('content-type')]).toEqual([503, 'application/problem+json']);
    expect(await refused.json()).toMatchObject({ code: 'set-up-needed' });
    const page = await bench.call('/setup?code=%3Cscript%3E', { token: null });
    expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'; script-src 'sha256-[^']+';/);
    expect(await page.text()).not.toContain('script%3E');
  });

  it('lets who has the code make the first administrator, once', async () => {
    await using bench = await fresh();
    const setUp = (code: string, name = 'Boss') =>
      bench.call('/setup', { method: 'POST', token: null, json: { code, name, password } });
    const code = bench.access.setUp.begin();
    expect((await setUp('guessed')).status).toBe(401);
    const made = await setUp(code);
    expect(made.status).toBe(201);
    const cookie = cookieOf(made);
    expect(await (await callBy(bench, cookie, '/api/v1/users')).json()).toMatchObject({
      items: [{ name: 'Boss', role: 'administrator' }],
    });
    expect((await setUp(code, 'Thief')).status).toBe(401);
    const page = await bench.call('/setup', { token: null });
    expect([page.status, page.headers.get('location')]).toEqual([303, '/signin']);
    expect((await bench.call('/api/v1/alarms', { token: null })).status).toBe(401);
    expect(await (await callBy(bench, cookie, '/api/v1/audit?action=set-up')).json()).toMatchObject({
      items: [{ by: 'Boss', granted: true }],
    });
  });

  it('refuses a page of another host the set-up too', async () => {
    await using bench = await fresh();
    const json = { code: bench.access.setUp.begin(), name: 'Boss', password };
    const headers = { origin: 'http://evil.example' };
    expect((await bench.call('/setup', { method: 'POST', token: null, json, headers })).status).toBe(403);
    expect(bench.access.setUp.needed()).toBe(true);
  });
});
