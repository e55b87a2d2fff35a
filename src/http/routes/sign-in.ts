import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { identify } from '../guard.ts';
import type { HttpParts } from '../parts.ts';
import { signInPage } from '../sign-in-page.ts';
import { startSession } from './session.ts';

/** GET `/signin`: the page to paste a token into; with `?code=` the one-time link. */
export const signInRoutes: FastifyPluginAsyncZod<Pick<HttpParts, 'access'>> = async (app, { access }) => {
  app.get(
    '/signin',
    {
      config: { access: 'public' },
      schema: {
        tags: ['access'],
        querystring: z.object({ code: z.string().max(200).optional().describe('Of a one-time link.') }),
      },
    },
    async (request, reply) => {
      const { code } = request.query;
      const principal = code === undefined ? null : access.redeemSignInCode(code);
      if (principal !== null) {
        startSession(reply, access.openSession(principal));
        return reply.redirect('/', 303);
      }
      if (code === undefined && identify(access, request) !== null) return reply.redirect('/', 303);
      const { html, policy } = signInPage(
        code === undefined
          ? null
          : 'This sign-in link was used before or is too old. Ask for a new one, or paste a token.',
      );
      return reply
        .code(code === undefined ? 200 : 401)
        .header('content-security-policy', policy)
        .type('text/html; charset=utf-8')
        .send(html);
    },
  );
};
