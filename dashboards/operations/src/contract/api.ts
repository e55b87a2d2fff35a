import type { Listing } from './resources.ts';

/** A refused request, in the service's own words (RFC 9457). Status 0: it could not be reached at all. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, detail: string) {
    super(detail);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
  }
}

export interface Api {
  get<T>(path: string, signal?: AbortSignal): Promise<T>;
  /** All pages of a list, at most `most` items. */
  list<T>(path: string, most: number, signal?: AbortSignal): Promise<readonly T[]>;
  /** A command; asks once, never repeats by itself. */
  post<T>(path: string, body: object): Promise<T>;
  remove(path: string): Promise<void>;
  /** Milliseconds to add to this computer's clock to get the service's; 0 while they agree within two seconds. */
  clockOffsetMs(): number;
}

const base = '/api/v1';
const timeoutMs = 10_000;
const pageSize = 500;

/** The HTTP contract on the page's own origin, with the session cookie. Rejects with ApiError. */
export function createApi(fetcher: typeof fetch): Api {
  let offsetMs = 0;

  async function ask<T>(path: string, init: RequestInit, signal?: AbortSignal): Promise<T> {
    const deadline = AbortSignal.timeout(timeoutMs);
    const response = await fetcher(base + path, {
      ...init,
      credentials: 'same-origin',
      cache: 'no-store',
      signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]),
    }).catch((cause: unknown) => {
      throw new ApiError(0, 'unreachable', `The service cannot be reached (${String(cause)}).`);
    });
    offsetMs = offsetFrom(response.headers.get('date'), Date.now());
    if (!response.ok) throw await refusal(response);
    return (response.status === 204 ? undefined : await response.json()) as T;
  }

  async function list<T>(path: string, most: number, signal?: AbortSignal): Promise<readonly T[]> {
    const found: T[] = [];
    const joint = path.includes('?') ? '&' : '?';
    let cursor: string | null = null;
    do {
      const next: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page: Listing<T> = await ask(`${path}${joint}limit=${pageSize}${next}`, {}, signal);
      found.push(...page.items);
      cursor = page.next;
    } while (cursor !== null && found.length < most);
    return found;
  }

  return {
    get: (path, signal) => ask(path, {}, signal),
    list,
    post: (path, body) =>
      ask(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': randomKey() },
        body: JSON.stringify(body),
      }),
    remove: (path) => ask(path, { method: 'DELETE' }),
    clockOffsetMs: () => offsetMs,
  };
}

async function refusal(response: Response): Promise<ApiError> {
  const problem = (await response.json().catch(() => ({}))) as { code?: string; detail?: string; title?: string };
  const said = problem.detail ?? problem.title ?? `The service answered ${response.status}.`;
  return new ApiError(response.status, problem.code ?? 'unknown', said);
}

/** The HTTP date has whole seconds, so a difference below two is none. */
function offsetFrom(date: string | null, nowMs: number): number {
  const difference = date === null ? 0 : Date.parse(date) - nowMs;
  return Math.abs(difference) > 2_000 ? difference : 0;
}

/** Not `randomUUID`: a post's own network often has no TLS, and then the browser withholds it. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
