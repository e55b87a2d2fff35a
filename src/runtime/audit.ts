import { messageOf } from '../errors.ts';
import type { Audit } from '../ports/audit.ts';
import type { Log } from '../ports/log.ts';
import type { Desk } from './desk.ts';

/** Entries are facts like all others: the desk numbers them, the journal chains them. */
export function createAudit(desk: Pick<Desk, 'take'>, log: Log): Audit {
  return {
    granted: (access) => desk.take({ type: 'access', granted: true, access }),
    denied: (access) => {
      try {
        desk.take({ type: 'access', granted: false, access });
      } catch (error) {
        // It is refused all the same.
        log.error({ by: access.by, action: access.action, reason: messageOf(error) }, 'a refusal is not on record');
      }
    },
  };
}
