/**
 * Waits for work, as long as a connection lives. Like `Promise.race([work, gone])`, but a promise that stands as long as the
 * connection keeps something of every race it was in: at 5 Hz that is a leak.
 */
export function lifeOf(gone: Promise<never>): <T>(work: Promise<T>) => Promise<T> {
  const waiting = new Set<(reason: unknown) => void>();
  let over: { readonly reason: unknown } | null = null;
  gone.catch((reason: unknown) => {
    over = { reason };
    for (const reject of waiting) reject(reason);
  });
  return async <T>(work: Promise<T>): Promise<T> => {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    work.then(resolve, reject);
    if (over !== null) reject(over.reason);
    waiting.add(reject);
    try {
      return await promise;
    } finally {
      waiting.delete(reject);
    }
  };
}
