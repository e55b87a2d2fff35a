import { setTimeout as wait } from 'node:timers/promises';

/**
 * Waits until `condition` gives something other than false, null or undefined, and returns it. Fails at the deadline with `what` and the
 * last error, so that a test never sleeps and never hangs.
 */
export async function until<T>(
  what: string,
  condition: () => T | Promise<T>,
  deadlineMs = 5_000,
): Promise<Exclude<T, false | null | undefined>> {
  const end = Date.now() + deadlineMs;
  let last: unknown;
  while (Date.now() < end) {
    try {
      const value = await condition();
      if (value !== false && value !== null && value !== undefined) {
        return value as Exclude<T, false | null | undefined>;
      }
    } catch (error) {
      last = error;
    }
    await wait(5);
  }
  throw new Error(`not within ${deadlineMs} ms: ${what}${last === undefined ? '' : ` (${String(last)})`}`);
}
