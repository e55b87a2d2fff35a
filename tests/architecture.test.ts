import { spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { areas, importsOf, scatteredClients, violationsOf } from './support/import-rules.ts';

const root = join(import.meta.dirname, '..');
const tree = globSync('{src,drivers,simulators,tests,dashboards/operations/src}/**/*.{ts,tsx}', { cwd: root })
  .toSorted()
  .map((file) => ({ file, source: readFileSync(join(root, file), 'utf8') }));

describe('the tree', () => {
  it('keeps the import rules, and no file is longer than 300 lines', () => {
    expect(tree.flatMap(({ file, source }) => violationsOf(file, source))).toEqual([]);
  });

  it('imports each client library in one place', () => {
    expect(scatteredClients(tree)).toEqual([]);
  });

  it('has files under every area, so that no rule is about nothing', () => {
    expect(areas.map(({ of }) => of).filter((of) => !tree.some(({ file }) => file.startsWith(of)))).toEqual([]);
  });
});

const forbidden: readonly (readonly [string, string])[] = [
  ['src/domain/planted.ts', '../ports/clock.ts'],
  ['src/domain/desk/planted.ts', '../../errors.ts'],
  ['src/domain/planted.ts', 'node:crypto'],
  ['src/domain/planted.ts', 'mqtt'],
  ['src/ports/planted.ts', '../runtime/supervisor.ts'],
  ['src/runtime/planted.ts', '../adapters/sqlite/journal.ts'],
  ['src/runtime/planted.ts', '../../drivers/index.ts'],
  ['src/adapters/sqlite/planted.ts', '../../runtime/desk.ts'],
  ['src/adapters/sqlite/planted.ts', '../../http/server.ts'],
  ['src/config/planted.ts', '../../drivers/index.ts'],
  ['src/http/routes/planted.ts', '../../adapters/sqlite/journal.ts'],
  ['src/http/routes/planted.ts', 'better-sqlite3'],
  ['src/app.ts', '../simulators/simulator.ts'],
  ['src/commands/planted.ts', '../../tests/support/until.ts'],
  ['drivers/tsa-rpm/planted.ts', '../aspect-rpm/decode.ts'],
  ['drivers/tsa-rpm/planted.ts', '../../src/runtime/supervisor.ts'],
  ['drivers/tsa-rpm/planted.ts', '../../src/config/load-config.ts'],
  ['drivers/tsa-rpm/planted.ts', 'serialport'],
  ['drivers/transport/planted.ts', '../tsa-rpm/decode.ts'],
  ['drivers/transport/planted.ts', '../../src/http/server.ts'],
  ['simulators/planted.ts', '../src/app.ts'],
  ['simulators/planted.ts', '../src/runtime/supervisor.ts'],
  ['dashboards/operations/src/planted.ts', '../../../src/runtime/desk.ts'],
  ['dashboards/operations/src/planted.ts', 'fastify'],
];
const allowed: readonly (readonly [string, string])[] = [
  ['src/domain/desk/planted.ts', '../alarm.ts'],
  ['src/runtime/planted.ts', 'node:timers/promises'],
  ['src/http/routes/planted.ts', '../../domain/alarm.ts'],
  ['drivers/tsa-rpm/planted.ts', '../transport/tcp.ts'],
  ['simulators/planted.ts', '../drivers/aspect-rpm/registers.ts'],
  ['drivers/tsa-rpm/planted.test.ts', '../../simulators/tsa-rpm.ts'],
];

/** Plants one import in each file of a tree of its own and returns the files in which the linter finds one it forbids. */
function lint(planted: readonly (readonly [string, string])[]): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'lanewatch-planted-'));
  try {
    cpSync(join(root, 'biome.json'), join(folder, 'biome.json'));
    for (const [file, specifier] of planted) {
      mkdirSync(join(folder, dirname(file)), { recursive: true });
      writeFileSync(join(folder, file), importing(specifier));
    }
    const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
    const args = [biome, 'lint', '--vcs-enabled=false', '--max-diagnostics=none', '--reporter=github'];
    const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    return [...stdout.matchAll(/title=lint\/style\/noRestrictedImports,file=([^,]+),/g)].map(([, file = '']) =>
      relative(folder, file),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const importing = (specifier: string) => `import { x } from '${specifier}';\n`;

describe('the rules', () => {
  it.each(forbidden)('catch that %s imports %s', (file, specifier) => {
    expect(violationsOf(file, importing(specifier))).toHaveLength(1);
  });

  it.each(allowed)('let %s import %s', (file, specifier) => {
    expect(violationsOf(file, importing(specifier))).toEqual([]);
  });

  it('are those of the linter too', () => {
    // One planted import a file: the same folder may stand in the table more than once.
    const numbered = [...forbidden, ...allowed].map(
      ([file, specifier], index) => [file.replace('planted', `planted-${index}`), specifier] as const,
    );
    expect(lint(numbered).toSorted()).toEqual(
      numbered
        .slice(0, forbidden.length)
        .map(([file]) => file)
        .toSorted(),
    );
  });

  it('let the dashboard have types of the contract, and nothing that runs', () => {
    const file = 'dashboards/operations/src/planted.ts';
    expect(violationsOf(file, "import type { Alarm } from '../../../src/domain/alarm.ts';\n")).toEqual([]);
    expect(violationsOf(file, "import { Alarm } from '../../../src/domain/alarm.ts';\n")).toHaveLength(1);
  });

  it('let a client library be imported once on our side and once on the device side', () => {
    const using = (...files: string[]) => files.map((file) => ({ file, source: importing('mqtt') }));
    expect(
      scatteredClients(using('drivers/transport/a.ts', 'simulators/b.ts', 'tests/c.ts', 'drivers/d.test.ts')),
    ).toEqual([]);
    expect(scatteredClients(using('drivers/transport/a.ts', 'drivers/transport/b.ts'))).toHaveLength(1);
    expect(scatteredClients(using('simulators/a.ts', 'simulators/b.ts'))).toHaveLength(1);
  });

  it('know no file outside of the areas', () => {
    expect(violationsOf('src/helpers/planted.ts', "import { join } from 'node:path';\n")).toHaveLength(1);
  });

  it('allow 300 lines and no more', () => {
    expect(violationsOf('src/domain/planted.ts', '\n'.repeat(300))).toEqual([]);
    expect(violationsOf('src/domain/planted.ts', '\n'.repeat(301))).toHaveLength(1);
  });

  it('see every way to import', () => {
    const source = [
      "import one from 'a';",
      "import type { Two } from 'b';",
      "import {\n  three,\n  type Four,\n} from 'c';",
      "import 'd';",
      "export * from 'e';",
      "export type { Five } from 'f';",
      "const six = await import('g');",
      "export const seven = 'h';",
      "// import nothing from 'i'",
    ].join('\n');
    expect(importsOf(source).map(({ specifier }) => specifier)).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
    expect(importsOf(source).flatMap(({ specifier, typeOnly }) => (typeOnly ? specifier : []))).toEqual(['b', 'f']);
  });
});
