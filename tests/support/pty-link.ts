import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SerialLink } from '../../src/domain/link.ts';

/** A serial link to a place where a pseudo-terminal may be made, in a folder of its own that goes with it. */
export function ptyLink(): { readonly link: SerialLink } & Disposable {
  const folder = mkdtempSync(join(tmpdir(), 'lanewatch-pty-'));
  const path = join(folder, 'tty');
  return {
    link: { type: 'serial', path, baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}
