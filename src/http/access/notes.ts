import type { FastifyRequest } from 'fastify';
import type { AccessFact } from '../../domain/facts.ts';
import type { Audit } from '../../ports/audit.ts';
import type { Clock } from '../../ports/clock.ts';

/** What is noted of access itself. */
export type AccessAction =
  | 'sign-in'
  | 'sign-out'
  | 'lock-out'
  | 'unlock'
  | 'request'
  | 'make-token'
  | 'revoke-token'
  | 'make-user'
  | 'change-user'
  | 'remove-user'
  | 'change-password'
  | 'make-sign-in-link'
  | 'set-up';

interface Note extends Partial<Pick<AccessFact, 'by' | 'role' | 'agency' | 'detail'>> {
  readonly action: AccessAction;
  readonly subject?: string;
}

/** The one way from the HTTP edge into the record of access. Who asks and from where is taken from the request. */
export interface AccessNotes {
  granted(request: FastifyRequest, note: Note): void;
  /** The first of its action and address goes into the record at once, further ones of a minute together at its end. */
  denied(request: FastifyRequest, note: Note): void;
  /** Writes down what a minute has brought together, or, at the end, everything that is held back. */
  settle(all?: boolean): void;
}

export const togetherMs = 60_000;
/** Addresses that are told apart within a minute; all others are one. */
const mostApart = 200;
export const nobody = 'nobody';

export function createAccessNotes(audit: Audit, clock: Clock): AccessNotes {
  interface Held {
    readonly sinceMs: number;
    more: number;
    last: AccessFact;
  }
  const held = new Map<string, Held>();
  const close = (key: string, { more, last }: Held): void => {
    held.delete(key);
    if (more > 0) audit.denied({ ...last, detail: `${more} more within a minute, the last: ${last.detail ?? ''}` });
  };
  /** In the order in which they began. */
  const closeOld = (): void => {
    for (const [key, one] of held) {
      if (clock.now() - one.sinceMs < togetherMs) return;
      close(key, one);
    }
  };

  return {
    granted: (request, note) => audit.granted(entryOf(request, note)),
    denied: (request, note) => {
      closeOld();
      const entry = entryOf(request, note);
      const own = `${entry.action} ${entry.from}`;
      const key = held.has(own) || held.size < mostApart ? own : `${entry.action} others`;
      const begun = held.get(key);
      if (begun === undefined) {
        held.set(key, { sinceMs: clock.now(), more: 0, last: entry });
        audit.denied(entry);
      } else {
        begun.more += 1;
        begun.last = entry;
      }
    },
    settle: (all = false) => {
      if (!all) return closeOld();
      for (const [key, one] of held) close(key, one);
    },
  };
}

function entryOf(request: FastifyRequest, { subject, ...note }: Note): AccessFact {
  const { principal, ip } = request;
  return {
    by: principal?.name ?? nobody,
    role: principal?.role ?? null,
    agency: principal?.agency ?? null,
    from: ip,
    subjects: subject === undefined ? [] : [subject],
    version: null,
    purpose: principal?.purpose ?? null,
    detail: null,
    ...note,
  };
}
