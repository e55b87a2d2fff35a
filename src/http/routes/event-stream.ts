import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { TypePattern } from '../../domain/event-types.ts';
import { Cursor } from '../cursor.ts';
import { type GuardParts, identify, principalOf } from '../guard.ts';
import { severalOf } from '../lists.ts';
import { type EventStream, openEventStream } from '../live/event-stream.ts';
import type { LiveParts } from '../live/subscription.ts';
import type { View } from '../view.ts';

const StreamQuery = z.strictObject({
  after: Cursor.optional().describe(
    'The last sequence you have; from now on where left out. `Last-Event-ID` goes before.',
  ),
  types: severalOf(TypePattern).describe('Types, or prefixes ending in `*`, separated by commas; all where left out.'),
});
const StreamHeaders = z.looseObject({
  'last-event-id': Cursor.optional().describe('The id of the last event you have; browsers send it by themselves.'),
});

/** The event feed as server-sent events. Credentials are looked at again with every heartbeat, and when some have ended. */
export const eventStreamRoutes: FastifyPluginAsyncZod<
  LiveParts & Pick<GuardParts, 'access' | 'machines'> & { view: View }
> = async (app, parts) => {
  const { clock, limits, view } = parts;
  const streams = new Map<EventStream, () => boolean>();
  const stopped = new AbortController();

  const recheck = (): void => {
    for (const [stream, isStillAllowed] of streams) if (!isStillAllowed()) stream.end('the credential has ended');
  };
  const beat = (): void => {
    recheck();
    for (const stream of streams.keys()) stream.beat();
    nextBeat();
  };
  const nextBeat = (): void => {
    clock.sleep(limits.heartbeatMs, stopped.signal).then(beat, () => undefined);
  };
  nextBeat();
  const watching = parts.access.onEnded(recheck);
  app.addHook('preClose', async () => {
    stopped.abort();
    watching[Symbol.dispose]();
    for (const stream of streams.keys()) stream.end('stopping');
  });

  app.get(
    '/events/stream',
    {
      config: { access: 'read-events' },
      // An answer to HEAD has no end to come to.
      exposeHeadRoute: false,
      schema: { tags: ['events'], querystring: StreamQuery, headers: StreamHeaders },
    },
    async (request, reply) => {
      const principal = JSON.stringify(principalOf(request));
      const { after = null, types = [] } = request.query;
      view.follows(request, 'event-stream');
      const asked = { after: request.headers['last-event-id'] ?? after, types, viewer: view.viewer(request) };
      for (const [name, value] of Object.entries(reply.getHeaders()))
        if (value !== undefined) reply.raw.setHeader(name, value);
      reply.hijack();
      const stream = openEventStream(reply.raw, parts, asked);
      // Whoever may see less, or more, than when the stream began has to begin it again.
      streams.set(stream, () => JSON.stringify(identify(parts, request)) === principal);
      reply.raw.on('close', () => streams.delete(stream));
    },
  );
};
