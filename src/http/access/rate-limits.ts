import { createHash } from 'node:crypto';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { LanewatchError } from '../../errors.ts';
import { networkOf } from './addresses.ts';
import type { EdgeOptions } from './edge-options.ts';
import { sessionSecretOf } from './session-cookie.ts';

const windowMs = 60_000;
/** Clients that are told apart; the longest unheard is let go of first. */
const mostKept = 20_000;

/** Counts a request whose principal is known or not; throws `too-many-requests` beyond the limit. */
export type RateLimits = (request: FastifyRequest) => Promise<void>;

/** By credential where there is a valid one, else by address: nobody gets another count by inventing credentials. */
export async function openRateLimits(app: FastifyInstance, limits: EdgeOptions['rateLimit']): Promise<RateLimits> {
  await app.register(rateLimit, { global: false, cache: mostKept });
  const count = app.createRateLimit({
    timeWindow: windowMs,
    max: ({ principal }) => (principal === null ? limits.perAddress : limits.perCredential),
    keyGenerator: clientOf,
  });
  return async (request) => {
    const counted = await count(request);
    if (counted.isAllowed || !counted.isExceeded) return;
    const retryAfterS = counted.ttlInSeconds;
    throw new LanewatchError('too-many-requests', `more than ${counted.max} requests a minute`, {
      extra: { retryAfterS },
    });
  };
}

function clientOf(request: FastifyRequest): string {
  const { principal, headers, ip } = request;
  if (principal === null) return networkOf(ip);
  const secret = headers.authorization ?? sessionSecretOf(request);
  return secret === undefined ? `machine ${principal.name}` : createHash('sha256').update(secret).digest('base64');
}
