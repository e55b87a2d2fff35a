import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Service, type ServiceScope, ServiceState } from '../../domain/service.ts';
import { codeWord, onList } from '../code-lists.ts';
import type { Commander } from '../commander.ts';
import { IdParam, TimeParam } from '../lists.ts';
import { CommandHeaders, ifVersionOf } from '../versions.ts';

const SetService = z.strictObject({
  service: codeWord(Service),
  /** Asked for unless it is back in service. */
  reason: z.string().trim().min(1).max(2_000).optional(),
  until: TimeParam.optional(),
});

/** Lanes and devices taken out of service, suppressed, and put back. */
export const serviceRoutes: FastifyPluginAsyncZod<{ commander: Commander }> = async (app, { commander }) => {
  const put = (path: string, scope: ServiceScope) =>
    app.put(
      path,
      {
        config: { access: 'set-service' },
        schema: {
          tags: ['site'],
          params: IdParam,
          headers: CommandHeaders,
          body: SetService,
          response: { 200: ServiceState },
        },
      },
      (request, reply) =>
        commander.answer(request, reply, {
          type: 'set-service',
          scope,
          id: request.params.id,
          ifVersion: ifVersionOf(request.headers['if-match']),
          ...request.body,
          service: onList('service', request.body.service, Service),
        }),
    );
  put('/lanes/:id/service', 'lane');
  put('/devices/:id/service', 'device');
};
