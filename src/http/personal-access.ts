import type { Fact } from '../domain/event.ts';
import { mapPersonal } from '../domain/sharing/personal.ts';
import type { Viewer } from '../domain/sharing/viewer.ts';
import type { Audit } from '../ports/audit.ts';
import type { Clock } from '../ports/clock.ts';

/** Who looks: as the record of access knows them. */
export interface Looking {
  readonly by: string;
  readonly from: string;
  readonly viewer: Viewer;
}

/** Somebody who has a page open asks again and again: the same of the same purpose is recorded once in this time. */
const againAfterMs = 15 * 60_000;
const mostRemembered = 20_000;
const mostNamed = 100;

/** Puts on record who gets personal data whole, of what and for which purpose. */
export interface PersonalAccess {
  /** `facts`: what is about to be answered. */
  read(looking: Looking, action: string, facts: readonly { readonly subject: string; readonly fact: Fact }[]): void;
  /** A stream of events begins, or a page of them is fetched. */
  follow(looking: Looking, action: string): void;
}

export function recordPersonalAccess(audit: Audit, clock: Clock): PersonalAccess {
  const recorded = new Map<string, number>();
  const isNew = ({ by, viewer }: Looking, subject: string): boolean => {
    const key = JSON.stringify([by, viewer.purpose, subject]);
    const atMs = recorded.get(key);
    if (atMs !== undefined && Math.abs(clock.now() - atMs) < againAfterMs) return false;
    recorded.delete(key);
    recorded.set(key, clock.now());
    for (const oldest of recorded.keys()) {
      if (recorded.size <= mostRemembered) break;
      recorded.delete(oldest);
    }
    return true;
  };
  const enter = ({ by, from, viewer }: Looking, action: string, subjects: string[]) => {
    const { role, agency, purpose } = viewer;
    audit.granted({ by, role, agency, from, action, subjects, version: null, purpose, detail: null });
  };
  return {
    read: (looking, action, facts) => {
      const { personalData, unmasked } = looking.viewer;
      const whole = facts.filter(({ subject }) => personalData === 'full' || unmasked?.includes(subject));
      const named = whole.filter(({ fact }) => tellsOfSomebody(fact)).map(({ subject }) => subject);
      const fresh = named.filter((subject) => isNew(looking, subject));
      for (let from = 0; from < fresh.length; from += mostNamed) {
        enter(looking, action, fresh.slice(from, from + mostNamed));
      }
    },
    follow: (looking, action) => {
      if (looking.viewer.personalData === 'full' && isNew(looking, action)) enter(looking, action, ['events']);
    },
  };
}

/** A name, a birth date, a document, a plate; what people wrote does not count by itself. */
function tellsOfSomebody(fact: Fact): boolean {
  let tells = false;
  mapPersonal(fact, (kind, value) => {
    if (kind !== 'text' && kind !== 'bytes') tells = true;
    return value;
  });
  return tells;
}
