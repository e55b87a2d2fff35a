import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { normalPassword } from '../../domain/password.ts';
import { LanewatchError } from '../../errors.ts';

/** OWASP Password Storage Cheat Sheet: Argon2id (2) with 19 MiB, two passes, one lane. */
const parameters = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const presentPrefix = '$argon2id$v=19$m=19456,t=2,p=1$';
/** Each takes a thread of Node's pool and 19 MiB; files and names need threads of the same pool. */
const atOnce = 2;
const mostWaiting = 64;

/** Argon2id in Node's thread pool, a few at once; `too-many-requests` when too many wait already. */
export interface Passwords {
  hash(password: string): Promise<string>;
  /** Takes as long where there is no hash to compare with, and answers false. */
  matches(passwordHash: string | null, password: string): Promise<boolean>;
  /** Was it made with other parameters than today's? */
  isDated(passwordHash: string): boolean;
}

export function openPasswords(): Passwords {
  const waiting: (() => void)[] = [];
  let running = 0;
  const bounded = async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= atOnce) {
      if (waiting.length >= mostWaiting) {
        throw new LanewatchError('too-many-requests', 'too many sign-ins at once', { extra: { retryAfterS: 2 } });
      }
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running += 1;
    try {
      return await work();
    } finally {
      // The place goes straight to the next, so that nobody slips in between.
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
  const [salt, nothing] = [16, 32].map((bytes) => randomBytes(bytes).toString('base64').replace(/=+$/, ''));
  /** Nobody's: no password is known for it. */
  const nobodys = `${presentPrefix}${salt}$${nothing}`;

  return {
    hash: (password) => bounded(() => hash(normalPassword(password), parameters)),
    matches: async (passwordHash, password) => {
      const same = await bounded(() => verify(passwordHash ?? nobodys, normalPassword(password)));
      return same && passwordHash !== null;
    },
    isDated: (passwordHash) => !passwordHash.startsWith(presentPrefix),
  };
}
