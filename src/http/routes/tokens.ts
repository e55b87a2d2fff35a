import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { MachineGrant, PrincipalName } from '../../domain/grant.ts';
import { LanewatchError } from '../../errors.ts';
import type { ServiceToken } from '../../ports/access.ts';
import type { SigningIn } from '../access/signing-in.ts';
import { principalOf } from '../guard.ts';
import { IdParam, pageOf, TimeParam, wholeList } from '../lists.ts';
import type { HttpParts } from '../parts.ts';
import { found } from '../versions.ts';
import { iso, isoOrNull, refuseFault, said } from './users.ts';

const Time = z.iso.datetime();
const TokenView = MachineGrant.extend({
  id: z.string(),
  name: z.string(),
  createdAt: Time,
  /** Null: on the command line. */
  createdBy: z.string().nullable(),
  /** Null: it has no end. */
  expiresAt: Time.nullable(),
  /** True to a minute. */
  lastUsedAt: Time.nullable(),
});
const NewToken = MachineGrant.extend({ name: PrincipalName, expiresAt: TimeParam.optional() });

/** Bearer tokens of services, for administrators. The secret is in the answer that makes it, and nowhere else. */
export const tokenRoutes: FastifyPluginAsyncZod<Pick<HttpParts, 'access' | 'lanes' | 'clock'> & SigningIn> = async (
  app,
  { access, lanes, clock, notes },
) => {
  const config = { access: 'administer' } as const;
  const tags = ['access'];
  const laneIds = lanes.map(({ id }) => id);

  app.get('/tokens', { config, schema: { tags, response: { 200: pageOf(TokenView) } } }, async () =>
    wholeList(access.tokens().map(view)),
  );
  app.post(
    '/tokens',
    {
      config,
      schema: {
        tags,
        body: NewToken,
        response: { 201: TokenView.extend({ secret: z.string() }) },
      },
    },
    async (request, reply) => {
      const { name, expiresAt, ...grant } = request.body;
      refuseFault(grant, laneIds);
      const endsAtMs = expiresAt === undefined ? null : Date.parse(expiresAt);
      if (endsAtMs !== null && endsAtMs <= clock.now())
        throw new LanewatchError('invalid-request', 'expiresAt is over');
      const createdBy = principalOf(request).name;
      const { secret, ...token } = access.createToken({ name, ...grant }, { endsAtMs, createdBy });
      notes.granted(request, {
        action: 'make-token',
        subject: `tokens/${token.id}`,
        detail: `${name}: ${said(grant)}`,
      });
      return reply.code(201).send({ ...view(token), secret });
    },
  );
  app.delete('/tokens/:id', { config, schema: { tags, params: IdParam } }, async (request, reply) => {
    const { id, principal } = found(access.revokeToken(request.params.id) ?? undefined, `token ${request.params.id}`);
    notes.granted(request, { action: 'revoke-token', subject: `tokens/${id}`, detail: principal.name });
    return reply.code(204).send();
  });
};

function view({ id, principal, createdAtMs, createdBy, endsAtMs, usedAtMs }: ServiceToken) {
  const { lanes, scopes, ...rest } = principal;
  return {
    id,
    ...rest,
    lanes: lanes && [...lanes],
    scopes: scopes && [...scopes],
    createdAt: iso(createdAtMs),
    createdBy,
    expiresAt: isoOrNull(endsAtMs),
    lastUsedAt: isoOrNull(usedAtMs),
  };
}
