import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * The cookie of a browser's session. Over TLS it has the prefix by which browsers refuse one that another host, another path or
 * a page without TLS has set (RFC 6265bis, 4.1.3.2), and only that one is looked at.
 */
function nameFor(request: FastifyRequest, name: string): string {
  return isSecure(request) ? `__Host-${name}` : name;
}

/** By our own TLS, or by what a trusted proxy says. */
function isSecure(request: FastifyRequest): boolean {
  return request.protocol === 'https';
}

export const sessionCookieName = 'lanewatch_session';

export function sessionSecretOf(request: FastifyRequest): string | undefined {
  return request.cookies[nameFor(request, sessionCookieName)];
}

/** Ends with the browser, the session itself by the access store's limits. */
export function sendSession(reply: FastifyReply, secret: string): void {
  const { request } = reply;
  reply.setCookie(nameFor(request, sessionCookieName), secret, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: isSecure(request),
  });
}

export function dropSession(reply: FastifyReply): void {
  const { request } = reply;
  reply.clearCookie(nameFor(request, sessionCookieName), { path: '/', secure: isSecure(request) });
}

/** What a sign-in at the identity provider is known by when the browser comes back, which is from another site. */
const flowCookieName = 'lanewatch_signin';

export function flowOf(request: FastifyRequest): string | undefined {
  return request.cookies[nameFor(request, flowCookieName)];
}

export function sendFlow(reply: FastifyReply, flow: string, seconds: number): void {
  const { request } = reply;
  reply.setCookie(nameFor(request, flowCookieName), flow, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure(request),
    maxAge: seconds,
  });
}

export function dropFlow(reply: FastifyReply): void {
  const { request } = reply;
  reply.clearCookie(nameFor(request, flowCookieName), { path: '/', secure: isSecure(request) });
}
