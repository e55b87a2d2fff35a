import { z } from 'zod';
import { Permission, permissionsOf, Role } from './access.ts';
import { Id } from './site.ts';
import { PersonalData, Tlp } from './words.ts';

const text = z.string().trim().min(1).max(200);

/** Names a person or a service in the record. What is seen is what is meant: no control or invisible formatting characters. */
export const PrincipalName = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[^\p{C}\p{Zl}\p{Zp}]*$/u, 'must not hold control characters');

/** What somebody is given, as it is written in requests and in the configuration. Null: nothing is narrowed. */
export const Grant = z.strictObject({
  role: Role,
  agency: text.nullable().default(null),
  lanes: z.array(Id).min(1).max(1_000).nullable().default(null),
  tlp: Tlp.exactOptional(),
  personalData: PersonalData.exactOptional(),
  purpose: text.exactOptional(),
});
/** What a machine is given; only some of what its role may do, where `scopes` says so. */
export const MachineGrant = Grant.extend({ scopes: z.array(Permission).min(1).nullable().default(null) });

export type Grant = z.infer<typeof Grant>;
export type MachineGrant = z.infer<typeof MachineGrant>;

/** Two names with the same key are the same person. */
export function nameKey(name: string): string {
  return name.trim().normalize('NFKC').toLowerCase();
}

/** Why this cannot be given, and where it stands; null when it can. `laneIds`: the lanes of the post. */
export function grantFault(
  grant: Grant & { readonly scopes?: readonly Permission[] | null },
  laneIds: readonly string[],
): { readonly path: string; readonly message: string } | null {
  const { role, agency, lanes, scopes = null } = grant;
  const excess = scopes?.find((scope) => !permissionsOf(role).includes(scope));
  if (excess !== undefined) return { path: 'scopes', message: `the role ${role} has no permission ${excess}` };
  const unknown = lanes?.find((lane) => !laneIds.includes(lane));
  if (unknown !== undefined) return { path: 'lanes', message: `there is no lane ${unknown}` };
  // Who administers can give anything to anybody: to narrow that would only look like a limit.
  const administers = permissionsOf(role).includes('administer') && (scopes?.includes('administer') ?? true);
  if (administers && agency !== null) return { path: 'agency', message: 'who administers is of the post itself' };
  if (administers && lanes !== null) return { path: 'lanes', message: 'who administers has all lanes' };
  return null;
}
