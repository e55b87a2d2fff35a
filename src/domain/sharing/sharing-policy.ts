import { z } from 'zod';
import type { Role } from '../access.ts';
import { PersonalData, Tlp } from '../words.ts';
import { lessPersonalData, narrowerTlp, type Viewer } from './viewer.ts';

const Limits = z.strictObject({
  tlp: Tlp.default('red'),
  personalData: PersonalData.default('full'),
  /** For which the role looks at personal data, unless a request says another. */
  purpose: z.string().trim().min(1).max(200).default('border control'),
});

/**
 * Who sees what, by role. The defaults give those who answer alarms what they need to answer them; who keeps devices running
 * needs no subject, and who audits needs to see that somebody was named, not who.
 */
export const SharingPolicy = z.strictObject({
  /** The post's own agency: targets are sent to it to be acted upon. */
  agency: z.string().trim().min(1).max(100).optional(),
  roles: z
    .strictObject({
      operator: Limits.prefault({}),
      supervisor: Limits.prefault({}),
      examiner: Limits.prefault({}),
      technician: Limits.prefault({ tlp: 'clear', personalData: 'none', purpose: 'maintenance' }),
      targeting: Limits.prefault({ purpose: 'targeting' }),
      auditor: Limits.prefault({ personalData: 'masked', purpose: 'audit' }),
      administrator: Limits.prefault({ purpose: 'administration' }),
    } satisfies Record<Role, unknown>)
    .prefault({}),
});
export type SharingPolicy = z.infer<typeof SharingPolicy>;

/** What a credential may narrow of its role's limits; never widen. */
type OwnLimits = Pick<Viewer, 'role' | 'scopes' | 'agency' | 'lanes'> &
  Partial<Pick<Viewer, 'tlp' | 'personalData' | 'purpose'>>;

/** A person or a token as a viewer: the role's limits, narrowed by their own. */
export function viewerOf(own: OwnLimits, policy: SharingPolicy): Viewer {
  const limits = policy.roles[own.role];
  return {
    role: own.role,
    scopes: own.scopes,
    agency: own.agency === policy.agency ? null : own.agency,
    purpose: own.purpose ?? limits.purpose,
    lanes: own.lanes,
    tlp: narrowerTlp(own.tlp ?? limits.tlp, limits.tlp),
    personalData: lessPersonalData(own.personalData ?? limits.personalData, limits.personalData),
    nonOperational: true,
  };
}
