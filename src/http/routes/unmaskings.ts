import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Unmasking, UnmaskingInput } from '../../domain/unmasking.ts';
import type { Commander } from '../commander.ts';
import { IdParam, pageOf, wholeList } from '../lists.ts';
import type { HttpParts } from '../parts.ts';
import { CommandHeaders } from '../versions.ts';

const Decision = z.strictObject({ approve: z.boolean() });

/** Masked data is seen whole only when a second person agrees, and both stand in the record. */
export const unmaskingRoutes: FastifyPluginAsyncZod<Pick<HttpParts, 'unmaskings'> & { commander: Commander }> = async (
  app,
  { unmaskings, commander },
) => {
  const tags = ['access'];
  app.get(
    '/unmaskings',
    {
      config: { access: 'ask-unmasking' },
      schema: { tags, response: { 200: pageOf(Unmasking) } },
    },
    async () => wholeList(unmaskings().toReversed()),
  );
  app.post(
    '/unmaskings',
    {
      config: { access: 'ask-unmasking' },
      schema: {
        tags,
        headers: CommandHeaders,
        body: UnmaskingInput,
        response: { 201: Unmasking },
      },
    },
    (request, reply) => commander.answer(request, reply, { type: 'ask-unmasking', asked: request.body }),
  );
  app.post(
    '/unmaskings/:id/decide',
    {
      config: { access: 'decide-unmasking' },
      schema: {
        tags,
        params: IdParam,
        headers: CommandHeaders,
        body: Decision,
        response: { 200: Unmasking },
      },
    },
    (request, reply) =>
      commander.answer(request, reply, {
        type: 'decide-unmasking',
        unmaskingId: request.params.id,
        approve: request.body.approve,
      }),
  );
};
