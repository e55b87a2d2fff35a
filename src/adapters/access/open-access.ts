import { LanewatchError } from '../../errors.ts';
import type { AccessStore, SessionLimits } from '../../ports/access.ts';
import type { Clock } from '../../ports/clock.ts';
import { openAccessDatabase } from './database.ts';
import { openPasswords } from './passwords.ts';
import { openSessions } from './sessions.ts';
import { openSetUp } from './set-up.ts';
import { openTokens } from './tokens.ts';
import { openUserRows } from './user-rows.ts';
import { openUsers } from './users.ts';

const usualLimits: SessionLimits = { idleS: 12 * 3_600, absoluteS: 24 * 3_600 };

/**
 * Opens the access store in its own file, which `token create` may share with a running service. Throws
 * `configuration-fault` for an administrator's token under 32 characters or a file that cannot be used.
 */
export function openAccess(parts: {
  readonly file: string;
  /** `LANEWATCH_ADMIN_TOKEN`. */
  readonly adminToken?: string | undefined;
  readonly sessionLimits?: SessionLimits | undefined;
  readonly clock: Clock;
}): AccessStore {
  const { clock, adminToken, sessionLimits = usualLimits } = parts;
  const db = openAccessDatabase(parts.file);
  const tokens = openTokens(db, clock, adminToken);
  const sessions = openSessions(db, clock, sessionLimits);
  const environment = `environment:${tokens.environment}`;
  const listeners = new Set<() => void>();
  const ended = () => listeners.forEach((listener) => void listener());
  // A start without the environment's token, or with another, ends what was opened by it.
  if (tokens.environment !== null) sessions.endOthers('environment:', environment);

  const rows = openUserRows(db, clock, tokens.has);
  const passwords = openPasswords();
  const users = openUsers({ rows, sessions, passwords, ended });
  const otherwise = () => tokens.environment !== null || tokens.any();

  return {
    users,
    setUp: openSetUp({ rows, passwords, otherwise, signIn: users.signIn }),
    createToken: (input, terms = {}) => {
      if (rows.find(input.name) !== undefined) {
        throw new LanewatchError('forbidden-transition', `there is a user ${input.name} already`);
      }
      return tokens.create(input, terms);
    },
    tokens: tokens.list,
    revokeToken: (id) => {
      const dropped = tokens.drop(id);
      if (dropped === null) return null;
      sessions.endOf(`token:${id}`);
      ended();
      return dropped;
    },
    verifyToken: (token) => tokens.verify(token)?.principal ?? null,
    signInByToken: (token) => {
      const known = tokens.verify(token);
      if (known === null) return null;
      const { principal, id, endsAtMs } = known;
      const origin = id === null ? environment : `token:${id}`;
      return { principal, session: sessions.open(principal, { origin, endsAtMs }) };
    },
    openSession: (input) => sessions.open(input, { origin: '' }),
    verifySession: (secret) => sessions.verify(secret)?.principal ?? null,
    closeSession: (secret) => {
      sessions.close(secret);
      ended();
    },
    createSignInCode: sessions.createCode,
    redeemSignInCode: sessions.redeemCode,
    onEnded: (listener) => {
      listeners.add(listener);
      return { [Symbol.dispose]: () => void listeners.delete(listener) };
    },
    [Symbol.dispose]: () => db.close(),
  };
}
