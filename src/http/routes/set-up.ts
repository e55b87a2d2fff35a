import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { PrincipalName } from '../../domain/grant.ts';
import { sendPage } from '../access/page.ts';
import { setUpPage } from '../access/set-up-page.ts';
import type { SigningIn } from '../access/signing-in.ts';
import type { HttpParts } from '../parts.ts';
import { Password } from './session.ts';

/** `/setup`: the page that makes the first administrator, with the code of the address that the log says. */
export const setUpRoutes: FastifyPluginAsyncZod<Pick<HttpParts, 'access'> & SigningIn> = async (app, parts) => {
  const { setUp } = parts.access;
  const config = { access: 'public', notesRefusals: true } as const;
  app.get('/setup', { config, schema: { tags: ['access'] } }, async (_request, reply) =>
    setUp.needed() ? sendPage(reply, 200, setUpPage) : reply.redirect('/signin', 303),
  );
  const body = z.strictObject({ code: z.string().max(200), name: PrincipalName, password: Password });
  app.post('/setup', { config, schema: { tags: ['access'], body } }, async (request, reply) => {
    const { code, name, password } = request.body;
    const why = 'this set-up address is not the one that the log says';
    const signedIn = parts.bySecret(request, await setUp.finish(code, name, password), why);
    parts.notes.granted(request, { action: 'set-up', by: name, role: 'administrator', subject: `users/${name}` });
    parts.begin(request, reply, signedIn);
    return reply.code(201).send({ name });
  });
};
