import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder like a built dashboard. */
export function dashboardFiles(): Disposable & { readonly dir: string } {
  const dir = mkdtempSync(join(tmpdir(), 'dashboard-'));
  mkdirSync(join(dir, 'assets'));
  writeFileSync(join(dir, 'index.html'), '<!doctype html><title>the dashboard</title>');
  writeFileSync(join(dir, 'assets', 'app-1a2b.js'), 'export {};');
  return { dir, [Symbol.dispose]: () => rmSync(dir, { recursive: true }) };
}
