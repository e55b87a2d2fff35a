import { isDeepStrictEqual } from 'node:util';
import type { Grant } from '../../domain/grant.ts';
import { nameKey } from '../../domain/grant.ts';
import { passwordFault } from '../../domain/password.ts';
import { LanewatchError } from '../../errors.ts';
import type { SignedIn, User, Users } from '../../ports/access.ts';
import type { Passwords } from './passwords.ts';
import { principalOf, rowOf } from './principal-row.ts';
import type { Sessions } from './sessions.ts';
import { type UserRow, type UserRows, userOf } from './user-rows.ts';

export interface UserParts {
  readonly rows: UserRows;
  readonly sessions: Sessions;
  readonly passwords: Passwords;
  /** Called after sessions have ended. */
  ended(): void;
}

export function openUsers({ rows, sessions, passwords, ended }: UserParts): Users {
  const found = (name: string): UserRow => {
    const row = rows.find(name);
    if (row === undefined) throw new LanewatchError('not-found', `no user ${name}`);
    return row;
  };
  const endSessions = (row: UserRow): void => {
    sessions.endOf(originOf(row.key));
    ended();
  };
  const opened = (row: UserRow): SignedIn | null => {
    const principal = principalOf(row);
    if (principal === null) return null;
    rows.signedIn(row.key);
    return { principal, session: sessions.open(principal, { origin: originOf(row.key) }) };
  };
  /** Who has this password now; read again after the comparison, during which anything may have changed. */
  const proven = async (name: string, password: string): Promise<UserRow | null> => {
    const before = rows.find(name);
    const usable = before?.disabled === 0 ? before.passwordHash : null;
    const matches = await passwords.matches(usable, password);
    const row = rows.find(name);
    return matches && row?.disabled === 0 && row.passwordHash === usable ? row : null;
  };
  const ofSession = (session: string): UserRow | undefined => {
    const origin = sessions.verify(session)?.origin;
    const row = origin?.startsWith(originOf('')) ? rows.find(origin.slice(originOf('').length)) : undefined;
    return row?.passwordHash === null ? undefined : row;
  };

  return {
    list: () => rows.list().flatMap((row) => userOf(row) ?? []),
    find: (name) => {
      const row = rows.find(name);
      return row === undefined ? null : userOf(row);
    },
    create: async (name, grant, password) => {
      refuseWeak(name, password);
      return view(rows.add({ name, grant, passwordHash: await passwords.hash(password) }));
    },
    change: async (name, { grant, disabled, password }) => {
      const present = found(name);
      const differs = grant !== undefined && !isSameGrant(present, grant);
      if (present.issuer !== null && (differs || password !== undefined)) {
        throw new LanewatchError(
          'forbidden-transition',
          'the identity provider says what this user is: change it there',
        );
      }
      if (password !== undefined) refuseWeak(name, password);
      const passwordHash = password === undefined ? undefined : await passwords.hash(password);
      const row = found(name);
      const changed = {
        ...row,
        ...(grant && !isSameGrant(row, grant) && rowOf({ name: row.name, ...grant })),
        ...(disabled !== undefined && { disabled: Number(disabled) }),
        ...(passwordHash !== undefined && { passwordHash }),
      };
      if (isDeepStrictEqual(changed, row)) return view(row);
      const kept = rows.put(changed);
      endSessions(row);
      return view(kept);
    },
    remove: (name) => {
      const row = found(name);
      rows.remove(row);
      endSessions(row);
      return view(row);
    },
    signIn: async (name, password) => {
      const row = await proven(name, password);
      if (row === null) return null;
      if (passwords.isDated(row.passwordHash ?? '')) {
        const passwordHash = await passwords.hash(password);
        const now = rows.find(name);
        if (now?.passwordHash !== row.passwordHash || now.disabled !== 0) return null;
        return opened(rows.put({ ...now, passwordHash }));
      }
      return opened(row);
    },
    ofSession: (session) => {
      const row = ofSession(session);
      return row === undefined ? null : userOf(row);
    },
    changeOwn: async (session, present, next) => {
      const row = ofSession(session);
      if (row === undefined) throw new LanewatchError('not-allowed', 'only who signed in with a password has one');
      refuseWeak(row.name, next);
      if (present === next) throw invalidPassword('is the present one');
      if ((await proven(row.name, present)) === null) return null;
      const passwordHash = await passwords.hash(next);
      const now = ofSession(session);
      if (now?.passwordHash !== row.passwordHash) return null;
      const kept = rows.put({ ...now, passwordHash });
      sessions.endOf(originOf(row.key));
      const signedIn = opened(kept);
      ended();
      return signedIn;
    },
    signInByProvider: (identity, grant) => {
      const known = rows.provided(identity);
      if (known?.disabled === 1) throw new LanewatchError('not-allowed', 'this user is disabled here');
      const row = known === undefined ? rows.add({ name: identity.name, grant, identity }) : regranted(known, grant);
      const signedIn = opened(row);
      if (signedIn === null) throw new LanewatchError('internal', 'a user was made that cannot be read');
      return signedIn;
    },
  };

  /** The provider's word of today is what they are; sessions by its word of yesterday end. */
  function regranted(row: UserRow, grant: Grant): UserRow {
    if (isSameGrant(row, grant)) return row;
    const kept = rows.put({ ...row, ...rowOf({ name: row.name, ...grant }) });
    endSessions(row);
    return kept;
  }
}

function isSameGrant(row: UserRow, grant: Grant): boolean {
  return isDeepStrictEqual(userOf(row)?.grant, grant);
}

export function refuseWeak(name: string, password: string): void {
  const fault = passwordFault(name, password);
  if (fault !== null) throw invalidPassword(fault);
}

function invalidPassword(fault: string): LanewatchError {
  const extra = { errors: [{ path: 'body/password', message: fault }] };
  return new LanewatchError('invalid-request', `the password ${fault}`, { extra });
}

function originOf(key: string): string {
  return `user:${nameKey(key)}`;
}

function view(row: UserRow): User {
  const user = userOf(row);
  if (user === null) throw new LanewatchError('internal', 'a user was made that cannot be read');
  return user;
}
