import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Grant, grantFault, nameKey, PrincipalName } from '../../domain/grant.ts';
import { LanewatchError } from '../../errors.ts';
import type { User } from '../../ports/access.ts';
import type { SigningIn } from '../access/signing-in.ts';
import { pageOf, wholeList } from '../lists.ts';
import type { HttpParts } from '../parts.ts';
import { found } from '../versions.ts';
import { Password } from './session.ts';

const Time = z.iso.datetime();
const UserView = Grant.extend({
  name: z.string(),
  disabled: z.boolean(),
  /** The issuer of the identity provider they sign in with; null: with a password. */
  provider: z.string().nullable(),
  createdAt: Time,
  changedAt: Time,
  signedInAt: Time.nullable(),
  /** Too many wrong passwords: no sign-in before this. */
  lockedUntil: Time.nullable(),
});
const NewUser = Grant.extend({ name: PrincipalName, password: Password });
const ChangedUser = Grant.extend({ disabled: z.boolean().default(false), password: Password.optional() });
const NameParam = z.object({ name: z.string().min(1).max(100).describe('In any case.') });

/** The people who sign in, for administrators. A change of role, agency, lanes or password ends their sessions at once. */
export const userRoutes: FastifyPluginAsyncZod<Pick<HttpParts, 'access' | 'lanes'> & SigningIn> = async (
  app,
  parts,
) => {
  const { throttle, notes } = parts;
  const { users } = parts.access;
  const config = { access: 'administer' } as const;
  const tags = ['access'];
  const laneIds = parts.lanes.map(({ id }) => id);

  const view = ({ grant, createdAtMs, changedAtMs, signedInAtMs, ...user }: User) => ({
    ...user,
    ...grant,
    createdAt: iso(createdAtMs),
    changedAt: iso(changedAtMs),
    signedInAt: signedInAtMs === null ? null : iso(signedInAtMs),
    lockedUntil: isoOrNull(throttle.lockedUntilMs(nameKey(user.name))),
  });
  const known = (name: string) => found(users.find(name) ?? undefined, `user ${name}`);

  app.get('/users', { config, schema: { tags, response: { 200: pageOf(UserView) } } }, async () =>
    wholeList(users.list().map(view)),
  );
  app.get(
    '/users/:name',
    { config, schema: { tags, params: NameParam, response: { 200: UserView } } },
    async ({ params: { name } }) => view(known(name)),
  );
  app.post(
    '/users',
    {
      config,
      schema: { tags, body: NewUser, response: { 201: UserView } },
    },
    async (request, reply) => {
      const { name, password, ...grant } = request.body;
      refuseFault(grant, laneIds);
      const user = await users.create(name, grant, password);
      notes.granted(request, { action: 'make-user', subject: `users/${user.name}`, detail: said(grant) });
      return reply.code(201).send(view(user));
    },
  );
  app.put(
    '/users/:name',
    {
      config,
      schema: {
        tags,
        params: NameParam,
        body: ChangedUser,
        response: { 200: UserView },
      },
    },
    async (request) => {
      const { disabled, password, ...grant } = request.body;
      refuseFault(grant, laneIds);
      const user = await users.change(request.params.name, { grant, disabled, password });
      if (password !== undefined) throttle.release(nameKey(user.name));
      const detail = [
        said(grant),
        ...(disabled ? ['disabled'] : []),
        ...(password === undefined ? [] : ['new password']),
      ];
      notes.granted(request, { action: 'change-user', subject: `users/${user.name}`, detail: detail.join(', ') });
      return view(user);
    },
  );
  app.delete('/users/:name', { config, schema: { tags, params: NameParam } }, async (request, reply) => {
    const { name } = users.remove(request.params.name);
    notes.granted(request, { action: 'remove-user', subject: `users/${name}` });
    return reply.code(204).send();
  });
  app.delete('/users/:name/lock-out', { config, schema: { tags, params: NameParam } }, async (request, reply) => {
    const { name } = known(request.params.name);
    throttle.release(nameKey(name));
    notes.granted(request, { action: 'unlock', subject: `users/${name}` });
    return reply.code(204).send();
  });
};

/** Throws `invalid-request` for what cannot be given. */
export function refuseFault(grant: Parameters<typeof grantFault>[0], laneIds: readonly string[]): void {
  const fault = grantFault(grant, laneIds);
  if (fault === null) return;
  const errors = [{ path: `body/${fault.path}`, message: fault.message }];
  throw new LanewatchError('invalid-request', fault.message, { extra: { errors } });
}

export function iso(ms: number): string {
  return new Date(ms).toISOString();
}

export function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : iso(ms);
}

/** What somebody is given, in a few words for the record. */
export function said({ role, agency, lanes }: Grant): string {
  return [
    role,
    ...(agency === null ? [] : [`of ${agency}`]),
    ...(lanes === null ? [] : [`on ${lanes.join(' ')}`]),
  ].join(' ');
}
