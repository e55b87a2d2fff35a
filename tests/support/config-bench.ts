import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { z } from 'zod';
import { type LoadedConfig, loadConfig } from '../../src/config/load-config.ts';
import { formatProblems } from '../../src/config/problem.ts';
import type { LinkType } from '../../src/domain/link.ts';
import type { DriverDefinition } from '../../src/ports/driver.ts';

/** A driver as the configuration sees it: a name, its links, the schema of its options. */
function driver(
  name: string,
  links: readonly LinkType[],
  options: z.ZodType = z.strictObject({}),
): [string, DriverDefinition] {
  return [name, { name, title: name, links, options, silenceMs: () => null, run: () => Promise.resolve() }];
}

/** One that reads by profiles. */
const mapped: DriverDefinition = {
  name: 'mapped',
  title: 'mapped',
  links: ['tcp'],
  options: z.strictObject({ profile: z.string() }),
  profile: z.strictObject({ baud: z.int() }),
  silenceMs: () => null,
  run: async () => undefined,
};
const drivers = new Map([
  driver('portal', ['tcp', 'serial']),
  driver('monitor', ['modbus-tcp']),
  driver('scanner', ['mqtt'], z.strictObject({ profile: z.enum(['small', 'large']).default('small') })),
  ['mapped', mapped],
]);

/** Loads site files from a folder of its own, which goes when the test file ends. */
export function configBench() {
  const folder = mkdtempSync(join(tmpdir(), 'lanewatch-config-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const loadFile = (name: string, env: Record<string, string> = {}): LoadedConfig =>
    loadConfig(join(folder, name), { drivers, env, profilesDir: join(folder, 'bundled') });
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  const load = (yaml: string, env?: Record<string, string>) => {
    write('site.yaml', yaml);
    return loadFile('site.yaml', env);
  };
  /** The problems as the user reads them, without the folder. */
  const complaints = (yaml: string, env?: Record<string, string>): readonly string[] => {
    const loaded = load(yaml, env);
    return loaded.ok ? [] : formatProblems(loaded.problems).replaceAll(`${folder}/`, '').split('\n');
  };
  return { folder, loadFile, write, load, complaints };
}

/** Lines 1 and 2 of a good file, lines 3 and 4, and the whole of it. */
export const head = `version: 1
site: { id: post, name: Post, unlocode: NLRTM, timeZone: Europe/Amsterdam }
`;
export const lanes = `lanes:
  - { id: lane-1, name: One, kind: vehicle }
`;
export const good = `${head}${lanes}devices:
  - { id: rpm-1, lane: lane-1, driver: portal, link: { type: tcp, host: 127.0.0.1, port: 1601 } }
`;

/** A file whose line 6 is this device, before the good one in line 7. */
export function withDevice(device: string): string {
  return good.replace('devices:\n', `devices:\n  - ${device}\n`);
}
