/** Where the officer is: the address bar is the only place that holds it. */
export interface Router {
  /** Path and query, e.g. `/alarms/a1` or `/?priority=high`. */
  get(): string;
  go(address: string): void;
  /** Changes the address without a step in the browser's history: for filters. */
  replace(address: string): void;
  subscribe(listener: () => void): () => void;
}

export type Page =
  | { readonly kind: 'board' }
  | { readonly kind: 'alarm'; readonly id: string }
  | { readonly kind: 'unknown' };

export function createRouter(): Router {
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  addEventListener('popstate', tell);
  return {
    get: () => location.pathname + location.search,
    go(address) {
      history.pushState(null, '', address);
      scrollTo(0, 0);
      tell();
    },
    replace(address) {
      history.replaceState(null, '', address);
      tell();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Which page an address names. */
export function pageOf(address: string): Page {
  const [path = '/'] = address.split('?');
  if (path === '/' || path === '/index.html') return { kind: 'board' };
  const [, id] = /^\/alarms\/([^/]+)\/?$/.exec(path) ?? [];
  return id === undefined ? { kind: 'unknown' } : { kind: 'alarm', id: decodeURIComponent(id) };
}

export function alarmAddress(alarmId: string): string {
  return `/alarms/${encodeURIComponent(alarmId)}`;
}
