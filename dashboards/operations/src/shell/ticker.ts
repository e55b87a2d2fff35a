/** The service's time, one step a second, for everything on the screen that grows older. */
export interface Ticker {
  nowMs(): number;
  subscribe(listener: () => void): () => void;
}

export function createTicker(serviceNowMs: () => number): Ticker {
  const listeners = new Set<() => void>();
  let nowMs = serviceNowMs();
  setInterval(() => {
    nowMs = serviceNowMs();
    for (const listener of listeners) listener();
  }, 1_000);
  return {
    nowMs: () => nowMs,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
