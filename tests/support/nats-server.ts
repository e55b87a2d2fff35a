import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { accepts, freePort } from './free-port.ts';
import { findProgram } from './services.ts';
import { until } from './until.ts';

export interface StoredMessage {
  readonly subject: string;
  readonly messageId: string;
  readonly event: { readonly id: string; readonly sequence: string; readonly type: string };
}

/** Debian's nats-server with JetStream on a free loopback port, its store in a folder that outlives its kills. */
export interface NatsServer extends AsyncDisposable {
  readonly url: string;
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Hangs the process (SIGSTOP): connections are taken, nothing is answered. */
  freeze(): void;
  start(): Promise<void>;
  /** Everything in the stream, in its order. */
  stored(stream: string): Promise<readonly StoredMessage[]>;
}

export async function startNats(args: readonly string[] = [], token?: string): Promise<NatsServer> {
  const folder = mkdtempSync(join(tmpdir(), 'lanewatch-nats-'));
  const port = await freePort();
  const url = `nats://127.0.0.1:${port}`;
  let server: ChildProcess | null = null;
  const start = async () => {
    const program = findProgram('nats-server') ?? 'nats-server';
    const all = ['-a', '127.0.0.1', '-p', String(port), '-js', '-sd', folder, ...args];
    const child = spawn(program, all, { stdio: 'ignore' });
    server = child;
    await until(`nats-server on ${port}`, () => {
      if (child.exitCode !== null) throw new Error(`nats-server ended with ${child.exitCode}`);
      return accepts(port);
    });
  };
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    if (server === null || server.exitCode !== null || server.signalCode !== null) return;
    const exited = once(server, 'exit');
    server.kill(signal);
    await exited;
  };
  await start();
  return {
    url,
    start,
    end,
    freeze: () => void server?.kill('SIGSTOP'),
    stored: async (stream) => {
      const connection = await connect({ servers: url, reconnect: false, ...(token === undefined ? {} : { token }) });
      try {
        const { state } = await (await jetstreamManager(connection)).streams.info(stream);
        if (state.messages === 0) return [];
        const found: StoredMessage[] = [];
        const consumer = await jetstream(connection).consumers.get(stream);
        for await (const message of await consumer.consume()) {
          const { subject, headers } = message;
          found.push({ subject, messageId: headers?.get('Nats-Msg-Id') ?? '', event: message.json() });
          if (message.info.pending === 0) break;
        }
        return found;
      } finally {
        await connection.close();
      }
    },
    [Symbol.asyncDispose]: async () => {
      await end('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
