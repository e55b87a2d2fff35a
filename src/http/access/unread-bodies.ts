import type { FastifyInstance } from 'fastify';
import type { Clock } from '../../ports/clock.ts';

/** As long as a client that is answered before its body has come may go on sending. */
const graceMs = 2_000;

/**
 * Who is refused before the body has come must be able to read the answer: closing at once would reset the connection and take the
 * answer with it. So the rest is read and dropped for a moment, and then the connection ends.
 */
export function endUnreadBodies(app: FastifyInstance, clock: Clock): void {
  app.addHook('onSend', async (request, reply) => {
    if (!request.raw.complete) reply.removeHeader('connection');
  });
  app.addHook('onResponse', async ({ raw }) => {
    if (raw.complete || raw.socket.destroyed) return;
    const over = new AbortController();
    const end = () => over.abort();
    raw.once('end', end);
    raw.socket.once('close', end);
    clock
      .sleep(graceMs, over.signal)
      .then(
        () => void raw.socket.destroy(),
        () => undefined,
      )
      .finally(() => {
        raw.off('end', end);
        raw.socket.off('close', end);
      });
  });
}
