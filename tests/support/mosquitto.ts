import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { accepts, freePort } from './free-port.ts';
import { findProgram } from './services.ts';
import { until } from './until.ts';

/** A real Mosquitto on a free loopback port, configured by docs/mosquitto.conf. */
export interface Mosquitto extends AsyncDisposable {
  readonly port: number;
  readonly url: string;
  /** Everything it logged, all starts together. */
  log(): string;
  /** SIGTERM (it saves its state) or SIGKILL (it does not); resolves when the process is gone. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Hangs the process (SIGSTOP) or lets it go on: connections stay, nothing is answered. */
  freeze(hang: boolean): void;
  /** Starts again on the same port with the same state; resolves when it accepts connections. */
  start(): Promise<void>;
}

export interface MosquittoSetup {
  /** Name to password; without it anybody may connect. */
  readonly users?: Record<string, string>;
  /** It speaks TLS only, and asks for a certificate that `caFile` has signed. */
  readonly tls?: { readonly caFile: string; readonly certFile: string; readonly keyFile: string };
}

export async function startMosquitto(setup: MosquittoSetup = {}): Promise<Mosquitto> {
  const directory = await mkdtemp(join(tmpdir(), 'lanewatch-mosquitto-'));
  const port = await freePort();
  const configFile = join(directory, 'mosquitto.conf');
  const passwordFile = join(directory, 'passwd');
  await writeFile(configFile, await testConfig(port, directory, setup.users && passwordFile, setup.tls));
  if (setup.users !== undefined) await writePasswords(passwordFile, setup.users);

  let logged = '';
  let broker: ChildProcess | undefined;

  const start = async () => {
    const child = spawn(findProgram('mosquitto') ?? 'mosquitto', ['-c', configFile], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    broker = child;
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      logged += text;
    });
    await until(`mosquitto on port ${port}: ${logged}`, () => {
      if (child.exitCode !== null) throw new Error(`mosquitto ended: ${logged}`);
      return accepts(port);
    });
  };
  const stop = async (signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM') => {
    if (broker === undefined || broker.exitCode !== null || broker.signalCode !== null) return;
    const gone = once(broker, 'exit');
    broker.kill(signal);
    await gone;
  };

  await start();
  return {
    port,
    url: `${setup.tls === undefined ? 'mqtt' : 'mqtts'}://127.0.0.1:${port}`,
    log: () => logged,
    start,
    stop,
    freeze: (hang) => void broker?.kill(hang ? 'SIGSTOP' : 'SIGCONT'),
    async [Symbol.asyncDispose]() {
      await stop('SIGKILL');
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** The documented configuration with the test's port, paths and user, and a log of every packet. */
async function testConfig(
  port: number,
  directory: string,
  passwordFile: string | undefined,
  tls: MosquittoSetup['tls'],
): Promise<string> {
  const documented = await readFile(new URL('../../docs/mosquitto.conf', import.meta.url), 'utf8');
  const moved = documented
    .replace(/^listener .*$/m, [`listener ${port} 127.0.0.1`, ...tlsLines(tls)].join('\n'))
    .replace(/^persistence_location .*$/m, `persistence_location ${directory}/`)
    .replace(/^allow_anonymous .*$/m, `allow_anonymous ${passwordFile === undefined}`)
    .replace(/^password_file .*$/m, passwordFile === undefined ? '' : `password_file ${passwordFile}`);
  return `${moved}\nuser ${userInfo().username}\nlog_dest stderr\nlog_type all\n`;
}

function tlsLines(tls: MosquittoSetup['tls']): readonly string[] {
  if (tls === undefined) return [];
  const { caFile, certFile, keyFile } = tls;
  return [`cafile ${caFile}`, `certfile ${certFile}`, `keyfile ${keyFile}`, 'require_certificate true'];
}

async function writePasswords(file: string, users: Record<string, string>): Promise<void> {
  const lines = Object.entries(users).map(([name, password]) => `${name}:${password}\n`);
  await writeFile(file, lines.join(''));
  const [exitCode] = await once(spawn('mosquitto_passwd', ['-U', file]), 'exit');
  if (exitCode !== 0) throw new Error(`mosquitto_passwd ended with ${exitCode}`);
}
