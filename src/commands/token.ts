import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openAccess } from '../adapters/access/open-access.ts';
import { Role } from '../domain/access.ts';
import { systemClock } from '../runtime/system-clock.ts';
import { required, UsageError } from './usage.ts';

/** Makes a bearer token and prints it, the only time it is ever seen; works beside a running service. */
export function createToken(values: Readonly<Record<string, unknown>>): number {
  const dataDir = required(values, 'data');
  const name = required(values, 'name');
  const role = Role.safeParse(required(values, 'role'));
  if (!role.success) throw new UsageError(`--role must be one of ${Role.options.join(', ')}`);
  if (!existsSync(dataDir)) mkdirSync(dataDir, { recursive: true });
  using access = openAccess({ file: join(dataDir, 'access.sqlite'), clock: systemClock });
  process.stdout.write(`${access.createToken({ name, role: role.data }).secret}\n`);
  return 0;
}
