import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import Database from 'better-sqlite3';
import { adminToken } from '../support/service.ts';
import { inventedTargets } from './invented-targets.ts';
import { measureLookUps } from './look-ups.ts';
import { type Latency, measureLatency } from './measure.ts';
import { productPath } from './paths.ts';
import { residentMiB } from './process-usage.ts';
import type { Row, Settings } from './rows.ts';

/** Lines a transaction of the floor, as many as the product's. */
const together = 400;
const alarmsPerSecond = 20;

interface Imported {
  readonly tookS: number;
  readonly residentMiB: number;
  readonly alarms: Latency;
}

/** A list of a million targets: loaded by the real import into the real service, and looked up in its index. Once. */
export async function benchMatching({
  quick,
  seconds = quick ? 3 : 20,
  profileDir,
}: Settings): Promise<readonly Row[]> {
  const count = quick ? 100_000 : 1_000_000;
  const folder = mkdtempSync(join(tmpdir(), 'lanewatch-targets-'));
  const file = join(folder, 'targets.ndjson');
  try {
    await pipeline(Readable.from(linesOf(count)), createWriteStream(file));
    const floor = await floorImport(file, join(folder, 'floor.sqlite'));
    const product = await productImport(file, count, seconds, profileDir);
    const beside = `alarm while they are imported, ${alarmsPerSecond}/s`;
    const alone = { floor: Number.NaN, ratio: Number.NaN };
    return [
      { what: `import of ${count} targets`, unit: 's', product: product.tookS, floor, ratio: product.tookS / floor },
      { what: 'the service afterwards, resident', unit: 'MiB', product: product.residentMiB, ...alone },
      { what: `${beside}, p50`, unit: 'ms', product: product.alarms.p50Ms, ...alone },
      { what: `${beside}, p99`, unit: 'ms', product: product.alarms.p99Ms, ...alone },
      { what: `${beside}, longest`, unit: 'ms', product: product.alarms.maxMs, ...alone },
      ...measureLookUps(count),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function* linesOf(count: number): Generator<string> {
  let lines: string[] = [];
  let nth = 0;
  for (const target of inventedTargets()) {
    lines.push(`${JSON.stringify(target)}\n`);
    nth += 1;
    if (lines.length === 1_000 || nth === count) {
      yield lines.join('');
      lines = [];
    }
    if (nth === count) return;
  }
}

async function productImport(file: string, count: number, seconds: number, profileDir?: string): Promise<Imported> {
  await using path = await productPath(
    [],
    profileDir === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDir}`],
  );
  const begun = performance.now();
  const importing = fetch(`${path.service.address()}/api/v1/targets/import`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/x-ndjson' },
    body: Readable.toWeb(createReadStream(file)) as ReadableStream,
    duplex: 'half',
  } as RequestInit).then(async (answer) => {
    const report = (await answer.json()) as { created: number };
    if (report.created !== count) throw new Error(`not all were created: ${JSON.stringify(report)}`);
    return (performance.now() - begun) / 1_000;
  });
  const [tookS, alarms] = await Promise.all([importing, measureLatency(path, alarmsPerSecond, seconds)]);
  const imported = { tookS, alarms, residentMiB: residentMiB(path.service.pid()) };
  // A profile is written at an orderly end only.
  if (profileDir !== undefined) await path.service.end('SIGTERM');
  return imported;
}

/** JSON.parse, a Map, and one SQLite row a line, `synchronous=FULL`: no HTTP, no checks, no index, no hash, no event. */
async function floorImport(file: string, database: string): Promise<number> {
  const db = new Database(database);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE targets (id INTEGER PRIMARY KEY, json TEXT NOT NULL) STRICT');
  const insert = db.prepare('INSERT INTO targets (json) VALUES (?)');
  const commit = db.transaction((texts: readonly string[]) => {
    for (const text of texts) insert.run(text);
  });
  const targets = new Map<string, unknown>();
  const begun = performance.now();
  let texts: string[] = [];
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const target = JSON.parse(line) as { reference: string };
    targets.set(target.reference, target);
    texts.push(line);
    if (texts.length < together) continue;
    commit.immediate(texts);
    texts = [];
  }
  commit.immediate(texts);
  const tookS = (performance.now() - begun) / 1_000;
  db.close();
  return tookS;
}
