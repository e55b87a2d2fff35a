import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { sequenceText } from '../../domain/event.ts';
import { TypePattern } from '../../domain/event-types.ts';
import { Cursor } from '../cursor.ts';
import { severalOf } from '../lists.ts';
import type { HttpParts } from '../parts.ts';
import type { View } from '../view.ts';

const EventQuery = z.strictObject({
  after: Cursor.default(0).describe('The last sequence you have: `Lanewatch-Next` of the answer before.'),
  types: severalOf(TypePattern).describe('Types, or prefixes ending in `*`, separated by commas; all where left out.'),
  limit: z.coerce.number().int().min(1).max(1_000).default(100).describe('The most events in the answer.'),
});

/**
 * The pull feed. `Lanewatch-Next` is what to send as `after` next time; it moves on past events that the reader may not
 * see, and a reader that gets back what it sent has everything.
 */
export const eventRoutes: FastifyPluginAsyncZod<Pick<HttpParts, 'journal' | 'sharer'> & { view: View }> = async (
  app,
  { journal, sharer, view },
) => {
  app.get(
    '/events',
    { config: { access: 'read-events' }, schema: { tags: ['events'], querystring: EventQuery } },
    async (request, reply) => {
      const { after, types, limit } = request.query;
      const viewer = view.viewer(request);
      view.follows(request, 'pull-events');
      // Kept by the reader, it shows later that the journal was not cut or written anew.
      const head = journal.head();
      const events = journal.read({ after, limit, types: types ?? [] });
      const seen = events.map((event) => sharer.event(viewer, event)).filter((text) => text !== null);
      return reply
        .header('lanewatch-head', `${sequenceText(head.sequence)} ${head.sha256}`)
        .header('lanewatch-next', sequenceText(events.at(-1)?.sequence ?? after))
        .type('application/cloudevents-batch+json; charset=utf-8')
        .send(`[${seen.join(',')}]`);
    },
  );
};
