import { z } from 'zod';
import type { CloudEvent } from '../../domain/cloud-event.ts';
import { eventData, eventTypes } from '../../domain/event-data.ts';
import { eventOf } from '../../domain/event-schema.ts';
import { forReaders, type JsonSchema, opened } from '../../domain/json-schema.ts';
import { nameResources } from '../../domain/resources.ts';
import { catalogue } from '../../errors.ts';
import { SubscribeMessage } from '../live/subscribe-message.ts';
import { cloudEvent } from '../openapi/examples/post.ts';
import { alarm } from '../openapi/examples/story.ts';
import { exampleData } from './example-data.ts';

const schema = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const text = { type: 'string' } as const;
const cloudEventType = 'application/cloudevents+json';

/**
 * The schemas by name: each type of event, what they are made of, and `Event`, which is any of them. In JSON Schema draft 7, which
 * is what AsyncAPI 3.0 takes.
 */
export function eventSchemas(): Readonly<Record<string, JsonSchema>> {
  const metadata = nameResources();
  const made = eventTypes.map((type) => {
    const { $schema: _version, ...whole } = opened(
      z.toJSONSchema(eventOf(type), { target: 'draft-7', metadata, override: forReaders }),
    );
    const { definitions = {}, ...event } = inComponents(whole);
    return { ...definitions, [type]: event };
  });
  return Object.assign({ Event: { oneOf: eventTypes.map(schema) } }, ...made);
}

function inComponents(part: JsonSchema): JsonSchema & { definitions?: Record<string, JsonSchema> } {
  return JSON.parse(JSON.stringify(part).replaceAll('"#/definitions/', '"#/components/schemas/'));
}

/** One message for each type of event. */
export function eventMessages() {
  return Object.fromEntries(
    eventTypes.map((type) => {
      const looks = exampleData[type];
      const example: CloudEvent = { ...cloudEvent, type, ...looks };
      return [
        type,
        {
          name: type,
          summary: eventData[type].says,
          contentType: cloudEventType,
          payload: schema(type),
          ...(looks && { examples: [{ payload: example }] }),
        },
      ];
    }),
  );
}

const json = (payload: object, summary: string, example: object) => ({
  summary,
  contentType: 'application/json',
  payload: { type: 'object', ...payload },
  examples: [{ payload: example }],
});

/** What else goes over the wire: frames of the live stream, and what is posted to a webhook. */
export const frameMessages = {
  subscribe: json(
    z.toJSONSchema(SubscribeMessage, { target: 'draft-7', io: 'input', override: forReaders }),
    'The first message of a client: from where, what, and whose readings. `after` null: from now on.',
    { subscribe: { after: '00000000000000000041', types: ['lanewatch.alarm.*'], readings: ['container-import'] } },
  ),
  event: json({ required: ['event'], properties: { event: schema('Event') } }, 'One event.', { event: cloudEvent }),
  events: json(
    { required: ['events'], properties: { events: { type: 'array', minItems: 2, items: schema('Event') } } },
    'Several events that were ready together, in order.',
    { events: [cloudEvent, cloudEvent] },
  ),
  caughtUp: json(
    {
      required: ['caughtUp'],
      properties: {
        caughtUp: {
          type: 'object',
          required: ['sequence'],
          properties: { sequence: { type: 'string', pattern: '^\\d{20}$' } },
        },
      },
    },
    'Once: what comes from here on comes as it happens.',
    { caughtUp: { sequence: cloudEvent.sequence } },
  ),
  readings: json(
    {
      required: ['readings'],
      properties: {
        readings: {
          type: 'array',
          items: {
            type: 'object',
            required: ['deviceId', 'quantity', 'value', 'unit', 'at'],
            properties: {
              deviceId: text,
              laneId: text,
              quantity: text,
              value: { type: 'number' },
              unit: text,
              quality: { type: 'string', enum: ['good', 'alarm', 'fault'] },
              at: { type: 'string', format: 'date-time' },
            },
          },
        },
      },
    },
    'The latest values, at most ten times a second.',
    {
      readings: [
        {
          deviceId: 'rpm-1',
          laneId: 'container-import',
          quantity: 'gamma',
          value: 880,
          unit: 'cps',
          quality: 'good',
          at: '2026-11-23T09:09:59.950Z',
        },
      ],
    },
  ),
  error: json(
    {
      required: ['error'],
      properties: {
        error: {
          type: 'object',
          required: ['code', 'detail'],
          properties: { code: { type: 'string', enum: [...Object.keys(catalogue), 'behind'] }, detail: text },
        },
      },
    },
    'The last message: the connection is closed after it. A client that is `behind` is closed with 4408, and resumes.',
    { error: { code: 'behind', detail: 'resume from your cursor' } },
  ),
  laneAlarm: {
    summary: 'The highest alarm of a lane.',
    contentType: 'application/json',
    payload: schema('Alarm'),
    examples: [{ payload: alarm }],
  },
  status: {
    summary: 'Whether the post publishes.',
    contentType: 'text/plain',
    payload: { type: 'string', enum: ['online', 'offline'] },
    examples: [{ payload: 'online' }],
  },
  delivery: {
    summary: 'One event, signed by Standard Webhooks 1.0.0.',
    contentType: cloudEventType,
    headers: {
      type: 'object',
      required: ['webhook-id', 'webhook-timestamp', 'webhook-signature'],
      properties: {
        'webhook-id': { ...text, description: 'The id of the event: the same however often it is sent.' },
        'webhook-timestamp': { ...text, pattern: '^\\d+$', description: 'Of this attempt, in seconds since 1970.' },
        'webhook-signature': {
          ...text,
          description:
            'One signature for each secret that is good now, with a space in between: `v1,` and in base64 the HMAC-SHA256 of `id.timestamp.body`.',
        },
      },
    },
    payload: schema('Event'),
    examples: [
      {
        headers: {
          'webhook-id': cloudEvent.id,
          'webhook-timestamp': '1795425084',
          'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
        },
        payload: cloudEvent,
      },
    ],
  },
};
