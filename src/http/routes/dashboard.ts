import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { isNavigation } from '../guard.ts';
import { problem, sendProblem } from '../problem.ts';

/**
 * The dashboard's files at `/`, each asking for a credential; a page address inside the application answers its
 * index.html. Also the answer to every unknown address.
 */
export async function dashboardRoutes(app: FastifyInstance, dashboardDir: string | null): Promise<void> {
  if (dashboardDir !== null) {
    await app.register(fastifyStatic, {
      root: dashboardDir,
      cacheControl: false,
      setHeaders: (reply, path) => {
        // vite puts a content hash into the names under assets/; the page itself must always be fresh.
        const hashed = path.includes('/assets/');
        reply.header('cache-control', hashed ? 'private, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
  app.setNotFoundHandler((request, reply) => {
    if (dashboardDir !== null && isNavigation(request)) return reply.sendFile('index.html');
    sendProblem(reply, problem('not-found', `nothing at ${request.method} ${request.url.split('?')[0]}`));
    return reply;
  });
}
