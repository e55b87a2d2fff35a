import { LanewatchError } from '../../errors.ts';
import type { Clock } from '../../ports/clock.ts';

interface Policy {
  /** As many tries without a wait. */
  readonly free: number;
  /** The first wait; each further try doubles it. */
  readonly firstWaitMs: number;
}

const names: Policy = { free: 5, firstWaitMs: 30_000 };
/** A post may sit behind one address. */
const addresses: Policy = { free: 20, firstWaitMs: 10_000 };
const mostWaitMs = 15 * 60_000;
/** This long after the last try, all is forgotten. */
const forgetAfterMs = 60 * 60_000;
const mostKept = 10_000;

/**
 * Slows down guessing, by name and by address, whether there is such a name or not. A try counts when it begins, so that many at
 * once are no way around. Kept in memory, bounded; the longest untried are let go of first.
 */
export interface SignInThrottle {
  /** Throws `too-many-requests` while either has to wait. */
  begin(nameKey: string, address: string): void;
  /** It was the right password: its name is free again, and the try does not count for the address. */
  succeeded(nameKey: string, address: string): void;
  /** Nothing was tried after all: neither counts it. */
  takeBack(nameKey: string, address: string): void;
  /** Until when the name is locked out; null when it is not. */
  lockedUntilMs(nameKey: string): number | null;
  /** By an administrator. */
  release(nameKey: string): void;
}

export function createSignInThrottle(clock: Clock): SignInThrottle {
  const byName = createTries(names, clock);
  const byAddress = createTries(addresses, clock);
  return {
    begin: (nameKey, address) => {
      const waitMs = Math.max(byName.waitMs(nameKey), byAddress.waitMs(address));
      if (waitMs > 0) {
        const retryAfterS = Math.ceil(waitMs / 1_000);
        throw new LanewatchError('too-many-requests', `too many tries to sign in: wait ${retryAfterS} s`, {
          extra: { retryAfterS },
        });
      }
      byName.count(nameKey);
      byAddress.count(address);
    },
    succeeded: (nameKey, address) => {
      byName.forget(nameKey);
      byAddress.takeBack(address);
    },
    takeBack: (nameKey, address) => {
      byName.takeBack(nameKey);
      byAddress.takeBack(address);
    },
    lockedUntilMs: (nameKey) => {
      const waitMs = byName.waitMs(nameKey);
      return waitMs > 0 ? clock.now() + waitMs : null;
    },
    release: (nameKey) => byName.forget(nameKey),
  };
}

function createTries({ free, firstWaitMs }: Policy, clock: Clock) {
  /** In the order of their last try. */
  const kept = new Map<string, { readonly tries: number; readonly atMs: number; readonly untilMs: number }>();
  const put = (key: string, tries: number, untilMs: number): void => {
    kept.delete(key);
    kept.set(key, { tries, atMs: clock.now(), untilMs });
    for (const [oldest, { atMs }] of kept) {
      if (kept.size <= mostKept && clock.now() - atMs < forgetAfterMs) return;
      kept.delete(oldest);
    }
  };
  const triesOf = (key: string): number => {
    const found = kept.get(key);
    return found === undefined || clock.now() - found.atMs >= forgetAfterMs ? 0 : found.tries;
  };
  return {
    waitMs: (key: string) => (kept.get(key)?.untilMs ?? 0) - clock.now(),
    count: (key: string) => {
      const tries = triesOf(key) + 1;
      const waitMs = tries < free ? 0 : Math.min(mostWaitMs, firstWaitMs * 2 ** (tries - free));
      put(key, tries, clock.now() + waitMs);
    },
    takeBack: (key: string) => {
      const tries = triesOf(key) - 1;
      if (tries <= 0) kept.delete(key);
      else put(key, tries, 0);
    },
    forget: (key: string) => void kept.delete(key),
  };
}
