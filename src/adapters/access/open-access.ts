import { timingSafeEqual } from 'node:crypto';
import { Role } from '../../domain/access.ts';
import { LanewatchError } from '../../errors.ts';
import type { AccessStore, Principal } from '../../ports/access.ts';
import type { Clock } from '../../ports/clock.ts';
import { openAccessDatabase } from './database.ts';
import { hashOf, newSecret } from './secret.ts';

const idleLimitMs = 12 * 3_600_000;
const absoluteLimitMs = 24 * 3_600_000;
const codeLimitMs = 10 * 60_000;
/** Use of a session is written down at most this often. */
const touchEveryMs = 60_000;
const adminTokenLength = 32;

interface Row {
  readonly hash: Buffer;
  readonly name: string;
  readonly role: string;
  readonly createdAtMs: number;
}
interface SessionRow extends Row {
  readonly usedAtMs: number;
}

/**
 * Opens the access store in its own file, which `token create` may share with a running service. Throws
 * `configuration-fault` for an administrator's token under 32 characters or a file that cannot be used.
 */
export function openAccess(parts: {
  readonly file: string;
  /** `LANEWATCH_ADMIN_TOKEN`. */
  readonly adminToken?: string | undefined;
  readonly clock: Clock;
}): AccessStore {
  const { clock, adminToken } = parts;
  if (adminToken !== undefined && adminToken.length < adminTokenLength) {
    throw new LanewatchError(
      'configuration-fault',
      `LANEWATCH_ADMIN_TOKEN needs at least ${adminTokenLength} characters`,
    );
  }
  const adminHash = adminToken === undefined ? null : hashOf(adminToken);
  const db = openAccessDatabase(parts.file);

  const addToken = db.prepare('INSERT INTO tokens (hash, name, role, createdAtMs) VALUES (?, ?, ?, ?)');
  const findToken = db.prepare<[Buffer], Row>('SELECT * FROM tokens WHERE hash = ?');
  const addSession = db.prepare(
    'INSERT INTO sessions (hash, name, role, createdAtMs, usedAtMs) VALUES (?, ?, ?, ?, ?)',
  );
  const findSession = db.prepare<[Buffer], SessionRow>('SELECT * FROM sessions WHERE hash = ?');
  const touchSession = db.prepare('UPDATE sessions SET usedAtMs = ? WHERE hash = ?');
  const dropSession = db.prepare('DELETE FROM sessions WHERE hash = ?');
  const endSessions = db.prepare('DELETE FROM sessions WHERE usedAtMs < ? OR createdAtMs < ?');
  const addCode = db.prepare('INSERT INTO codes (hash, name, role, createdAtMs) VALUES (?, ?, ?, ?)');
  const takeCode = db.prepare<[Buffer], Row>('DELETE FROM codes WHERE hash = ? RETURNING *');
  const endCodes = db.prepare('DELETE FROM codes WHERE createdAtMs < ?');

  return {
    createToken: ({ name, role }) => {
      const token = newSecret('lw_');
      addToken.run(hashOf(token), name, role, clock.now());
      return token;
    },
    verifyToken: (token) => {
      const hash = hashOf(token);
      if (adminHash !== null && timingSafeEqual(hash, adminHash))
        return { name: 'administrator', role: 'administrator' };
      return principalOf(findToken.get(hash), hash);
    },
    openSession: ({ name, role }) => {
      const now = clock.now();
      endSessions.run(now - idleLimitMs, now - absoluteLimitMs);
      const secret = newSecret('lws_');
      addSession.run(hashOf(secret), name, role, now, now);
      return secret;
    },
    verifySession: (secret) => {
      const hash = hashOf(secret);
      const row = findSession.get(hash);
      const now = clock.now();
      if (row === undefined || now - row.usedAtMs > idleLimitMs || now - row.createdAtMs > absoluteLimitMs) return null;
      if (now - row.usedAtMs >= touchEveryMs) touchSession.run(now, hash);
      return principalOf(row, hash);
    },
    closeSession: (secret) => {
      dropSession.run(hashOf(secret));
    },
    createSignInCode: ({ name, role }) => {
      endCodes.run(clock.now() - codeLimitMs);
      const code = newSecret('');
      addCode.run(hashOf(code), name, role, clock.now());
      return code;
    },
    redeemSignInCode: (code) => {
      const hash = hashOf(code);
      const row = takeCode.get(hash);
      return row === undefined || clock.now() - row.createdAtMs > codeLimitMs ? null : principalOf(row, hash);
    },
    [Symbol.dispose]: () => db.close(),
  };
}

/** Null also for a role that this program does not know (any more). */
function principalOf(row: Row | undefined, hash: Buffer): Principal | null {
  if (row === undefined || !timingSafeEqual(row.hash, hash)) return null;
  const role = Role.safeParse(row.role);
  return role.success ? { name: row.name, role: role.data } : null;
}
