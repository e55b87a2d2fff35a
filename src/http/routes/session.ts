import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Permission, Role } from '../../domain/access.ts';
import { Grant, nameKey, PrincipalName } from '../../domain/grant.ts';
import { LanewatchError } from '../../errors.ts';
import type { SignedIn } from '../../ports/access.ts';
import { dropSession, sendSession, sessionSecretOf } from '../access/session-cookie.ts';
import { type SigningIn, throttled } from '../access/signing-in.ts';
import { addressOf, principalOf } from '../guard.ts';
import type { HttpParts } from '../parts.ts';

/** Who is asking, and what narrows them. `password`: they signed in with one, and can change it. */
const PrincipalView = Grant.extend({
  name: z.string(),
  scopes: z.array(Permission).readonly().nullable(),
  lanes: z.array(z.string()).readonly().nullable(),
  password: z.boolean(),
});
export const Password = z.string().min(1).max(1_000);
const Credential = z.union([
  z.strictObject({ token: z.string().min(1).max(500) }),
  z.strictObject({ name: z.string().trim().min(1).max(100), password: Password }),
]);
const SignInLink = z.preprocess(
  (body) => body ?? {},
  /** Whom the link signs in; who asks, unless said otherwise. */
  z.strictObject({ name: PrincipalName.optional(), role: Role.optional() }),
);

/** The browser's session, and one-time sign-in links for it. */
export const sessionRoutes: FastifyPluginAsyncZod<Pick<HttpParts, 'access'> & SigningIn> = async (app, parts) => {
  const { access, throttle, notes, publicUrlOf } = parts;
  const tags = ['access'];
  const view = ({
    principal,
    session,
  }: {
    readonly principal: SignedIn['principal'];
    readonly session?: string | undefined;
  }) => ({
    ...principal,
    password: session !== undefined && access.users.ofSession(session) !== null,
  });

  app.get(
    '/session',
    {
      config: { access: 'signed-in' },
      schema: { tags, response: { 200: PrincipalView } },
    },
    async (request) =>
      view({
        principal: principalOf(request),
        session: request.headers.authorization === undefined ? sessionSecretOf(request) : undefined,
      }),
  );
  app.post(
    '/session',
    {
      config: { access: 'public', notesRefusals: true },
      schema: {
        tags,
        body: Credential,
        response: { 201: PrincipalView },
      },
    },
    async (request, reply) => {
      const { body } = request;
      const signedIn =
        'token' in body
          ? parts.bySecret(request, access.signInByToken(body.token), 'the token is not valid')
          : await parts.byPassword(request, body.name, () => access.users.signIn(body.name, body.password));
      parts.begin(request, reply, signedIn);
      return reply.code(201).send(view(signedIn));
    },
  );
  app.delete(
    '/session',
    { config: { access: 'signed-in' }, schema: { tags, summary: 'Signs out' } },
    async (request, reply) => {
      const secret = sessionSecretOf(request);
      if (secret !== undefined) access.closeSession(secret);
      notes.granted(request, { action: 'sign-out' });
      dropSession(reply);
      return reply.code(204).send();
    },
  );
  app.put(
    '/session/password',
    {
      config: { access: 'signed-in', notesRefusals: true },
      schema: {
        tags,
        body: z.strictObject({ present: Password, password: Password }),
      },
    },
    async (request, reply) => {
      const session = sessionSecretOf(request);
      const user =
        session === undefined || request.headers.authorization !== undefined ? null : access.users.ofSession(session);
      if (session === undefined || user === null) {
        throw new LanewatchError('forbidden-transition', 'only who signed in with a password can change it');
      }
      const { present, password } = request.body;
      const change = () => access.users.changeOwn(session, present, password);
      const signedIn = await throttled(throttle, nameKey(user.name), addressOf(request), change);
      if (signedIn === null) {
        notes.denied(request, { action: 'change-password', subject: `users/${user.name}` });
        throw new LanewatchError('not-allowed', 'the present password is another');
      }
      notes.granted(request, { action: 'change-password', subject: `users/${user.name}` });
      sendSession(reply, signedIn.session);
      return reply.code(204).send();
    },
  );
  app.post(
    '/sign-in-links',
    {
      config: { access: 'administer' },
      schema: {
        tags,
        body: SignInLink,
        response: { 201: z.object({ url: z.url() }) },
      },
    },
    async (request, reply) => {
      const asking = principalOf(request);
      const { name = asking.name, role = asking.role } = request.body;
      const code = access.createSignInCode({ name, role });
      notes.granted(request, { action: 'make-sign-in-link', detail: `for ${name} as ${role}` });
      return reply.code(201).send({ url: `${publicUrlOf(request)}/signin?code=${code}` });
    },
  );
};
