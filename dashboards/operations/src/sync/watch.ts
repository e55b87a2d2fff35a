import { type Api, ApiError } from '../contract/api.ts';
import type { Store } from '../state/store.ts';
import { loadDevices } from './load.ts';

/** After this silence the service is asked whether it is still there: a cut cable closes nothing. */
const silenceMs = 4_000;
/** Not every change of a device is an event (counters, faults found at start): their list is read again this often. */
const refreshMs = 15_000;
const answerWithinMs = 4_000;
const everyMs = 1_000;

interface Watched {
  /** When the connection was last known to be good; null: not yet. */
  goodUntilMs(): number | null;
  good(): void;
  fail(reason: unknown): void;
}

/** Watches a connection that may have died silently, and keeps the devices' status fresh on the way. */
export function watchService(api: Api, store: Store, signal: AbortSignal, watched: Watched): Disposable {
  let askedAtMs = Date.now();
  let asking = false;

  function look() {
    const goodUntilMs = watched.goodUntilMs();
    const nowMs = Date.now();
    if (asking || goodUntilMs === null) return;
    if (nowMs - Math.max(goodUntilMs, askedAtMs) < silenceMs && nowMs - askedAtMs < refreshMs) return;
    askedAtMs = nowMs;
    asking = true;
    loadDevices(api, store, AbortSignal.any([signal, AbortSignal.timeout(answerWithinMs)]))
      .then(watched.good, watched.fail)
      .finally(() => {
        asking = false;
      });
  }
  const timer = setInterval(look, everyMs);
  const offline = () => watched.fail(new ApiError(0, 'offline', 'This computer is off the network.'));
  addEventListener('offline', offline);
  return {
    [Symbol.dispose]() {
      clearInterval(timer);
      removeEventListener('offline', offline);
    },
  };
}
