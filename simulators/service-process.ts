import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The service, running as a process of its own. */
export interface ServiceProcess extends AsyncDisposable {
  /** Resolves with the address of its ready line; never when it ends before. */
  readonly ready: Promise<string>;
  /** Resolves with its exit code. */
  readonly ended: Promise<number>;
}

/**
 * Starts `src/main.ts serve`. Its output passes through: stdout line by line, stderr as it is. Disposing of it asks it to
 * stop and waits until it is gone.
 */
export function startService(args: readonly string[], env: NodeJS.ProcessEnv): ServiceProcess {
  const root = join(import.meta.dirname, '..');
  const child = spawn(process.execPath, [join(root, 'src/main.ts'), 'serve', ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit').then(([code]) => (typeof code === 'number' ? code : 1));
  const { promise: ready, resolve } = Promise.withResolvers<string>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    process.stdout.write(`${line}\n`);
    const address = /^lanewatch ready (\S+)$/.exec(line)?.[1];
    if (address !== undefined) resolve(address);
  });
  return {
    ready,
    ended,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
