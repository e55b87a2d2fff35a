import { expect, test } from 'vitest';
import { runCommand, type Service, startService } from '../support/service.ts';
import { until } from '../support/until.ts';

const config = {
  version: 1,
  site: { id: 'post', name: 'Post', unlocode: 'NLRTM', timeZone: 'Europe/Amsterdam' },
  lanes: [{ id: 'lane-1', name: 'One', kind: 'vehicle' }],
  devices: [],
};
const startFresh = () => startService(config, [], { LANEWATCH_ADMIN_TOKEN: undefined });

interface LogLine {
  readonly level: number;
  readonly address: string;
}
const setUpLines = (service: Service): readonly LogLine[] =>
  service
    .stderr()
    .split('\n')
    .filter((line) => line.includes('/setup?code='))
    .map((line) => JSON.parse(line) as LogLine);
const statusOf = async (service: Service, path: string) => (await fetch(service.address() + path)).status;

test('the first start says in its log, once, where the first administrator is made, and the next one says it no more', async () => {
  await using service = await startFresh();
  const [line] = await until('the log says it', () => {
    const lines = setUpLines(service);
    return lines.length > 0 ? lines : null;
  });
  const url = new URL(line?.address ?? '');
  expect(url.origin).toBe(service.address());
  expect(
    await Promise.all(['/healthz', '/readyz', '/setup', '/', '/signin'].map((path) => statusOf(service, path))),
  ).toEqual([200, 200, 200, 503, 503]);
  const made = await fetch(`${service.address()}/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code: url.searchParams.get('code'), name: 'Boss', password: 'correct horse battery' }),
  });
  expect(made.status).toBe(201);
  expect(await statusOf(service, '/signin')).toBe(200);

  expect(await service.end('SIGTERM')).toBe(0);
  await service.start();
  expect(await statusOf(service, '/signin')).toBe(200);
  expect(setUpLines(service)).toHaveLength(1);
  expect(service.stdout).toEqual([
    expect.stringMatching(/^lanewatch ready /),
    expect.stringMatching(/^lanewatch ready /),
  ]);
});

test('a token made on the command line beside the running service ends the set-up', async () => {
  await using service = await startFresh();
  expect(await statusOf(service, '/signin')).toBe(503);
  const args = ['token', 'create', '--data', service.dataDir, '--role', 'administrator', '--name', 'first'];
  const { stdout } = await runCommand(args);
  const headers = { authorization: `Bearer ${stdout.trim()}` };
  expect((await fetch(`${service.address()}/api/v1/users`, { headers })).status).toBe(200);
  expect(await statusOf(service, '/signin')).toBe(200);
});
