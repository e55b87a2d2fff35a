import type { Grant } from '../../domain/grant.ts';
import { nameKey } from '../../domain/grant.ts';
import { LanewatchError } from '../../errors.ts';
import type { ProvidedIdentity, User } from '../../ports/access.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AccessDatabase } from './database.ts';
import { type PrincipalRow, principalOf, rowOf } from './principal-row.ts';

/** A user as kept: `passwordHash` is null where a provider vouches for them. */
export interface UserRow extends PrincipalRow {
  readonly key: string;
  readonly passwordHash: string | null;
  readonly issuer: string | null;
  readonly subject: string | null;
  readonly disabled: number;
  readonly createdAtMs: number;
  readonly changedAtMs: number;
  readonly signedInAtMs: number | null;
}

/** The table of users, with the rules that its rows must keep together. Synchronous: each call is one transaction. */
export interface UserRows {
  list(): readonly UserRow[];
  find(name: string): UserRow | undefined;
  provided(identity: ProvidedIdentity): UserRow | undefined;
  any(): boolean;
  /** `forbidden-transition` where the name is taken. */
  add(user: {
    readonly name: string;
    readonly grant: Grant;
    readonly passwordHash?: string;
    readonly identity?: ProvidedIdentity;
  }): UserRow;
  /** `forbidden-transition` where no administrator with a password would be left. */
  put(row: UserRow): UserRow;
  remove(row: UserRow): void;
  signedIn(key: string): void;
}

/** `isTaken`: by something else than a user. The record knows everybody by their name, so nobody shares one. */
export function openUserRows(db: AccessDatabase, clock: Clock, isTaken: (name: string) => boolean): UserRows {
  const every = db.prepare<[], UserRow>('SELECT * FROM users ORDER BY key');
  const byKey = db.prepare<[string], UserRow>('SELECT * FROM users WHERE key = ?');
  const bySubject = db.prepare<[string, string], UserRow>('SELECT * FROM users WHERE issuer = ? AND subject = ?');
  const one = db.prepare('SELECT 1 FROM users LIMIT 1');
  const insert = db.prepare(`
    INSERT INTO users (key, name, role, limits, passwordHash, issuer, subject, disabled, createdAtMs, changedAtMs)
    VALUES (@key, @name, @role, @limits, @passwordHash, @issuer, @subject, 0, @now, @now)`);
  const update = db.prepare(`
    UPDATE users SET role = @role, limits = @limits, passwordHash = @passwordHash, disabled = @disabled,
      changedAtMs = @changedAtMs WHERE key = @key`);
  const drop = db.prepare('DELETE FROM users WHERE key = ?');
  const touch = db.prepare('UPDATE users SET signedInAtMs = ? WHERE key = ?');
  const administrators = db
    .prepare("SELECT count(*) FROM users WHERE role = 'administrator' AND passwordHash IS NOT NULL AND disabled = 0")
    .pluck();

  const keepingOne = <T>(work: () => T): T =>
    db
      .transaction(() => {
        const before = Number(administrators.get());
        const result = work();
        if (before > 0 && Number(administrators.get()) === 0) {
          throw new LanewatchError('forbidden-transition', 'this is the last administrator: make another one first');
        }
        return result;
      })
      .immediate();
  const kept = (key: string): UserRow => {
    const row = byKey.get(key);
    if (row === undefined) throw new LanewatchError('not-found', 'the user is gone');
    return row;
  };

  return {
    list: () => every.all(),
    find: (name) => byKey.get(nameKey(name)),
    provided: ({ issuer, subject }) => bySubject.get(issuer, subject),
    any: () => one.get() !== undefined,
    add: ({ name, grant, passwordHash = null, identity }) =>
      db
        .transaction(() => {
          const key = nameKey(name);
          if (byKey.get(key) !== undefined) {
            throw new LanewatchError('forbidden-transition', `there is a user ${name} already`);
          }
          if (isTaken(name))
            throw new LanewatchError(
              'forbidden-transition',
              `another credential stands for ${name}: choose another name`,
            );
          const { issuer = null, subject = null } = identity ?? {};
          insert.run({ ...rowOf({ name, ...grant }), key, passwordHash, issuer, subject, now: clock.now() });
          return kept(key);
        })
        .immediate(),
    put: (row) =>
      keepingOne(() => {
        update.run({ ...row, changedAtMs: clock.now() });
        return kept(row.key);
      }),
    remove: ({ key }) => keepingOne(() => void drop.run(key)),
    signedIn: (key) => void touch.run(clock.now(), key),
  };
}

/** Null for a role or a limit that this program does not know (any more). */
export function userOf(row: UserRow): User | null {
  const principal = principalOf(row);
  if (principal === null) return null;
  const { name, scopes: _all, ...grant } = principal;
  const { createdAtMs, changedAtMs, signedInAtMs, issuer } = row;
  return {
    name,
    grant: { ...grant, lanes: grant.lanes && [...grant.lanes] },
    disabled: row.disabled !== 0,
    provider: issuer,
    createdAtMs,
    changedAtMs,
    signedInAtMs,
  };
}
