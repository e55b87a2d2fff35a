import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** A serial line without hardware: what is written at one end is read at the other. */
export interface PtyPair extends AsyncDisposable {
  /** The end the driver opens. */
  readonly path: string;
  /** The end of the device. */
  readonly devicePath: string;
}

const deadlineMs = 5_000;

/** Starts socat with two linked pseudo-terminals; `path` becomes the driver's end, `path`.device the other. */
export async function openPty(path: string): Promise<PtyPair> {
  const devicePath = `${path}.device`;
  const ends = [path, devicePath].map((end) => `PTY,link=${end},raw,echo=0`);
  const socat = spawn('socat', ends, { stdio: 'ignore' });
  let failed: Error | null = null;
  socat.once('error', (error) => {
    failed = error;
  });
  const exited = once(socat, 'exit').catch(() => undefined);
  for (const end = Date.now() + deadlineMs; !(existsSync(path) && existsSync(devicePath)); await wait(10)) {
    if (failed !== null) throw failed;
    if (Date.now() > end || socat.exitCode !== null) throw new Error(`socat gave no pseudo-terminal at ${path}`);
  }
  return {
    path,
    devicePath,
    [Symbol.asyncDispose]: async () => {
      socat.kill();
      await exited;
    },
  };
}
