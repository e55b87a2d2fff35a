import type { FastifyInstance } from 'fastify';
import type { Clock } from '../ports/clock.ts';

/** At the stop, answers under way may end; a client that does not take its answer in time is cut off. */
export function limitStop(app: FastifyInstance, clock: Clock, withinMs: number): void {
  const closed = new AbortController();
  app.addHook('preClose', async () => {
    clock.sleep(withinMs, closed.signal).then(
      () => app.server.closeAllConnections(),
      () => undefined,
    );
  });
  app.addHook('onClose', async () => closed.abort());
}
