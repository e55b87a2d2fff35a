import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { stringify } from 'yaml';

export const adminToken = 'end-to-end-admin-token-0123456789abcdef';

/** An answer of the service: status, headers and the JSON body (null when there is none). */
export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

/** The real service as a process of its own, on a free port, with its data in a folder that outlives its kills. */
export interface Service extends AsyncDisposable {
  readonly dataDir: string;
  address(): string;
  /** Everything on stdout, line by line. */
  readonly stdout: readonly string[];
  stderr(): string;
  pid(): number;
  request<T>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer<T>>;
  /** Ends it with a signal and waits; resolves with the exit code (null when killed). */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
  /** Starts it again on the same data and configuration, on a new port. */
  start(): Promise<void>;
}

const root = join(import.meta.dirname, '../..');

/** Runs a command of `src/main.ts` to its end. */
export async function runCommand(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [join(root, 'src/main.ts'), ...args], {
    cwd: root,
    env: { ...process.env, ...env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data) => {
    stdout += String(data);
  });
  child.stderr.on('data', (data) => {
    stderr += String(data);
  });
  const [code] = await once(child, 'close');
  return { code: typeof code === 'number' ? code : null, stdout, stderr };
}

/** `nodeArgs`: for Node itself, e.g. `--cpu-prof`. `env`: what is added to our own environment. */
export async function startService(
  config: object,
  nodeArgs: readonly string[] = [],
  env: Readonly<Record<string, string | undefined>> = { LANEWATCH_ADMIN_TOKEN: adminToken },
): Promise<Service> {
  const folder = mkdtempSync(join(tmpdir(), 'lanewatch-service-'));
  const configFile = join(folder, 'site.yaml');
  const dataDir = join(folder, 'data');
  writeFileSync(configFile, stringify(config));
  const stdout: string[] = [];
  let stderr = '';
  let address = '';
  let child: ChildProcess | null = null;

  const start = async () => {
    const args = ['serve', '--config', configFile, '--data', dataDir, '--port', '0'];
    const started = spawn(process.execPath, [...nodeArgs, join(root, 'src/main.ts'), ...args], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    started.stderr.on('data', (data) => {
      stderr = (stderr + String(data)).slice(-100_000);
    });
    const ready = Promise.withResolvers<string>();
    createInterface({ input: started.stdout }).on('line', (line) => {
      stdout.push(line);
      const found = /^lanewatch ready (\S+)$/.exec(line)?.[1];
      if (found !== undefined) ready.resolve(found);
    });
    started.once('exit', (code) => ready.reject(new Error(`the service ended with ${code}: ${stderr}`)));
    address = await ready.promise;
  };
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const exited = once(child, 'exit');
    child.kill(signal);
    const [code] = await exited;
    return typeof code === 'number' ? code : null;
  };

  await start();
  return {
    dataDir,
    stdout,
    address: () => address,
    stderr: () => stderr,
    pid: () => child?.pid ?? 0,
    request: async (method, path, body, headers = {}) => {
      const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
      const answer = await fetch(`${address}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${adminToken}`, ...type, ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      return { status: answer.status, headers: answer.headers, body: text === '' ? null : JSON.parse(text) };
    },
    end,
    start,
    [Symbol.asyncDispose]: async () => {
      await end('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface CloudEventLike<T = unknown> {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly sequence: string;
  readonly data: T;
}

/** Pulls every event by cursor, page by page, as a consumer does. */
export async function pullAll(service: Service, types?: string, limit = 200): Promise<readonly CloudEventLike[]> {
  const events: CloudEventLike[] = [];
  for (let after = '0'; ; ) {
    const filter = types === undefined ? '' : `&types=${types}`;
    const { body, headers } = await service.request<CloudEventLike[]>(
      'GET',
      `/events?after=${after}&limit=${limit}${filter}`,
    );
    if (body.length === 0) return events;
    events.push(...body);
    after = headers.get('lanewatch-next') ?? after;
  }
}
