import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../../ports/clock.ts';
import type { PendingSignIn } from '../../ports/identity-provider.ts';

export const flowLimitS = 600;
const mostFlows = 10_000;

/** Sign-ins that are at the identity provider now, each known only to the browser that began it, and finished at most once. */
export interface Flows {
  /** The secret for the browser. */
  keep(pending: PendingSignIn): string;
  take(secret: string): PendingSignIn | null;
}

export function createFlows(clock: Clock): Flows {
  const kept = new Map<string, { readonly pending: PendingSignIn; readonly endsAtMs: number }>();
  return {
    keep: (pending) => {
      const secret = randomBytes(32).toString('base64url');
      kept.set(hashOf(secret), { pending, endsAtMs: clock.now() + flowLimitS * 1_000 });
      for (const [oldest, { endsAtMs }] of kept) {
        if (kept.size <= mostFlows && endsAtMs > clock.now()) break;
        kept.delete(oldest);
      }
      return secret;
    },
    take: (secret) => {
      const found = kept.get(hashOf(secret));
      kept.delete(hashOf(secret));
      return found === undefined || found.endsAtMs <= clock.now() ? null : found.pending;
    },
  };
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64');
}
