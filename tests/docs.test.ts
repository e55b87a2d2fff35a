import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { blueprint } from '../drivers/blueprint/definition.ts';
import { drivers } from '../drivers/index.ts';
import { AccessConfig, HttpConfig } from '../src/config/access-config.ts';
import { loadConfig } from '../src/config/load-config.ts';
import { formatProblems } from '../src/config/problem.ts';
import { AlarmPolicy } from '../src/domain/alarm-policy.ts';
import { Link } from '../src/domain/link.ts';

const root = join(import.meta.dirname, '..');
const pages = globSync('{*.md,docs/*.md,drivers/*/README.md,simulators/*.md,tests/*/README.md}', {
  cwd: root,
}).toSorted();
const read = (page: string) => readFileSync(join(root, page), 'utf8');

/** The example of a whole post, with the certificates and secrets that it names. */
function checked(yaml: string) {
  const folder = mkdtempSync(join(tmpdir(), 'lanewatch-docs-'));
  try {
    for (const [, file = ''] of yaml.matchAll(/(?:ca|cert|key)File: ([^ ,}]+)/g)) {
      mkdirSync(join(folder, dirname(file)), { recursive: true });
      writeFileSync(join(folder, file), '');
    }
    const env = Object.fromEntries([...yaml.matchAll(/Env: (\w+)/g)].map(([, name]) => [name, 'secret']));
    writeFileSync(join(folder, 'site.yaml'), yaml);
    return loadConfig(join(folder, 'site.yaml'), { drivers, env });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('the technicians’ example is a good post, and shows every kind of link', () => {
  const [, yaml = ''] = /```yaml\n(version: 1\n[\s\S]*?)```/.exec(read('docs/technicians.md')) ?? [];
  const loaded = checked(yaml);
  expect(loaded.ok ? '' : formatProblems(loaded.problems)).toBe('');
  const shown = loaded.ok ? loaded.config.devices.map(({ link }) => link.type) : [];
  expect([...new Set(shown)].toSorted()).toEqual(Link.options.map(({ shape }) => shape.type.value).toSorted());
});

test('the technicians’ alarm policy is a good one', () => {
  const [, yaml = ''] = /```yaml\n(alarms:\n[\s\S]*?)```/.exec(read('docs/technicians.md')) ?? [];
  const { alarms } = z.object({ alarms: AlarmPolicy }).parse(parse(yaml));
  expect({ ...alarms, profiles: [], twoPersons: {}, flood: {} }).toEqual({
    ...AlarmPolicy.parse({}),
    profiles: [],
    twoPersons: {},
    flood: {},
  });
  expect(alarms.profiles).toHaveLength(3);
});

test('the configuration of access is a good one, and shows every key', () => {
  const [, yaml = ''] = /```yaml\n(http:\n[\s\S]*?)```/.exec(read('docs/access.md')) ?? [];
  const { http, access } = z.strictObject({ http: HttpConfig, access: AccessConfig }).parse(parse(yaml));
  const [shown, known] = [{ ...http, ...http.tls, ...access, ...access.oidc }, [HttpConfig, AccessConfig]];
  const keys = known.flatMap(({ shape }) => Object.keys(shape));
  expect(keys.filter((key) => !(key in shown))).toEqual([]);
  expect(http.rateLimit).toEqual(HttpConfig.parse({}).rateLimit);
  expect(access.session).toEqual(AccessConfig.parse({}).session);
});

test('the README names every driver with all of its links', () => {
  const rows = [...read('README.md').matchAll(/^\| \[([\w-]+)\]\(drivers\/[\w-]+\/README\.md\) \|.*\| (.*) \|$/gm)];
  const told = rows.map(([, name, links = '']) => [name, links.split(', ').toSorted()]);
  const known = [...drivers.values()].map(({ name, links }) => [name, links.toSorted()]);
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(known));
});

test.each([...drivers.keys(), 'blueprint'])(
  '%s: its README says how sure it is, when it is stale, what it refuses, and every option',
  (name) => {
    const readme = read(`drivers/${name}/README.md`);
    expect(readme).toMatch(/\*\*\[(code|web|ours)\]\*\*/);
    expect(readme).toMatch(/silence limit/i);
    expect(readme).toMatch(/refused/i);
    const schema = z.toJSONSchema((drivers.get(name) ?? blueprint).options, { io: 'input', unrepresentable: 'any' });
    expect(
      Object.keys(schema.properties ?? {}).filter((option) => !new RegExp(`\\b${option}\\b`).test(readme)),
    ).toEqual([]);
  },
);

test.each(pages)('%s links to what is there', (page) => {
  const targets = [...read(page).matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g)].map(([, target = '']) => target);
  expect(targets.filter((target) => globSync(join(root, dirname(page), target)).length === 0)).toEqual([]);
});
