import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Role } from '../../src/domain/access.ts';
import { dashboardFiles } from './dashboard-files.ts';
import { type HttpBench, startHttpBench } from './http-bench.ts';

/** Role by role, in the order of `Role`. */
const letters = 'osxtgua';

/**
 * Who may ask what, route by route, written out: o operator, s supervisor, x examiner, t technician, g targeting, u auditor,
 * a administrator. A new route needs a line here before it goes in.
 */
const table: Readonly<Record<string, string>> = {
  'GET /docs': 'osxtgua',
  'HEAD /docs/': 'osxtgua',
  'GET /docs/static/index.html': 'osxtgua',
  'GET /docs/static/swagger-initializer.js': 'osxtgua',
  'GET /docs/json': 'osxtgua',
  'GET /docs/yaml': 'osxtgua',
  'GET /docs/static/*': 'osxtgua',
  'GET /api/v1/openapi.json': 'osxtgua',
  'GET /api/v1/asyncapi.json': 'osxtgua',
  'GET /healthz': 'public',
  'GET /readyz': 'public',
  'GET /metrics': 'osxtgua',
  'GET /signin': 'public',
  'GET /signin/oidc': 'public',
  'GET /signin/oidc/callback': 'public',
  'GET /setup': 'public',
  'POST /setup': 'public',
  'GET /api/v1/site': 'osxtgua',
  'GET /api/v1/lanes': 'osxtgua',
  'GET /api/v1/devices': 'osxtgua',
  'GET /api/v1/devices/:id': 'osxtgua',
  'GET /api/v1/drivers': 'osxtgua',
  'PUT /api/v1/lanes/:id/service': 'sta',
  'PUT /api/v1/devices/:id/service': 'sta',
  'GET /api/v1/alarms': 'osxgua',
  'GET /api/v1/alarms/:id': 'osxgua',
  'POST /api/v1/alarms/:id/acknowledge': 'osa',
  'POST /api/v1/alarms/:id/comment': 'osa',
  'POST /api/v1/alarms/:id/dispose': 'osa',
  'POST /api/v1/alarms/:id/shelve': 'osa',
  'POST /api/v1/alarms/:id/unshelve': 'osa',
  'POST /api/v1/alarms/:id/reopen': 'osa',
  'GET /api/v1/passages': 'osxgua',
  'GET /api/v1/passages/:id': 'osxgua',
  'GET /api/v1/spectra/:id': 'osxgua',
  'GET /api/v1/targets': 'sxgua',
  'GET /api/v1/targets/:id': 'sxgua',
  'POST /api/v1/targets': 'ga',
  'PUT /api/v1/targets/:id': 'ga',
  'DELETE /api/v1/targets/:id': 'ga',
  'POST /api/v1/targets/import': 'ga',
  'POST /api/v1/targets/import/edifact': 'ga',
  'POST /api/v1/matches/:id/judge': 'osga',
  'GET /api/v1/examinations': 'osxgua',
  'GET /api/v1/examinations/:id': 'osxgua',
  'GET /api/v1/units': 'osxgua',
  'POST /api/v1/examinations': 'osga',
  'POST /api/v1/examinations/:id/accept': 'sxa',
  'POST /api/v1/examinations/:id/assign': 'sxa',
  'POST /api/v1/examinations/:id/start': 'sxa',
  'POST /api/v1/examinations/:id/result': 'sxa',
  'POST /api/v1/examinations/:id/cancel': 'osga',
  'POST /api/v1/examinations/:id/delivered': 'osga',
  'POST /api/v1/attachments': 'sxa',
  'GET /api/v1/attachments/:sha256': 'osxgua',
  'GET /api/v1/events': 'osxtgua',
  'GET /api/v1/events/stream': 'osxtgua',
  'GET /api/v1/feeds': 'osxtgua',
  'GET /api/v1/subscriptions': 'ga',
  'POST /api/v1/subscriptions': 'ga',
  'GET /api/v1/subscriptions/:id': 'ga',
  'PUT /api/v1/subscriptions/:id': 'ga',
  'DELETE /api/v1/subscriptions/:id': 'ga',
  'POST /api/v1/subscriptions/:id/rotate': 'ga',
  'GET /api/v1/subscriptions/:id/deliveries': 'ga',
  'POST /api/v1/subscriptions/:id/replay': 'ga',
  'DELETE /api/v1/subscriptions/:id/parked': 'ga',
  'GET /api/v1/audit': 'ua',
  'GET /api/v1/journal/head': 'osxtgua',
  'GET /api/v1/unmaskings': 'osxgua',
  'POST /api/v1/unmaskings': 'osxgua',
  'POST /api/v1/unmaskings/:id/decide': 'sga',
  'GET /api/v1/schemas': 'osxtgua',
  'GET /api/v1/schemas/:type': 'osxtgua',
  'GET /api/v1/readings': 'osxtua',
  'GET /api/v1/figures': 'osgua',
  'GET /api/v1/session': 'osxtgua',
  'POST /api/v1/session': 'public',
  'DELETE /api/v1/session': 'osxtgua',
  'PUT /api/v1/session/password': 'osxtgua',
  'POST /api/v1/sign-in-links': 'a',
  'GET /api/v1/users': 'a',
  'GET /api/v1/users/:name': 'a',
  'POST /api/v1/users': 'a',
  'PUT /api/v1/users/:name': 'a',
  'DELETE /api/v1/users/:name': 'a',
  'DELETE /api/v1/users/:name/lock-out': 'a',
  'GET /api/v1/tokens': 'a',
  'POST /api/v1/tokens': 'a',
  'DELETE /api/v1/tokens/:id': 'a',
  'GET /api/v1/live': 'osxtgua',
  'GET /*': 'osxtgua',
};

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

interface Row {
  readonly method: string;
  readonly path: string;
  readonly row: string;
}
/** Every route; a HEAD is as its GET. */
const walk = (): readonly Row[] => {
  const gets = new Set(bench.app.guardedRoutes.filter(({ method }) => method === 'GET').map(({ url }) => url));
  return bench.app.guardedRoutes.map(({ method, url }) => ({
    method,
    path: url.replace(/:\w+|\*/g, 'some-id'),
    row: `${method === 'HEAD' && gets.has(url) ? 'GET' : method} ${url}`,
  }));
};
/** Status, headers and, of a refusal, its code. What else is answered is not waited for: a stream has no end. */
const ask = async (path: string, init: { readonly method: string; readonly token: string | null }) => {
  const answer = await bench.call(path, init);
  const { status, headers } = answer;
  const isProblem = init.method !== 'HEAD' && headers.get('content-type') === 'application/problem+json';
  const { code } = isProblem ? ((await answer.json()) as { code: string }) : { code: null };
  await answer.body?.cancel().catch(() => undefined);
  return { status, headers, code };
};

describe('the table of who may ask what', () => {
  it('has every route, and no other', () => {
    expect([...new Set(walk().map(({ row }) => row))].toSorted()).toEqual(Object.keys(table).toSorted());
    expect(letters).toHaveLength(Role.options.length);
  });

  it('is kept without a credential, and with a wrong one', async () => {
    for (const { method, path, row } of walk()) {
      for (const token of [null, 'lw_wrong']) {
        const { status, headers } = await ask(path, { method, token });
        // What signs somebody in answers 401 itself, to a wrong secret; here it gets none.
        expect.soft([row, status === 401]).toEqual([row, table[row] !== 'public']);
        if (status === 401) expect(headers.get('www-authenticate')).toContain('Bearer');
      }
    }
  });

  it.each(Role.options.map((role, at) => [role, letters[at] ?? '?'] as const))(
    'is kept for %s',
    async (role, letter) => {
      const token = bench.tokenOf(role);
      for (const { method, path, row } of walk()) {
        const answer = await ask(path, { method, token });
        const may = table[row] === 'public' || table[row]?.includes(letter) === true;
        expect.soft([row, answer.status === 403]).toEqual([row, !may]);
        if (method !== 'HEAD' && !may) expect(answer.code).toBe('not-allowed');
        expect.soft([row, answer.status], row).not.toEqual([row, 401]);
      }
    },
  );

  it('is kept for a token whose scopes are less than its role: each scope opens its routes and no other', async () => {
    const scoped = bench.access.createToken({
      name: 'narrow',
      role: 'administrator',
      scopes: ['read-readings'],
    }).secret;
    for (const { method, url, access } of bench.app.guardedRoutes) {
      const { status } = await ask(url.replace(/:\w+|\*/g, 'some-id'), { method, token: scoped });
      const may = access === 'public' || access === 'signed-in' || access === 'read-readings';
      expect.soft([method, url, status === 403]).toEqual([method, url, !may]);
    }
  });

  it('does not tell an unknown address from a known one without a credential', async () => {
    expect((await bench.call('/api/v1/nothing', { token: null })).status).toBe(401);
    expect((await bench.call('/api/v1/nothing')).status).toBe(404);
  });
});
