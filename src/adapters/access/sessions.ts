import { timingSafeEqual } from 'node:crypto';

import type { Principal, PrincipalInput, SessionLimits } from '../../ports/access.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AccessDatabase } from './database.ts';
import { type PrincipalRow, principalOf, rowOf } from './principal-row.ts';
import { hashOf, newSecret } from './secret.ts';
import { touchEveryMs } from './tokens.ts';

const codeLimitMs = 10 * 60_000;

interface Row extends PrincipalRow {
  readonly hash: Buffer;
  readonly createdAtMs: number;
}
interface SessionRow extends Row {
  readonly usedAtMs: number;
  readonly origin: string;
  readonly endsAtMs: number | null;
}

export interface Sessions {
  /** `origin`: what it ends with, as in `endOf`. `endsAtMs`: not after this, whatever the limits. */
  open(input: PrincipalInput, from: { readonly origin: string; readonly endsAtMs?: number | null }): string;
  verify(secret: string): { readonly principal: Principal; readonly origin: string } | null;
  close(secret: string): void;
  /** Ends every session that comes from `origin`. */
  endOf(origin: string): void;
  /** Ends those that come from an origin that begins like this, but for one. */
  endOthers(prefix: string, origin: string | null): void;
  createCode(input: PrincipalInput): string;
  redeemCode(code: string): Principal | null;
}

export function openSessions(db: AccessDatabase, clock: Clock, { idleS, absoluteS }: SessionLimits): Sessions {
  const [idleMs, absoluteMs] = [idleS * 1_000, absoluteS * 1_000];
  const add = db.prepare(`
    INSERT INTO sessions (hash, name, role, limits, origin, createdAtMs, usedAtMs, endsAtMs)
    VALUES (@hash, @name, @role, @limits, @origin, @now, @now, @endsAtMs)`);
  const find = db.prepare<[Buffer], SessionRow>('SELECT * FROM sessions WHERE hash = ?');
  const touch = db.prepare('UPDATE sessions SET usedAtMs = ? WHERE hash = ?');
  const drop = db.prepare('DELETE FROM sessions WHERE hash = ?');
  const dropOf = db.prepare('DELETE FROM sessions WHERE origin = ?');
  const dropOthers = db.prepare('DELETE FROM sessions WHERE substr(origin, 1, ?) = ? AND origin IS NOT ?');
  const dropOld = db.prepare('DELETE FROM sessions WHERE usedAtMs < ? OR createdAtMs < ? OR endsAtMs < ?');
  const addCode = db.prepare(
    'INSERT INTO codes (hash, name, role, limits, createdAtMs) VALUES (@hash, @name, @role, @limits, @now)',
  );
  const takeCode = db.prepare<[Buffer], Row>('DELETE FROM codes WHERE hash = ? RETURNING *');
  const dropOldCodes = db.prepare('DELETE FROM codes WHERE createdAtMs < ?');

  return {
    open: (input, { origin, endsAtMs = null }) => {
      const now = clock.now();
      dropOld.run(now - idleMs, now - absoluteMs, now);
      const secret = newSecret('lws_');
      add.run({ ...rowOf(input), hash: hashOf(secret), origin, now, endsAtMs });
      return secret;
    },
    verify: (secret) => {
      const hash = hashOf(secret);
      const row = find.get(hash);
      const now = clock.now();
      if (row === undefined || !timingSafeEqual(row.hash, hash)) return null;
      if (now - row.usedAtMs > idleMs || now - row.createdAtMs > absoluteMs || now >= (row.endsAtMs ?? Infinity))
        return null;
      const principal = principalOf(row);
      if (principal === null) return null;
      if (now - row.usedAtMs >= touchEveryMs) touch.run(now, hash);
      return { principal, origin: row.origin };
    },
    close: (secret) => void drop.run(hashOf(secret)),
    endOf: (origin) => void dropOf.run(origin),
    endOthers: (prefix, origin) => void dropOthers.run(prefix.length, prefix, origin),
    createCode: (input) => {
      const now = clock.now();
      dropOldCodes.run(now - codeLimitMs);
      const code = newSecret('');
      addCode.run({ ...rowOf(input), hash: hashOf(code), now });
      return code;
    },
    redeemCode: (code) => {
      const row = takeCode.get(hashOf(code));
      return row === undefined || clock.now() - row.createdAtMs > codeLimitMs ? null : principalOf(row);
    },
  };
}
