import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { python3 } from './services.ts';

/** A Python program of this folder that speaks a wire; it takes orders a line each and answers each with a line. */
export interface PythonPeer extends AsyncDisposable {
  tell(line: string): Promise<void>;
}

/** Starts it and resolves when it says that it is ready. */
export async function startPythonPeer(script: string, args: readonly string[]): Promise<PythonPeer> {
  const child = spawn(python3, [join(import.meta.dirname, script), ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (data) => {
    said += String(data);
  });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    if ((await lines.next()).done === true) throw new Error(`${script} ended: ${said}`);
  };
  await answer();
  return {
    tell: (line) => {
      child.stdin.write(`${line}\n`);
      return answer();
    },
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
