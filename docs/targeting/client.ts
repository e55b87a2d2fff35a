import type { LanewatchEvent, Operations, Problem } from './api.ts';

/** Refused (RFC 9457); `problem.code` is stable. */
export class LanewatchProblem extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.code}: ${problem.detail}`);
    this.name = 'LanewatchProblem';
    this.problem = problem;
  }
}

/** What goes with a request; whatever an operation does not need may be left out. */
type Sent<K extends keyof Operations> = {
  readonly [Part in 'path' | 'query' | 'headers' | 'body']?: Operations[K][Part];
};

export interface Client {
  /** `call('POST /targets', { body: … })`: typed by the operation's name. Rejects with a `LanewatchProblem`. */
  call<K extends keyof Operations>(operation: K, sent?: Sent<K>): Promise<Operations[K]['answer']>;
  /** The events after a cursor, and the cursor that comes next; the same cursor again: there is nothing more yet. */
  pull(after: string, types?: readonly string[]): Promise<{ readonly events: LanewatchEvent[]; readonly next: string }>;
  /** The events after a cursor, as they happen (server-sent events). It ends when the connection does: begin again. */
  stream(after: string, signal: AbortSignal, types?: readonly string[]): AsyncGenerator<LanewatchEvent>;
}

interface Parts {
  readonly path?: object;
  readonly query?: object;
  readonly headers?: object;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** `address`: e.g. `https://post.example`; `token`: of the role `targeting`. */
export function createClient(address: string, token: string): Client {
  const request = async (
    operation: string,
    { path = {}, query = {}, headers = {}, body, signal }: Parts,
  ): Promise<Response> => {
    const [method = '', template = ''] = operation.split(' ');
    const values = new Map<string, unknown>(Object.entries(path));
    const filled = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values.get(name))));
    const atRoot = /^\/(healthz|readyz|metrics|signin|setup)/.test(filled);
    const url = new URL(atRoot ? filled : `/api/v1${filled}`, address);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
    const raw = typeof body === 'string' || body instanceof Uint8Array;
    const answer = await fetch(url, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined || raw ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      signal: signal ?? null,
      body: raw ? Buffer.from(body) : body === undefined ? null : JSON.stringify(body),
    });
    if (!answer.ok) throw new LanewatchProblem((await answer.json()) as Problem);
    return answer;
  };
  return {
    call: async <K extends keyof Operations>(operation: K, sent: Sent<K> = {}) => {
      const answer = await request(operation, sent);
      const isJson = answer.headers.get('content-type')?.includes('json') ?? false;
      const body: unknown = answer.status === 204 ? null : isJson ? await answer.json() : await answer.text();
      return body as Operations[K]['answer'];
    },
    pull: async (after, types = []) => {
      const query = { after, ...(types.length > 0 && { types: types.join(',') }) };
      const answer = await request('GET /events', { query });
      const events = (await answer.json()) as LanewatchEvent[];
      return { events, next: answer.headers.get('lanewatch-next') ?? after };
    },
    stream: async function* (after, signal, types = []) {
      const query = types.length > 0 ? { types: types.join(',') } : {};
      const answer = await request('GET /events/stream', { query, headers: { 'last-event-id': after }, signal });
      let text = '';
      for await (const piece of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        const blocks = (text + piece).split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) {
          // Without data it is a comment, which keeps the connection alive.
          const data = block.split('\n').flatMap((line) => (line.startsWith('data: ') ? [line.slice(6)] : []));
          if (data.length > 0) yield JSON.parse(data.join('\n')) as LanewatchEvent;
        }
      }
    },
  };
}
