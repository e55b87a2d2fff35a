import type { RouteOptions } from 'fastify';
import { z } from 'zod';
import { catalogue, type ErrorCode } from '../../errors.ts';
import { problem, problemType } from '../problem.ts';
import { CommandHeaders } from '../versions.ts';

/** What a route may be refused for, as follows from what it asks for and takes. */
export function impliedProblems({ config, schema, method, bodyLimit }: RouteOptions): readonly ErrorCode[] {
  const access = config?.access ?? 'signed-in';
  const { params, querystring, body, headers, consumes } = schema ?? {};
  const changes = [method].flat().some((one) => !['GET', 'HEAD'].includes(one));
  const takesBody = body !== undefined || consumes !== undefined || bodyLimit !== undefined;
  const paged = querystring instanceof z.ZodObject && 'cursor' in querystring.shape;
  return [
    ...when(access !== 'public', 'not-authenticated'),
    // Also a browser's request from a page of another host.
    ...when(access !== 'signed-in' || changes, 'not-allowed'),
    ...when(params !== undefined, 'not-found'),
    ...when(params !== undefined || querystring !== undefined || body !== undefined, 'invalid-request'),
    ...when(paged, 'cursor-unknown'),
    ...when(takesBody, 'malformed-request', 'unsupported-media-type', 'too-large'),
    ...when(
      headers === CommandHeaders,
      'invalid-request',
      'forbidden-transition',
      'idempotency-conflict',
      'stale-version',
      'journal-unavailable',
      'stopping',
    ),
    // More than the limit of a minute; and before the first administrator is made.
    'too-many-requests',
    'set-up-needed',
    'internal',
  ];
}

function when(holds: boolean, ...codes: ErrorCode[]): readonly ErrorCode[] {
  return holds ? codes : [];
}

/** Details as the service really says them. */
const details: Partial<Record<ErrorCode, string>> = {
  'not-authenticated': 'send a bearer token or sign in',
  'not-allowed': 'the role operator has no permission write-targets',
  'not-found': 'no alarm e8b7f6a5-1d2c-4e3f-b4a5-c6d7e8f90a04',
  'malformed-request': 'the body is not JSON',
  'unsupported-media-type': 'Unsupported Media Type',
  'invalid-request': 'see errors',
  'unknown-code': 'code: nothing-found is not on the list',
  'forbidden-transition': 'an alarm that is acknowledged cannot be acknowledged',
  'stale-version': 'the version is 7, not 5',
  'idempotency-conflict': 'the key stands for another request: take a new one',
  'journal-unavailable': 'not durable yet',
  'too-many-requests': 'more than 60000 requests a minute',
  'set-up-needed': 'the log says at which address the first administrator is made',
  internal: 'the log says more',
};
const extras: Partial<Record<ErrorCode, object>> = {
  'invalid-request': { errors: [{ path: 'body/risk', message: 'Invalid option' }] },
};

/** Responses by status, each a component of its own; `name` is unique for what it holds. */
export function problemResponses(codes: readonly ErrorCode[]) {
  const byStatus = Object.groupBy([...new Set(codes)].toSorted(), (code) => catalogue[code].status);
  return Object.entries(byStatus).map(([status, given = []]) => ({
    status,
    name: [status, ...given].join('-'),
    response: {
      description: given.map((code) => `\`${code}\`: ${catalogue[code].title}.`).join(' '),
      content: {
        [problemType]: {
          schema: {
            type: 'object',
            allOf: [{ $ref: '#/components/schemas/Problem' }],
            properties: { status: { const: Number(status) }, code: { enum: given } },
          },
          examples: Object.fromEntries(given.map((code) => [code, { value: exampleOf(code) }])),
        },
      },
    },
  }));
}

function exampleOf(code: ErrorCode) {
  return { ...problem(code, details[code] ?? catalogue[code].title), ...extras[code] };
}
