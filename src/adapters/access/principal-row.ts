import { z } from 'zod';
import { Permission, Role } from '../../domain/access.ts';
import { PersonalData, Tlp } from '../../domain/words.ts';
import type { Principal, PrincipalInput } from '../../ports/access.ts';

/** How a principal stands in a row: what narrows it is one JSON column, so that another limit needs no migration. */
export interface PrincipalRow {
  readonly name: string;
  readonly role: string;
  readonly limits: string;
}

const Limits = z.object({
  agency: z.string().nullable().default(null),
  lanes: z.array(z.string()).nullable().default(null),
  scopes: z.array(Permission).nullable().default(null),
  tlp: Tlp.optional(),
  personalData: PersonalData.optional(),
  purpose: z.string().optional(),
});

export function rowOf({ name, role, ...limits }: PrincipalInput): PrincipalRow {
  return { name, role, limits: JSON.stringify(limits) };
}

/** Null for a role or a limit that this program does not know (any more): nothing is widened by a guess. */
export function principalOf(row: PrincipalRow): Principal | null {
  const role = Role.safeParse(row.role);
  const limits = Limits.safeParse(JSON.parse(row.limits));
  if (!role.success || !limits.success) return null;
  const { tlp, personalData, purpose, ...rest } = limits.data;
  return {
    name: row.name,
    role: role.data,
    ...rest,
    ...(tlp && { tlp }),
    ...(personalData && { personalData }),
    ...(purpose !== undefined && { purpose }),
  };
}
