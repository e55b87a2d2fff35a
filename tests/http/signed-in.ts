import type { AccessFact } from '../../src/domain/facts.ts';
import type { Audit } from '../../src/ports/audit.ts';
import { systemClock } from '../../src/runtime/system-clock.ts';
import type { HttpBench } from './http-bench.ts';

/** The session's cookie that an answer sets, as a browser sends it back; empty where there is none. */
export function cookieOf(answer: Response): string {
  return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
}

export function signInAs(
  bench: HttpBench,
  name: string,
  password: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return bench.call('/api/v1/session', { method: 'POST', token: null, json: { name, password }, headers });
}

/** A request by a browser that is signed in. */
export function callBy(
  bench: HttpBench,
  cookie: string,
  path: string,
  init: RequestInit & { json?: unknown } = {},
): Promise<Response> {
  return bench.call(path, { ...init, token: null, headers: { cookie } });
}

/** The system's clock, as far ahead as the test says. */
export function advancedClock() {
  let aheadMs = 0;
  return {
    ...systemClock,
    now: () => systemClock.now() + aheadMs,
    advance: (ms: number) => {
      aheadMs += ms;
    },
  };
}

/** Keeps the record of access. */
export function keptAudit(): Audit & { readonly kept: readonly (AccessFact & { readonly outcome: string })[] } {
  const kept: (AccessFact & { outcome: string })[] = [];
  return {
    kept,
    granted: (entry) => void kept.push({ ...entry, outcome: 'granted' }),
    denied: (entry) => void kept.push({ ...entry, outcome: 'denied' }),
  };
}
