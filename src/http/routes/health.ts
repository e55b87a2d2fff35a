import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { HttpParts } from '../parts.ts';

const Readiness = z.object({ ok: z.boolean(), reasons: z.array(z.string()) });

/** Liveness, readiness and metrics, at the root. */
export const healthRoutes: FastifyPluginAsyncZod<Pick<HttpParts, 'ready' | 'metrics'>> = async (app, parts) => {
  app.get(
    '/healthz',
    {
      config: { access: 'public' },
      schema: { tags: ['health'], response: { 200: z.object({ ok: z.literal(true) }) } },
    },
    async () => ({ ok: true as const }),
  );
  app.get(
    '/readyz',
    { config: { access: 'public' }, schema: { tags: ['health'], response: { 200: Readiness, 503: Readiness } } },
    async (_request, reply) => {
      const { ok, reasons } = parts.ready();
      return reply.code(ok ? 200 : 503).send({ ok, reasons: [...reasons] });
    },
  );
  app.get('/metrics', { config: { access: 'read-site' }, schema: { tags: ['health'] } }, async (_request, reply) =>
    reply.type('text/plain; version=0.0.4; charset=utf-8').send(await parts.metrics()),
  );
};
