import type { FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Role } from '../../domain/access.ts';
import { LanewatchError } from '../../errors.ts';
import { principalOf, sessionCookie } from '../guard.ts';
import type { HttpParts } from '../parts.ts';

const PrincipalView = z.object({ name: z.string(), role: Role });
const SignInLink = z.preprocess(
  (body) => body ?? {},
  /** Whom the link signs in; who asks, unless said otherwise. */
  z.strictObject({ name: z.string().trim().min(1).max(100).optional(), role: Role.optional() }),
);

/** The browser's session, and one-time sign-in links for it. */
export const sessionRoutes: FastifyPluginAsyncZod<Pick<HttpParts, 'access'>> = async (app, { access }) => {
  const tags = ['access'];
  app.get(
    '/session',
    { config: { access: 'signed-in' }, schema: { tags, response: { 200: PrincipalView } } },
    async (request) => {
      const { name, role } = principalOf(request);
      return { name, role };
    },
  );
  app.post(
    '/session',
    {
      config: { access: 'public' },
      schema: { tags, body: z.strictObject({ token: z.string().min(1).max(500) }), response: { 201: PrincipalView } },
    },
    async (request, reply) => {
      const signedIn = access.signInByToken(request.body.token);
      if (signedIn === null) throw new LanewatchError('not-authenticated', 'the token is not valid');
      const { principal, session } = signedIn;
      startSession(reply, session);
      return reply.code(201).send({ name: principal.name, role: principal.role });
    },
  );
  app.delete('/session', { config: { access: 'signed-in' }, schema: { tags } }, async (request, reply) => {
    const secret = request.cookies[sessionCookie];
    if (secret !== undefined) access.closeSession(secret);
    return reply.clearCookie(sessionCookie, { path: '/' }).code(204).send();
  });
  app.post(
    '/sign-in-links',
    {
      config: { access: 'administer' },
      schema: { tags, body: SignInLink, response: { 201: z.object({ url: z.url() }) } },
    },
    async (request, reply) => {
      const asking = principalOf(request);
      const { name = asking.name, role = asking.role } = request.body;
      const code = access.createSignInCode({ name, role });
      return reply.code(201).send({ url: `${request.protocol}://${request.host}/signin?code=${code}` });
    },
  );
};

/** Sets the session cookie; it ends with the browser, the session itself by the access store's limits. */
export function startSession(reply: FastifyReply, secret: string): void {
  const secure = reply.request.protocol === 'https';
  reply.setCookie(sessionCookie, secret, { path: '/', httpOnly: true, sameSite: 'strict', secure });
}
