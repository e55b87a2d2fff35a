import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const domain = join(import.meta.dirname, '../domain');

/** SHA-256 over the source of what decides and applies: two programs with the same one mean the same by their state. */
export function programDigest(): string {
  const hash = createHash('sha256');
  for (const file of globSync('**/*.ts', { cwd: domain }).sort()) {
    if (!file.endsWith('.test.ts')) hash.update(file).update(readFileSync(join(domain, file)));
  }
  return hash.digest('hex');
}
