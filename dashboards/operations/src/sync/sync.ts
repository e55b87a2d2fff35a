import { type Api, ApiError } from '../contract/api.ts';
import { backOffMs } from '../contract/back-off.ts';
import { tooSlow } from '../contract/live-frame.ts';
import type { Store } from '../state/store.ts';
import { type Ending, follow } from './follow.ts';

export interface Sync extends Disposable {
  /** Tries at once instead of waiting for the next attempt. */
  retryNow(): void;
}

interface SyncParts {
  readonly api: Api;
  readonly store: Store;
  readonly address: string;
  readonly random: () => number;
  /** The session is gone: only signing in helps. */
  readonly signIn: () => void;
}

/** Keeps the store true for as long as the page is open: connects, and connects again. */
export function startSync({ api, store, address, random, signIn }: SyncParts): Sync {
  const stopper = new AbortController();
  let wake: () => void = () => undefined;

  async function attempt(): Promise<Ending> {
    try {
      return await follow(api, store, address, stopper.signal);
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) signIn();
      return { code: 0, wasLive: false, goodUntilMs: null };
    }
  }

  async function run() {
    let failures = 0;
    while (!stopper.signal.aborted) {
      const ending = await attempt();
      failures = ending.wasLive ? 0 : failures + 1;
      const delayMs = ending.code === tooSlow ? 0 : backOffMs(failures, random);
      report(ending, Date.now() + delayMs);
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, delayMs);
      });
    }
  }

  function report(ending: Ending, retryAtMs: number) {
    const { connection } = store.get();
    const sinceMs =
      connection.kind === 'lost' && !ending.wasLive ? connection.sinceMs : (ending.goodUntilMs ?? Date.now());
    store.dispatch({ type: 'connection', connection: { kind: 'lost', sinceMs, retryAtMs } });
  }

  const online = () => wake();
  addEventListener('online', online);
  void run();
  return {
    retryNow: () => wake(),
    [Symbol.dispose]() {
      stopper.abort();
      removeEventListener('online', online);
      wake();
    },
  };
}
