import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { adminToken, runCommand, startService } from '../support/service.ts';

const folder = mkdtempSync(join(tmpdir(), 'lanewatch-commands-'));
afterAll(() => rmSync(folder, { recursive: true }));

const good = {
  version: 1,
  site: { id: 'post', name: 'Post', unlocode: 'NLRTM', timeZone: 'Europe/Amsterdam' },
  mqtt: { embedded: { port: 0 } },
  lanes: [{ id: 'bags', name: 'Bags', kind: 'baggage' }],
  devices: [{ id: 'xray', lane: 'bags', driver: 'xray-tdr', link: { type: 'mqtt', broker: 'embedded', topic: 'x' } }],
};
function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}
const goodFile = file('good.yaml', stringify(good));
const badFile = file(
  'bad.yaml',
  `version: 1
site: { id: post, name: Post, unlocode: NLRTM, timeZone: Europe/Amsterdam, colour: blue }
lanes:
  - { id: one, name: One, kind: vehicle }
  - { id: one, name: Again, kind: tram }
devices:
  - { id: rpm, lane: two, driver: tsa-rpm, link: { type: tcp, host: h, port: 99999 } }
`,
);

describe('check', () => {
  test('a good file: 0', async () => {
    expect(await runCommand(['check', '--config', goodFile])).toMatchObject({ code: 0, stderr: '' });
  });

  test('a bad one: 1, every problem at once with file, line and path', async () => {
    const { code, stderr } = await runCommand(['check', '--config', badFile]);
    expect(code).toBe(1);
    const lines = stderr
      .trim()
      .split('\n')
      .map((line) => line.replace(badFile, 'bad.yaml'));
    for (const expected of [
      /^bad\.yaml:2: site.*colour/,
      /^bad\.yaml:5: lanes\[1\]\.id/,
      /^bad\.yaml:5: lanes\[1\]\.kind/,
      /^bad\.yaml:7: devices\[0\]\.lane/,
      /^bad\.yaml:7: devices\[0\]\.link\.port/,
    ]) {
      expect(
        lines.filter((line) => expected.test(line)),
        String(expected),
      ).toHaveLength(1);
    }
  });
});

describe('serve', () => {
  test.each([
    ['a wrong configuration', ['--config', badFile], /bad\.yaml:2: /],
    ['no configuration', [], /--config is missing/],
    ['a file that is not there', ['--config', join(folder, 'none.yaml')], /none\.yaml/],
    ['an unknown option', ['--config', goodFile, '--colour', 'blue'], /colour/],
    ['no port number', ['--config', goodFile, '--port', 'eighty'], /--port eighty/],
  ])('%s: 2, the reason on stderr, nothing begun', async (_name, args, reason) => {
    const dataDir = join(folder, 'never');
    const { code, stdout, stderr } = await runCommand(['serve', '--data', dataDir, ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(reason);
    expect(existsSync(dataDir), 'half-started').toBe(false);
  });

  test('an administrator’s token that is too short: 2', async () => {
    const { code, stderr } = await runCommand(['serve', '--config', goodFile, '--data', join(folder, 'a')], {
      LANEWATCH_ADMIN_TOKEN: 'short',
    });
    expect(code).toBe(2);
    expect(stderr).toMatch(/LANEWATCH_ADMIN_TOKEN/);
    expect(stderr).not.toContain('short\n');
  });

  test('a port in use: 2, naming it', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { code, stderr } = await runCommand([
      'serve',
      '--config',
      goodFile,
      '--data',
      join(folder, 'b'),
      '--port',
      String(port),
    ]);
    taken.close();
    expect(code).toBe(2);
    expect(stderr).toContain(String(port));
  });

  test('one line on stdout, 0 on SIGTERM within five seconds; one service per data folder; tokens beside it', async () => {
    await using service = await startService(good);
    expect(service.stdout).toEqual([`lanewatch ready ${service.address()}`]);

    const second = await runCommand(['serve', '--config', goodFile, '--data', service.dataDir, '--port', '0']);
    expect(second.code).toBe(2);
    expect(second.stderr).toMatch(/in use by another Lanewatch/);

    const made = await runCommand([
      'token',
      'create',
      '--data',
      service.dataDir,
      '--role',
      'operator',
      '--name',
      'desk 1',
    ]);
    expect(made.code).toBe(0);
    const headers = { authorization: `Bearer ${made.stdout.trim()}` };
    expect((await service.request('GET', '/alarms', undefined, headers)).status).toBe(200);
    expect((await service.request('GET', '/targets', undefined, headers)).status).toBe(403);
    expect((await service.request('GET', '/alarms', undefined, { authorization: 'Bearer nobody' })).status).toBe(401);
    expect(made.stdout).not.toContain(adminToken);

    const began = Date.now();
    expect(await service.end('SIGTERM')).toBe(0);
    expect(Date.now() - began).toBeLessThan(5_000);
    expect(service.stdout).toHaveLength(1);
    expect((await runCommand(['verify', '--data', service.dataDir])).code).toBe(0);
  });
});

describe('the others', () => {
  test.each([
    [['verify'], /--data is missing/],
    [['verify', '--data', '/nowhere/at/all'], /\/nowhere\/at\/all/],
    [['token', 'create', '--data', folder, '--name', 'x', '--role', 'king'], /--role must be one of operator/],
    [['dance'], /there is no command dance/],
    [[], /no command/],
  ])('%j: 2 with the reason', async (args, reason) => {
    const { code, stderr } = await runCommand(args);
    expect(code).toBe(2);
    expect(stderr).toMatch(reason);
  });
});
