import { z } from 'zod';

export const Role = z.enum([
  'operator',
  'supervisor',
  'examiner',
  'technician',
  'targeting',
  'auditor',
  'administrator',
]);
export const Permission = z.enum([
  /** The post, its lanes, its devices and their health, the drivers, the metrics. */
  'read-site',
  /** Alarms and passages, with the matches they carry. */
  'read-board',
  'read-readings',
  /** How the post copes, what is found and by whose targeting; no subject is named. */
  'read-figures',
  /** The event feed and the live stream; which families of events they carry is said by `eventFamilies`. */
  'read-events',
  'read-targets',
  'write-targets',
  'command-alarms',
  'judge-matches',
  /** Takes lanes and devices out of service, and suppresses their alarms. */
  'set-service',
  'read-examinations',
  'request-examinations',
  /** Accept, assign, start, give the result, with its attachments. */
  'work-examinations',
  /** Say for the requester's side that the result has arrived. */
  'acknowledge-delivery',
  /** Webhooks: of its own agency, or where the post's own may administer, of all. */
  'manage-subscriptions',
  'configure',
  /** Asks to see masked data whole; and decides whether another may. */
  'ask-unmasking',
  'decide-unmasking',
  /** The record of who was let in, who saw or did what, and who was refused. */
  'read-audit',
  'administer',
]);

export type Role = z.infer<typeof Role>;
export type Permission = z.infer<typeof Permission>;

/** Who may do what: least privilege, so a technician sees no subject and an operator no list of targets. */
const grants: Readonly<Record<Role, readonly Permission[]>> = {
  operator: [
    'read-site',
    'read-board',
    'read-readings',
    'read-figures',
    'read-events',
    'command-alarms',
    'judge-matches',
    'read-examinations',
    'request-examinations',
    'acknowledge-delivery',
    'ask-unmasking',
  ],
  supervisor: [
    'read-site',
    'read-board',
    'read-readings',
    'read-figures',
    'read-events',
    'read-targets',
    'command-alarms',
    'judge-matches',
    'set-service',
    'read-examinations',
    'request-examinations',
    'work-examinations',
    'acknowledge-delivery',
    'ask-unmasking',
    'decide-unmasking',
  ],
  examiner: [
    'read-site',
    'read-board',
    'read-readings',
    'read-events',
    'read-targets',
    'read-examinations',
    'work-examinations',
    'ask-unmasking',
  ],
  technician: ['read-site', 'read-readings', 'read-events', 'set-service', 'configure'],
  targeting: [
    'read-site',
    'read-board',
    'read-figures',
    'read-events',
    'read-targets',
    'write-targets',
    'judge-matches',
    'read-examinations',
    'request-examinations',
    'acknowledge-delivery',
    'manage-subscriptions',
    'ask-unmasking',
    'decide-unmasking',
  ],
  auditor: [
    'read-site',
    'read-board',
    'read-readings',
    'read-figures',
    'read-events',
    'read-targets',
    'read-examinations',
    'read-audit',
    'ask-unmasking',
  ],
  administrator: Permission.options,
};

/** What a reader of events must also be allowed to see the family for. */
const eventFamilies: Readonly<Record<string, Permission>> = {
  'lanewatch.alarm.': 'read-board',
  'lanewatch.flood.': 'read-board',
  'lanewatch.passage.': 'read-board',
  'lanewatch.match.': 'read-board',
  'lanewatch.interdiction.': 'read-board',
  'lanewatch.examination.': 'read-examinations',
  'lanewatch.target.': 'read-targets',
  'lanewatch.device.': 'read-site',
  'lanewatch.condition.': 'read-site',
  'lanewatch.occupancy.': 'read-site',
  'lanewatch.config.': 'read-site',
  'lanewatch.access.': 'read-audit',
  'lanewatch.unmasking.': 'read-audit',
  'lanewatch.service.': 'read-site',
  /** Says where an agency is reached. */
  'lanewatch.subscription.': 'administer',
  /** Carries the first bytes of a message, which may hold an identity. */
  'lanewatch.message.': 'configure',
};

/** Who asks. `scopes` narrows what the role may do; null: all of it. */
export interface Grantee {
  readonly role: Role;
  readonly scopes: readonly Permission[] | null;
}

/** Everything a role may do. */
export function permissionsOf(role: Role): readonly Permission[] {
  return grants[role];
}

export function allows({ role, scopes }: Grantee, permission: Permission): boolean {
  return grants[role].includes(permission) && (scopes === null || scopes.includes(permission));
}

/** What a reader of events of this type must be allowed besides. A family not on the list is for administrators. */
export function permissionForEvent(type: string): Permission {
  return eventFamilies[type.slice(0, type.lastIndexOf('.') + 1)] ?? 'administer';
}

/** May they see events of this type? */
export function seesEvent(grantee: Grantee, type: string): boolean {
  return allows(grantee, permissionForEvent(type));
}
