import { type Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';

/** Of an answer's body this much is read, so that the connection can be used again; of that the excerpt is kept. */
const mostBodyBytes = 65_536;
const excerptBytes = 200;

export interface PostAnswer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  /** The beginning of the body, in one line. */
  readonly excerpt: string;
}

/**
 * One POST. Redirects are answers like any other: nothing here follows them. Rejects when the connection fails, or with the signal's
 * reason when that aborts before the answer has come; an answer whose body does not end is an answer all the same.
 */
export function post(
  url: URL,
  message: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
  way: { readonly agent: Agent; readonly lookup: LookupFunction; readonly signal: AbortSignal },
): Promise<PostAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<PostAnswer>();
  const open = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const body = Buffer.from(message.body);
  const headers = { ...message.headers, 'content-length': body.length };
  const request = open(url, { method: 'POST', headers, ...way });
  let answered = false;
  request.on('response', (response) => {
    answered = true;
    readExcerpt(response).then((excerpt) => {
      resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'], excerpt });
    }, reject);
  });
  request.on('error', (error) => {
    if (!answered) reject(way.signal.aborted ? way.signal.reason : error);
  });
  request.end(body);
  return promise;
}

async function readExcerpt(response: IncomingMessage): Promise<string> {
  const kept: Buffer[] = [];
  let read = 0;
  try {
    for await (const chunk of response) {
      const bytes: Buffer = chunk;
      if (read < excerptBytes) kept.push(bytes.subarray(0, excerptBytes - read));
      read += bytes.length;
      // Leaving the loop destroys the response, and with it the connection.
      if (read > mostBodyBytes) break;
    }
  } catch {
    // The status has come, and it counts; what the body would have said does not.
    response.destroy();
  }
  return Buffer.concat(kept)
    .toString('utf8')
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim();
}
