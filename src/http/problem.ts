import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { catalogue, type ErrorCode, LanewatchError, messageOf } from '../errors.ts';
import type { Log } from '../ports/log.ts';

/** RFC 9457, with the catalogue's `code`; `errors` says which field of the request is wrong. */
export const Problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof Problem>;

export const problemType = 'application/problem+json';

/** What fastify itself refuses, in our words. */
const fromFastify: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed-request',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed-request',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed-request',
  FST_ERR_BAD_URL: 'malformed-request',
  FST_ERR_MAX_PARAM_LENGTH: 'not-found',
};

/** What the file server refuses: an address that leads out of its folder is none. */
const fromStatus: Readonly<Record<number, ErrorCode>> = {
  400: 'malformed-request',
  403: 'not-found',
  404: 'not-found',
};

/** The problem of whatever was thrown. What is not ours says nothing of itself to the client. */
export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof LanewatchError) return { ...problem(thrown.code, thrown.message), ...thrown.extra };
  if (hasZodFastifySchemaValidationErrors(thrown)) {
    const errors = thrown.validation.map((issue) => ({
      path: `${thrown.validationContext ?? 'request'}${issue.instancePath === '/' ? '' : issue.instancePath}`,
      message: issue.message ?? 'does not fit',
    }));
    return { ...problem('invalid-request', 'see errors'), errors };
  }
  if (thrown instanceof z.ZodError) {
    const errors = thrown.issues.map((issue) => ({ path: `/${issue.path.join('/')}`, message: issue.message }));
    return { ...problem('invalid-request', 'see errors'), errors };
  }
  const { code, statusCode } = thrown as Partial<FastifyError>;
  const known = fromFastify[code ?? ''] ?? fromStatus[statusCode ?? 0] ?? null;
  return known === null ? problem('internal', 'the log says more') : problem(known, messageOf(thrown));
}

export function problem(code: ErrorCode, detail: string): Problem {
  const { status, title } = catalogue[code];
  return { type: `urn:lanewatch:problem:${code}`, title, status, code, detail };
}

/** The error handler of the whole server. */
export function answerProblem(log: Log) {
  return (thrown: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const answer = problemOf(thrown);
    if (answer.status >= 500) {
      const route = request.routeOptions.url ?? 'unknown';
      log.error({ method: request.method, route, code: answer.code, error: messageOf(thrown) }, 'request failed');
    }
    sendProblem(reply, answer);
  };
}

export function sendProblem(reply: FastifyReply, answer: Problem): void {
  if (answer.status === 401) reply.header('www-authenticate', 'Bearer realm="lanewatch"');
  if (typeof answer.retryAfterS === 'number') reply.header('retry-after', answer.retryAfterS);
  // As text: a route's own response schema must not touch it.
  reply.code(answer.status).type(problemType).serializer(String).send(JSON.stringify(answer));
}
