import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { LanewatchError } from '../errors.ts';

/** Headers every command takes. Loose: the other headers are not ours to judge. */
export const CommandHeaders = z.looseObject({
  'if-match': z.string().optional().describe('The version that is meant: `5`, `"5"` or `*`.'),
  'idempotency-key': z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('The same key and request give the same answer; another request with it is refused.'),
});

/** The version of `If-Match: 5` or `If-Match: "5"` (RFC 9110, 13.1.1); undefined when any will do. */
export function ifVersionOf(header: string | undefined): number | undefined {
  if (header === undefined || header.trim() === '*') return undefined;
  const [, quoted, bare] = /^(?:"(\d{1,15})"|(\d{1,15}))$/.exec(header.trim()) ?? [];
  const digits = quoted ?? bare;
  if (digits === undefined) throw new LanewatchError('invalid-request', 'If-Match takes one version, e.g. "5"');
  return Number(digits);
}

/** Sets the ETag to the resource's version. */
export function tagged<T extends { readonly version: number }>(reply: FastifyReply, resource: T): T {
  reply.header('etag', `"${resource.version}"`);
  return resource;
}

/** The resource, or `not-found`. */
export function found<T>(resource: T | undefined, what: string): T {
  if (resource === undefined) throw new LanewatchError('not-found', `no ${what}`);
  return resource;
}
