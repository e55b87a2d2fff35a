import { z } from 'zod';
import { CloudEvent } from './cloud-event.ts';
import type { EventType } from './event.ts';
import { eventData } from './event-data.ts';
import { forReaders, type JsonSchema, opened } from './json-schema.ts';
import { nameResources } from './resources.ts';

/** The CloudEvent of one type, with its data. */
export function eventOf(type: EventType) {
  const { data, says } = eventData[type];
  return CloudEvent.extend({ type: z.literal(type), data }).describe(says);
}

/**
 * The published contract of one type of event: JSON Schema, draft 2020-12, of the whole CloudEvent. Made from what the service
 * itself reads and writes by; events do not carry `dataschema`, since it follows from `type`.
 */
export function eventSchema(type: EventType): JsonSchema {
  const schema = opened(z.toJSONSchema(eventOf(type), { metadata: nameResources(), override: forReaders }));
  return { $id: `urn:lanewatch:schema:1:${type}`, title: type, ...schema };
}
