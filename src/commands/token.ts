import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openAccess } from '../adapters/access/open-access.ts';
import { Role } from '../domain/access.ts';
import { grantFault, MachineGrant, PrincipalName } from '../domain/grant.ts';
import { systemClock } from '../runtime/system-clock.ts';
import { required, UsageError } from './usage.ts';

type Values = Readonly<Record<string, unknown>>;

export const tokenOptions: readonly string[] = [
  'data',
  'role',
  'name',
  'agency',
  'lanes',
  'scopes',
  'expires-in-days',
  'tlp',
  'personal-data',
  'purpose',
];
const dayMs = 86_400_000;
const mostDays = 3_650;

/** Makes a bearer token and prints it, the only time it is ever seen; works beside a running service. */
export function createToken(values: Values): number {
  const dataDir = required(values, 'data');
  const name = PrincipalName.safeParse(required(values, 'name'));
  if (!name.success) throw new UsageError('--name must be 1 to 100 visible characters');
  const grant = grantOf(values);
  const endsAtMs = endOf(values);
  if (!existsSync(dataDir)) mkdirSync(dataDir, { recursive: true });
  using access = openAccess({ file: join(dataDir, 'access.sqlite'), clock: systemClock });
  process.stdout.write(`${access.createToken({ name: name.data, ...grant }, { endsAtMs }).secret}\n`);
  return 0;
}

/** Which lanes there are is not known here: one that is not there lets nobody see anything. */
function grantOf(values: Values): MachineGrant {
  if (!Role.safeParse(required(values, 'role')).success) {
    throw new UsageError(`--role must be one of ${Role.options.join(', ')}`);
  }
  const { role, agency, tlp, purpose, 'personal-data': personalData } = values;
  const given = {
    role,
    agency,
    tlp,
    purpose,
    personalData,
    lanes: listOf(values.lanes),
    scopes: listOf(values.scopes),
  };
  const grant = MachineGrant.safeParse(
    Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  );
  if (!grant.success) {
    const said = grant.error.issues.map(({ path, message }) => `--${optionOf(path[0])}: ${message}`);
    throw new UsageError(said.join('\n'));
  }
  const fault = grantFault(grant.data, grant.data.lanes ?? []);
  if (fault !== null) throw new UsageError(`--${fault.path}: ${fault.message}`);
  return grant.data;
}

function endOf({ 'expires-in-days': value }: Values): number | null {
  if (value === undefined) return null;
  const days = Number(value);
  if (!(days > 0 && days <= mostDays)) throw new UsageError(`--expires-in-days must be a number up to ${mostDays}`);
  return systemClock.now() + days * dayMs;
}

function listOf(value: unknown): readonly string[] | undefined {
  return typeof value === 'string' ? value.split(',').map((part) => part.trim()) : undefined;
}

function optionOf(key: PropertyKey | undefined): string {
  return key === 'personalData' ? 'personal-data' : String(key);
}
