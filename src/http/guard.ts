import type { FastifyInstance, FastifyRequest } from 'fastify';
import { allows, type Permission } from '../domain/access.ts';
import { LanewatchError } from '../errors.ts';
import type { AccessStore, Principal } from '../ports/access.ts';

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

export const sessionCookie = 'lanewatch_session';
const safeMethods: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Keeps every route: each must name its access, the routes of third-party plugins (documentation, dashboard files)
 * ask for any credential. Also an unknown address answers 401 first. Register before any route.
 */
export function guardRoutes(app: FastifyInstance, access: AccessStore): void {
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
    const needed = request.routeOptions.config.access ?? 'signed-in';
    refuseForeignOrigin(request);
    if (needed === 'public') return;
    request.principal = identify(access, request);
    if (request.principal === null) {
      if (isNavigation(request)) return reply.redirect('/signin', 303);
      throw new LanewatchError('not-authenticated', 'send a bearer token or sign in');
    }
    if (needed !== 'signed-in' && !allows(request.principal, needed)) {
      throw new LanewatchError('not-allowed', refusalOf(request.principal, needed));
    }
  });
}

/** Why a principal may not. */
export function refusalOf({ role, scopes }: Principal, needed: Permission): string {
  return scopes === null ? `the role ${role} has no permission ${needed}` : `the scopes do not hold ${needed}`;
}

/** Whom the request's credential stands for; a bearer token, when there is one, is the only one looked at. */
export function identify(access: AccessStore, request: FastifyRequest): Principal | null {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const [, token] = /^Bearer +(\S+)$/i.exec(authorization) ?? [];
    return token === undefined ? null : access.verifyToken(token);
  }
  const secret = request.cookies[sessionCookie];
  return secret === undefined ? null : access.verifySession(secret);
}

export function principalOf(request: FastifyRequest): Principal {
  if (request.principal === null) throw new LanewatchError('not-authenticated', 'send a bearer token or sign in');
  return request.principal;
}

/**
 * A browser sends cookies by itself, so what changes something (or opens a live stream, which no same-origin policy
 * covers) must come from our own pages. A bearer token is never sent by itself.
 */
function refuseForeignOrigin(request: FastifyRequest): void {
  const { origin, authorization, host } = request.headers;
  if (origin === undefined || authorization !== undefined) return;
  if (safeMethods.includes(request.method) && !request.ws) return;
  if (!URL.canParse(origin) || new URL(origin).host !== host) {
    throw new LanewatchError('not-allowed', 'the request comes from a page of another host');
  }
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
