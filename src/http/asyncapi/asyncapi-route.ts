import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { asyncApi } from './document.ts';

/** GET `/asyncapi.json`: how events leave. The servers in it are those by which it was asked for. */
export const asyncApiRoute: FastifyPluginAsyncZod = async (app) => {
  app.get('/asyncapi.json', { config: { access: 'signed-in' }, schema: { tags: ['events'] } }, async (request, reply) =>
    reply.send(asyncApi({ host: request.host, secure: request.protocol === 'https' })),
  );
};
