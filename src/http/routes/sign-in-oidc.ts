import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { LanewatchError } from '../../errors.ts';
import type { IdentityProvider } from '../../ports/identity-provider.ts';
import { createFlows, flowLimitS } from '../access/flows.ts';
import { nobody } from '../access/notes.ts';
import { sendPage } from '../access/page.ts';
import { dropFlow, flowOf, sendFlow } from '../access/session-cookie.ts';
import { signInPage } from '../access/sign-in-page.ts';
import type { SigningIn } from '../access/signing-in.ts';
import type { HttpParts } from '../parts.ts';
import { found } from '../versions.ts';

/**
 * Signing in by OpenID Connect: off to the provider, and back with its code. Who comes back without having left from here in the same
 * browser is refused, and so is who comes back twice.
 */
export const signInOidcRoutes: FastifyPluginAsyncZod<
  Pick<HttpParts, 'access' | 'clock' | 'log' | 'identityProvider'> & SigningIn
> = async (app, parts) => {
  const { access, notes, log } = parts;
  const flows = createFlows(parts.clock);
  const config = { access: 'public', notesRefusals: true } as const;
  const schema = { tags: ['access'] };

  const known = (): IdentityProvider => found(parts.identityProvider ?? undefined, 'identity provider');
  const refuse = (request: FastifyRequest, reply: FastifyReply, error: unknown) => {
    if (!(error instanceof LanewatchError) || error.status === 500) throw error;
    log.warn({ code: error.code, reason: error.message }, 'a sign-in by the identity provider failed');
    notes.denied(request, { action: 'sign-in', by: nobody, detail: error.message });
    return sendPage(reply, error.status, signInPage(said(error), known().label));
  };

  app.get('/signin/oidc', { config, schema }, async (request, reply) => {
    const provider = known();
    try {
      const { url, pending } = await provider.begin(`${parts.publicUrlOf(request)}/signin/oidc/callback`);
      sendFlow(reply, flows.keep(pending), flowLimitS);
      return reply.redirect(url, 303);
    } catch (error) {
      return refuse(request, reply, error);
    }
  });
  app.get('/signin/oidc/callback', { config, schema }, async (request, reply) => {
    const provider = known();
    try {
      const pending = flows.take(flowOf(request) ?? '');
      dropFlow(reply);
      if (pending === null) throw new LanewatchError('not-authenticated', 'no sign-in was begun in this browser');
      const [, query = ''] = request.url.split('?');
      const { identity, grant } = await provider.finish(query, pending);
      parts.begin(request, reply, access.users.signInByProvider(identity, grant));
      // The browser comes from another site, so the way on must begin at a page of ours.
      return sendPage(reply, 200, { title: 'signed in', body: '<p><a href="/">Signed in</a></p>', onwards: '/' });
    } catch (error) {
      return refuse(request, reply, error);
    }
  });
};

/** For people: what happened and what to do, without the provider's own words. */
function said({ code }: LanewatchError): string {
  if (code === 'provider-unavailable')
    return 'The identity provider cannot be reached now. Try again, or sign in another way.';
  if (code === 'not-allowed') return 'You are known, but you have no role at this post. Ask an administrator.';
  if (code === 'forbidden-transition') return 'Another user here has your name. Ask an administrator.';
  return 'This sign-in did not work, or was used before. Begin it again.';
}
