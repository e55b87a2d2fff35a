import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Machines } from '../access/machines.ts';
import { nobody } from '../access/notes.ts';
import { sendPage } from '../access/page.ts';
import { signInPage } from '../access/sign-in-page.ts';
import type { SigningIn } from '../access/signing-in.ts';
import { identify } from '../guard.ts';
import type { HttpParts } from '../parts.ts';

/** GET `/signin`: the page to sign in at; with `?code=` the one-time link. */
export const signInRoutes: FastifyPluginAsyncZod<
  Pick<HttpParts, 'access' | 'identityProvider'> & SigningIn & { readonly machines: Machines }
> = async (app, parts) => {
  const { access, notes } = parts;
  const provider = parts.identityProvider?.label ?? null;
  app.get(
    '/signin',
    {
      config: { access: 'public', notesRefusals: true },
      schema: {
        tags: ['access'],
        querystring: z.object({ code: z.string().max(200).optional().describe('Of a one-time link.') }),
      },
    },
    async (request, reply) => {
      const { code } = request.query;
      const principal = code === undefined ? null : access.redeemSignInCode(code);
      if (principal !== null) {
        parts.begin(request, reply, { principal, session: access.openSession(principal) });
        return reply.redirect('/', 303);
      }
      if (code === undefined) {
        if (identify(parts, request) !== null) return reply.redirect('/', 303);
        return sendPage(reply, 200, signInPage(null, provider));
      }
      notes.denied(request, { action: 'sign-in', by: nobody, detail: 'a link that is used or too old' });
      const why = 'This sign-in link was used before or is too old. Ask for a new one, or sign in.';
      return sendPage(reply, 401, signInPage(why, provider));
    },
  );
};
