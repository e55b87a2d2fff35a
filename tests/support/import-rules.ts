import { posix } from 'node:path';

/** Who may import whom: folders and files of this repository by prefix, packages by name (`node:` is one of them). */
interface Area {
  readonly of: string;
  readonly may: readonly string[];
  readonly packages: readonly string[];
}

const inside = ['src/domain/', 'src/ports/', 'src/errors.ts'];
const http = ['fastify', 'fastify-type-provider-zod', '@fastify/', 'ws', 'openapi-types'];

/** The first area a file falls under holds (docs: architecture, "Import rules"). */
export const areas: readonly Area[] = [
  { of: 'src/domain/', may: ['src/domain/'], packages: ['zod'] },
  { of: 'src/errors.ts', may: [], packages: [] },
  { of: 'src/ports/', may: ['src/domain/', 'src/ports/'], packages: ['zod'] },
  { of: 'src/runtime/', may: [...inside, 'src/runtime/'], packages: ['node:', 'zod'] },
  {
    of: 'src/adapters/',
    may: [...inside, 'src/adapters/'],
    packages: [
      'node:',
      'zod',
      'better-sqlite3',
      '@nats-io/',
      '@node-rs/argon2',
      'openid-client',
      'prom-client',
      'tinypool',
    ],
  },
  { of: 'src/config/', may: [...inside, 'src/config/'], packages: ['node:', 'zod', 'yaml'] },
  { of: 'src/http/', may: [...inside, 'src/http/'], packages: ['node:', 'zod', ...http] },
  { of: 'src/app', may: ['src/', 'drivers/'], packages: ['node:'] },
  { of: 'src/commands/', may: ['src/', 'drivers/index.ts'], packages: ['node:', 'pino'] },
  { of: 'src/main.ts', may: ['src/commands/', 'src/errors.ts'], packages: ['node:'] },
  {
    of: 'drivers/transport/',
    may: [...inside, 'drivers/transport/'],
    packages: ['node:', 'aedes', 'modbus-serial', 'mqtt', 'serialport'],
  },
  { of: 'drivers/index.ts', may: ['drivers/', 'src/ports/'], packages: [] },
  { of: 'drivers/', may: [...inside, 'drivers/transport/'], packages: ['node:', 'zod', 'fast-xml-parser', 'mrz'] },
  {
    of: 'simulators/',
    may: ['simulators/', ...inside, 'src/config/', 'src/runtime/system-clock.ts', 'drivers/'],
    packages: ['node:', 'zod', 'yaml', 'modbus-serial', 'mqtt'],
  },
  {
    of: 'dashboards/operations/',
    may: ['dashboards/operations/'],
    packages: ['react', 'react-dom', '@mantine/', 'uplot', '@tanstack/', 'vite', '@vitejs/'],
  },
  { of: 'tests/', may: [''], packages: [''] },
];

/** Client libraries, and in how many files each may be imported on either side of the wire. */
const clients: Readonly<Record<string, number>> = {
  '@node-rs/argon2': 1,
  aedes: 1,
  // Three databases, the journal, the credentials and the feeds, each opened in its own file.
  'better-sqlite3': 3,
  'modbus-serial': 1,
  'fast-xml-parser': 1,
  '@nats-io/': 1,
  mqtt: 1,
  mrz: 1,
  'openid-client': 1,
  pino: 1,
  'prom-client': 1,
  serialport: 1,
  tinypool: 1,
  yaml: 1,
};

const mostLines = 300;

/** What a source file does against the rules, one sentence each. `file` is its path in the repository, with slashes. */
export function violationsOf(file: string, source: string): readonly string[] {
  const lines = source.split('\n').length - 1;
  return [
    ...(lines > mostLines ? [`${file} has ${lines} lines, more than ${mostLines}: split it by meaning`] : []),
    ...importsOf(source).flatMap((found) => importViolations(file, found)),
  ];
}

interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
}

export function importsOf(source: string): readonly Import[] {
  const statements = source.matchAll(/^(?:import|export)\s(?:(type)\s)?(?:[^'";]*?\sfrom\s)?\s*'([^']+)'/gm);
  const calls = source.matchAll(/\b()import\(\s*'([^']+)'/g);
  return [...statements, ...calls].map(([, type, specifier = '']) => ({
    specifier,
    typeOnly: type !== undefined && type !== '',
  }));
}

function importViolations(file: string, { specifier, typeOnly }: Import): readonly string[] {
  // Tests stand outside: they hold both sides of the wire.
  if (isTest(file)) return [];
  const area = areas.find(({ of }) => file.startsWith(of));
  if (area === undefined) return [`${file} is in no area: give its folder a rule`];
  if (!specifier.startsWith('.')) return packageViolations(file, area, specifier);

  const imported = posix.join(posix.dirname(file), specifier);
  if (area.of === 'dashboards/operations/' && typeOnly && inside.some((prefix) => imported.startsWith(prefix)))
    return [];
  const own = area.of === 'drivers/' ? [`${file.split('/').slice(0, 2).join('/')}/`] : [];
  return [...area.may, ...own].some((prefix) => imported.startsWith(prefix))
    ? []
    : [`${file} imports ${imported}, which ${area.of} must not`];
}

function packageViolations(file: string, area: Area, specifier: string): readonly string[] {
  return area.packages.some((name) => isOf(specifier, name))
    ? []
    : [`${file} imports ${specifier}, which ${area.of} must not`];
}

function isOf(specifier: string, name: string): boolean {
  return specifier === name || specifier.startsWith(/[:/]$/.test(name) ? name : `${name}/`);
}

/** Client libraries that a tree imports in more files than one, on our side or on the device's. */
export function scatteredClients(
  tree: readonly { readonly file: string; readonly source: string }[],
): readonly string[] {
  const sides = Object.groupBy(
    tree.filter(({ file }) => !isTest(file)),
    ({ file }) => (file.startsWith('simulators/') ? 'device' : 'ours'),
  );
  return Object.entries(clients).flatMap(([name, most]) =>
    Object.values(sides).flatMap((files) => {
      const importers = files.filter(({ source }) => importsOf(source).some(({ specifier }) => isOf(specifier, name)));
      return importers.length > most ? [`${name} is imported in ${importers.map(({ file }) => file).join(', ')}`] : [];
    }),
  );
}

function isTest(file: string): boolean {
  return file.startsWith('tests/') || /\.test\.tsx?$/.test(file);
}
