import type { FastifyReply, FastifyRequest } from 'fastify';
import { nameKey } from '../../domain/grant.ts';
import { LanewatchError } from '../../errors.ts';
import type { AccessStore, SignedIn } from '../../ports/access.ts';
import { addressOf } from '../guard.ts';
import { type AccessNotes, nobody } from './notes.ts';
import { sendSession, sessionSecretOf } from './session-cookie.ts';
import type { SignInThrottle } from './sign-in-throttle.ts';

/** What every way of signing in does alike. */
export interface SigningIn {
  readonly throttle: SignInThrottle;
  readonly notes: AccessNotes;
  /** Where browsers reach us: as configured, else as the request came. */
  publicUrlOf(request: FastifyRequest): string;
  /** The outcome of a try with a name and a password, throttled; throws `not-authenticated`, `too-many-requests`. */
  byPassword(request: FastifyRequest, name: string, attempt: () => Promise<SignedIn | null>): Promise<SignedIn>;
  /** The outcome of a try with a secret that cannot be guessed; throws `not-authenticated`. */
  bySecret(request: FastifyRequest, outcome: SignedIn | null, otherwise: string): SignedIn;
  /** The browser has the new session, and what it had before is over: nobody can have given it that one. */
  begin(request: FastifyRequest, reply: FastifyReply, signedIn: SignedIn): void;
}

export function createSigningIn(parts: {
  readonly access: AccessStore;
  readonly throttle: SignInThrottle;
  readonly notes: AccessNotes;
  readonly publicUrl: string | null;
}): SigningIn {
  const { access, throttle, notes, publicUrl } = parts;
  return {
    throttle,
    notes,
    publicUrlOf: (request) => publicUrl ?? `${request.protocol}://${request.host}`,
    byPassword: async (request, name, attempt) => {
      const [key, address] = [nameKey(name), addressOf(request)];
      const signedIn = await throttled(throttle, key, address, attempt);
      if (signedIn !== null) return signedIn;
      // What is typed for a name may be a password: only a name that is one goes into the record.
      const by = access.users.find(name)?.name ?? nobody;
      notes.denied(request, { action: 'sign-in', by, detail: 'wrong name or password' });
      if (throttle.lockedUntilMs(key) !== null) notes.denied(request, { action: 'lock-out', by });
      throw new LanewatchError('not-authenticated', 'the name and the password do not fit');
    },
    bySecret: (request, outcome, otherwise) => {
      if (outcome !== null) return outcome;
      notes.denied(request, { action: 'sign-in', by: nobody, detail: otherwise });
      throw new LanewatchError('not-authenticated', otherwise);
    },
    begin: (request, reply, { principal, session }) => {
      const before = sessionSecretOf(request);
      const { name, role, agency } = principal;
      // First: who cannot be put on record is not let in.
      notes.granted(request, { action: 'sign-in', by: name, role, agency });
      if (before !== undefined) access.closeSession(before);
      sendSession(reply, session);
    },
  };
}

/** A try that counts unless it succeeds, or breaks off before the password was looked at. */
export async function throttled<T>(
  throttle: SignInThrottle,
  key: string,
  address: string,
  attempt: () => Promise<T | null>,
): Promise<T | null> {
  throttle.begin(key, address);
  const outcome = await attempt().catch((error: unknown) => {
    throttle.takeBack(key, address);
    throw error;
  });
  if (outcome !== null) throttle.succeeded(key, address);
  return outcome;
}
