import type { FastifyInstance, FastifyRequest } from 'fastify';
import { allows, type Permission } from '../domain/access.ts';
import { LanewatchError } from '../errors.ts';
import type { AccessStore, Principal } from '../ports/access.ts';
import { networkOf } from './access/addresses.ts';
import type { Machines } from './access/machines.ts';
import type { Newcomers } from './access/newcomers.ts';
import { refuseForeignPages } from './access/origin.ts';
import type { RateLimits } from './access/rate-limits.ts';
import { sessionSecretOf } from './access/session-cookie.ts';

/** What a route asks for: a permission, any credential, or nothing. */
export type RouteAccess = Permission | 'signed-in' | 'public';

export interface GuardedRoute {
  readonly method: string;
  readonly url: string;
  readonly access: RouteAccess;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: RouteAccess;
  }
  interface FastifyRequest {
    principal: Principal | null;
  }
  interface FastifyInstance {
    /** Every route with what it asks for. */
    guardedRoutes: readonly GuardedRoute[];
  }
}

export interface GuardParts {
  readonly access: AccessStore;
  readonly machines: Machines;
  readonly newcomers: Newcomers;
  readonly rateLimits: RateLimits;
  /** Where browsers reach us, when it is not where requests say. */
  readonly publicUrl: string | null;
}

/** What watches over the service, which must be answered whatever else. */
const probes: readonly string[] = ['/healthz', '/readyz'];
const beforeSetUp: readonly string[] = [...probes, '/setup'];

/**
 * Keeps every route: each must name its access, the routes of third-party plugins (documentation, dashboard files)
 * ask for any credential. Also an unknown address answers 401 first. Register before any route.
 */
export function guardRoutes(app: FastifyInstance, parts: GuardParts): void {
  const { setUp } = parts.access;
  const guarded: GuardedRoute[] = [];
  app.decorate('guardedRoutes', guarded);
  app.decorateRequest('principal', null);
  app.addHook('onRoute', (route) => {
    const thirdParty = route.url === '/' || route.url === '/*' || /^\/docs(\/|$)/.test(route.url);
    if (thirdParty) route.config = { ...route.config, access: 'signed-in' };
    const asked = route.config?.access;
    if (asked === undefined) throw new Error(`${route.method} ${route.url} names no access`);
    for (const method of [route.method].flat()) guarded.push({ method, url: route.url, access: asked });
  });
  app.addHook('onRequest', async (request, reply) => {
    const { url = '', config } = request.routeOptions;
    if (probes.includes(url)) return;
    const needed = config.access ?? 'signed-in';
    if (needed !== 'public') request.principal = identify(parts, request);
    await parts.rateLimits(request);
    if (setUp.needed() && !beforeSetUp.includes(url)) {
      throw new LanewatchError('set-up-needed', 'the log says at which address the first administrator is made');
    }
    refuseForeignPages(request, parts.publicUrl);
    if (needed === 'public') return;
    if (request.principal === null) {
      if (isNavigation(request)) return reply.redirect('/signin', 303);
      throw new LanewatchError('not-authenticated', 'send a bearer token or sign in');
    }
    parts.newcomers.vouchFor(request);
    if (needed !== 'signed-in' && !allows(request.principal, needed)) {
      throw new LanewatchError('not-allowed', refusalOf(request.principal, needed));
    }
  });
}

/** Why a principal may not. */
export function refusalOf({ role, scopes }: Principal, needed: Permission): string {
  return scopes === null ? `the role ${role} has no permission ${needed}` : `the scopes do not hold ${needed}`;
}

/** Whom the request stands for: only the strongest credential that was sent is looked at, a token before a session before a certificate. */
export function identify(
  { access, machines }: Pick<GuardParts, 'access' | 'machines'>,
  request: FastifyRequest,
): Principal | null {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const [, token] = /^Bearer +(\S+)$/i.exec(authorization) ?? [];
    return token === undefined ? null : access.verifyToken(token);
  }
  const secret = sessionSecretOf(request);
  return secret === undefined ? machines(request) : access.verifySession(secret);
}

export function principalOf(request: FastifyRequest): Principal {
  if (request.principal === null) throw new LanewatchError('not-authenticated', 'send a bearer token or sign in');
  return request.principal;
}

/** The client as it is counted. */
export function addressOf({ ip }: FastifyRequest): string {
  return networkOf(ip);
}

/** A person's browser asking for a page. */
export function isNavigation(request: FastifyRequest): boolean {
  return (
    request.method === 'GET' &&
    !request.ws &&
    !request.url.startsWith('/api/') &&
    (request.headers.accept ?? '').includes('text/html')
  );
}
