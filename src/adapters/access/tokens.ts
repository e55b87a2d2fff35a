import { timingSafeEqual } from 'node:crypto';

import { nameKey } from '../../domain/grant.ts';
import { LanewatchError } from '../../errors.ts';
import type { NewToken, Principal, PrincipalInput, ServiceToken, TokenTerms } from '../../ports/access.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AccessDatabase } from './database.ts';
import { type PrincipalRow, principalOf, rowOf } from './principal-row.ts';
import { hashOf, newId, newSecret } from './secret.ts';

/** Use of a credential is written down at most this often. */
export const touchEveryMs = 60_000;
const adminTokenLength = 32;

interface TokenRow extends PrincipalRow {
  readonly id: string;
  readonly hash: Buffer;
  readonly createdAtMs: number;
  readonly createdBy: string | null;
  readonly endsAtMs: number | null;
  readonly usedAtMs: number | null;
}

/** A token that is good now. `id` is null for the one of the environment, `endsAtMs` for one without an end. */
export interface KnownToken {
  readonly principal: Principal;
  readonly id: string | null;
  readonly endsAtMs: number | null;
}

export interface Tokens {
  create(input: PrincipalInput, terms: TokenTerms): NewToken;
  list(): readonly ServiceToken[];
  /** The token as it was, or null where there is none. */
  drop(id: string): ServiceToken | null;
  verify(token: string): KnownToken | null;
  any(): boolean;
  /** Does one stand for this name? */
  has(name: string): boolean;
  /** Tells the token of the environment from another one of another start; null: there is none. */
  readonly environment: string | null;
}

/** Throws `configuration-fault` for an administrator's token under 32 characters. */
export function openTokens(db: AccessDatabase, clock: Clock, adminToken: string | undefined): Tokens {
  if (adminToken !== undefined && adminToken.length < adminTokenLength) {
    const needed = `LANEWATCH_ADMIN_TOKEN needs at least ${adminTokenLength} characters`;
    throw new LanewatchError('configuration-fault', needed);
  }
  const adminHash = adminToken === undefined ? null : hashOf(adminToken);
  const add = db.prepare(`
    INSERT INTO tokens (id, hash, name, role, limits, createdAtMs, createdBy, endsAtMs)
    VALUES (@id, @hash, @name, @role, @limits, @createdAtMs, @createdBy, @endsAtMs)`);
  const find = db.prepare<[Buffer], TokenRow>('SELECT * FROM tokens WHERE hash = ?');
  const every = db.prepare<[], TokenRow>('SELECT * FROM tokens ORDER BY createdAtMs, id');
  const drop = db.prepare<[string], TokenRow>('DELETE FROM tokens WHERE id = ? RETURNING *');
  const touch = db.prepare('UPDATE tokens SET usedAtMs = ? WHERE hash = ?');
  const one = db.prepare('SELECT 1 FROM tokens LIMIT 1');
  const names = db.prepare<[], string>('SELECT DISTINCT name FROM tokens').pluck();

  return {
    environment: adminHash?.toString('hex').slice(0, 16) ?? null,
    create: (input, { endsAtMs = null, createdBy = null }) => {
      const secret = newSecret('lw_');
      const row = {
        ...rowOf(input),
        id: newId(),
        hash: hashOf(secret),
        createdAtMs: clock.now(),
        createdBy,
        endsAtMs,
        usedAtMs: null,
      };
      add.run(row);
      const made = viewOf(row);
      if (made === null) throw new LanewatchError('internal', 'a token was made that cannot be read');
      return { ...made, secret };
    },
    list: () => every.all().flatMap((row) => viewOf(row) ?? []),
    drop: (id) => {
      const row = drop.get(id);
      return row === undefined ? null : viewOf(row);
    },
    verify: (token) => {
      const hash = hashOf(token);
      if (adminHash !== null && timingSafeEqual(hash, adminHash)) {
        return { principal: environmentPrincipal, id: null, endsAtMs: null };
      }
      const row = find.get(hash);
      const now = clock.now();
      if (row === undefined || !timingSafeEqual(row.hash, hash) || (row.endsAtMs !== null && now >= row.endsAtMs))
        return null;
      const principal = principalOf(row);
      if (principal === null) return null;
      if (now - (row.usedAtMs ?? 0) >= touchEveryMs) touch.run(now, hash);
      return { principal, id: row.id, endsAtMs: row.endsAtMs };
    },
    any: () => one.get() !== undefined,
    has: (name) => {
      const key = nameKey(name);
      return key === nameKey(environmentPrincipal.name) || names.all().some((other) => nameKey(other) === key);
    },
  };
}

const environmentPrincipal: Principal = {
  name: 'administrator',
  role: 'administrator',
  agency: null,
  lanes: null,
  scopes: null,
};

function viewOf({ id, createdAtMs, createdBy, endsAtMs, usedAtMs, ...row }: TokenRow): ServiceToken | null {
  const principal = principalOf(row);
  return principal && { id, principal, createdAtMs, createdBy, endsAtMs, usedAtMs };
}
