import { cloudEvent } from '../examples/post.ts';
import type { RouteDocs } from '../route-doc.ts';

/** The feed, and what its events look like. */
export const eventDocs: RouteDocs = {
  'GET /events': {
    summary: 'Events after a cursor, in order',
    description:
      'CloudEvents 1.0. The header `Lanewatch-Next` is the next `after`; it moves on past events that the reader may not see, and whoever gets back what they sent has everything.',
    answers: {
      200: {
        type: 'application/cloudevents-batch+json',
        schema: { type: 'array', items: { $ref: '#/components/schemas/CloudEvent' } },
        example: [cloudEvent],
      },
    },
  },
  'GET /asyncapi.json': {
    summary: 'Every way by which events leave, in AsyncAPI 3.0',
    answers: { 200: { type: 'application/json', schema: { type: 'object' }, example: { asyncapi: '3.0.0' } } },
  },
  'GET /events/stream': {
    summary: 'Events as they happen, as server-sent events',
    description:
      'Each block is one CloudEvent, its `id` the sequence, without an `event` field. A reader resumes by `Last-Event-ID` or `after`; without either it begins now. A comment comes every fifteen seconds. One that falls more than 1,000 events or 8 MiB behind is cut off, and resumes.',
    answers: {
      200: {
        type: 'text/event-stream',
        example: `id: ${cloudEvent.sequence}\ndata: ${JSON.stringify(cloudEvent)}\n\n`,
      },
    },
  },
  'GET /schemas': {
    summary: 'Every type of event, and where its JSON Schema is',
    response: {
      items: [
        {
          type: 'lanewatch.alarm.raised',
          says: 'A device reports something that an operator must answer.',
          asks: 'read-board',
          schema: '/api/v1/schemas/lanewatch.alarm.raised',
        },
      ],
      next: null,
    },
  },
  'GET /schemas/:type': {
    summary: 'The JSON Schema of one type of event',
    description: 'Draft 2020-12, of the whole CloudEvent. Fields and values may be added: ignore what is not known.',
    response: {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: 'urn:lanewatch:schema:1:lanewatch.alarm.raised',
      title: 'lanewatch.alarm.raised',
      type: 'object',
    },
  },
};
