import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Api } from '../contract/api.ts';
import type { State } from '../state/state.ts';
import { type Store, useStore } from '../state/store.ts';
import type { PassageLoader } from '../sync/passage-loader.ts';
import type { Sync } from '../sync/sync.ts';
import type { Router } from './router.ts';
import type { Ticker } from './ticker.ts';

/** What main.tsx built, for every part of the screen. */
export interface Parts {
  readonly api: Api;
  readonly store: Store;
  readonly sync: Sync;
  readonly router: Router;
  readonly ticker: Ticker;
  readonly passages: PassageLoader;
}

export const PartsContext = createContext<Parts | null>(null);

export function useParts(): Parts {
  const parts = useContext(PartsContext);
  if (parts === null) throw new Error('used outside PartsContext');
  return parts;
}

/** A part of the state; `select` picks, it does not build. */
export function useSelected<T>(select: (state: State) => T): T {
  return useStore(useParts().store, select);
}

export function useAddress(): string {
  const { router } = useParts();
  return useSyncExternalStore(router.subscribe, router.get);
}

/** The service's time in milliseconds; draws again every second. */
export function useNowMs(): number {
  const { ticker } = useParts();
  return useSyncExternalStore(ticker.subscribe, ticker.nowMs);
}

/** The site's time zone; the browser's own is never shown. */
export function useTimeZone(): string {
  return useSelected((state) => state.site?.timeZone ?? 'UTC');
}
