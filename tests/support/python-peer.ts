import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { python3 } from './services.ts';

/** Starts one of the Python peers of this folder and resolves when it says that it is ready. */
export async function startPythonPeer(script: string, args: readonly string[]): Promise<AsyncDisposable> {
  const child = spawn(python3, [join(import.meta.dirname, script), ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (data) => {
    said += String(data);
  });
  const exited = once(child, 'exit');
  const ready = Promise.withResolvers<void>();
  createInterface({ input: child.stdout }).on('line', (line) => line.startsWith('ready') && ready.resolve());
  void exited.then(() => ready.reject(new Error(`${script} ended: ${said}`)));
  await ready.promise;
  return {
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
