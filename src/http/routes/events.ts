import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { seesEvent } from '../../domain/access.ts';
import { sequenceText } from '../../domain/event.ts';
import { Cursor, TypePattern } from '../event-types.ts';
import { principalOf } from '../guard.ts';
import { severalOf } from '../lists.ts';
import type { HttpParts } from '../parts.ts';

const EventQuery = z.strictObject({
  after: Cursor.default(0),
  types: severalOf(TypePattern),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});

/**
 * The pull feed. `Lanewatch-Next` is what to send as `after` next time; it moves on past events that the reader may not
 * see, and a reader that gets back what it sent has everything.
 */
export const eventRoutes: FastifyPluginAsyncZod<Pick<HttpParts, 'journal'>> = async (app, { journal }) => {
  app.get(
    '/events',
    { config: { access: 'read-events' }, schema: { tags: ['events'], querystring: EventQuery } },
    async (request, reply) => {
      const { after, types, limit } = request.query;
      const principal = principalOf(request);
      const events = journal.read({ after, limit, types: types ?? [] });
      const seen = events.filter((event) => seesEvent(principal, event.type)).map((event) => event.json);
      return reply
        .header('lanewatch-next', sequenceText(events.at(-1)?.sequence ?? after))
        .type('application/cloudevents-batch+json; charset=utf-8')
        .send(`[${seen.join(',')}]`);
    },
  );
};
