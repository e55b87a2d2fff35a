import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Permission, permissionForEvent } from '../../domain/access.ts';
import { eventData, eventTypes } from '../../domain/event-data.ts';
import { eventSchema } from '../../domain/event-schema.ts';
import { pageOf, wholeList } from '../lists.ts';
import { found } from '../versions.ts';

const base = '/api/v1/schemas';

const Published = z.object({
  type: z.string(),
  says: z.string().describe('What an event of this type says.'),
  asks: Permission.describe('What its readers must be allowed besides `read-events`.'),
  schema: z.string().describe('The address of its JSON Schema.'),
});
const JsonSchema = z.record(z.string(), z.unknown());

/** The published contract of the events: a JSON Schema for each type, as it is in this version. */
export const schemaRoutes: FastifyPluginAsyncZod = async (app) => {
  const config = { access: 'signed-in' } as const;
  const tags = ['events'];
  const list = eventTypes.map((type) => ({
    type,
    says: eventData[type].says,
    asks: permissionForEvent(type),
    schema: `${base}/${type}`,
  }));

  app.get('/schemas', { config, schema: { tags, response: { 200: pageOf(Published) } } }, async () => wholeList(list));
  app.get(
    '/schemas/:type',
    {
      config,
      schema: {
        tags,
        params: z.object({ type: z.string().min(1).max(100).describe('A type of event.') }),
        response: { 200: { content: { 'application/schema+json': { schema: JsonSchema } } } },
      },
    },
    async ({ params }, reply) => {
      const type = found(
        eventTypes.find((known) => known === params.type),
        `event type ${params.type}`,
      );
      return reply.type('application/schema+json').send({ ...eventSchema(type) });
    },
  );
};
