import { createHash, randomBytes } from 'node:crypto';

/** A new secret: a prefix that scanners of leaked secrets can find, and 32 random bytes in base64url. */
export function newSecret(prefix: string): string {
  return `${prefix}${randomBytes(32).toString('base64url')}`;
}

/** What is kept of a secret. Plain SHA-256 is enough for 256 random bits: there is nothing to guess. */
export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Names a credential without telling it. */
export function newId(): string {
  return randomBytes(8).toString('hex');
}
