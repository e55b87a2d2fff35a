import { type Latency, measureLatency } from './measure.ts';
import { productPath, startProgram } from './paths.ts';
import { inTurn, type Row, row, type Settings } from './rows.ts';

/** The document of the goal: a real pass-through of a large portal. */
const documentBytes = 3_300_000;
const everyMs = 1_000;
const alarmsPerSecond = 50;

interface Beside extends Latency {
  readonly documents: number;
}

/** What a large N42 document on one lane costs the alarms of another: here the floor is the service without the documents. */
export async function benchN42({ quick, rounds, seconds = quick ? 6 : 20 }: Settings): Promise<readonly Row[]> {
  const results = await inTurn(
    rounds,
    () => withDocuments(seconds),
    () => withoutDocuments(seconds),
  );
  const title = `alarm beside a 3.3 MB N42 document each second, ${alarmsPerSecond}/s`;
  const added = (of: (result: Beside) => number) => {
    const { product, floor, ...rest } = row('', 'ms', results, of);
    return { ...rest, product: product - floor, floor: Number.NaN, ratio: Number.NaN };
  };
  return [
    row(`${title}, p50`, 'ms', results, ({ p50Ms }) => p50Ms),
    row(`${title}, p99`, 'ms', results, ({ p99Ms }) => p99Ms),
    row(`${title}, longest`, 'ms', results, ({ maxMs }) => maxMs),
    { ...added(({ p99Ms }) => p99Ms), what: 'added by the document, p99' },
    { ...added(({ maxMs }) => maxMs), what: 'added by the document, longest' },
    row('documents decoded meanwhile', 'documents', results, ({ documents }) => documents),
  ];
}

async function withDocuments(seconds: number): Promise<Beside> {
  await using sender = await startProgram('n42-sender.ts', [String(documentBytes), String(everyMs)]);
  const link = { type: 'tcp', host: '127.0.0.1', port: sender.port };
  await using path = await productPath([{ id: 'spectral', driver: 'n42', link }]);
  const latency = await measureLatency(path, alarmsPerSecond, seconds);
  const { body } = await path.service.request<{ counters: { frames: number } }>('GET', '/devices/spectral');
  return { ...latency, documents: body.counters.frames };
}

async function withoutDocuments(seconds: number): Promise<Beside> {
  await using path = await productPath();
  return { ...(await measureLatency(path, alarmsPerSecond, seconds)), documents: 0 };
}
