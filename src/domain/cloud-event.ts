import { z } from 'zod';
import { type DomainEvent, type Fact, sequenceText } from './event.ts';

/** CloudEvents 1.0, JSON format, with the attributes of contract.md. `(source, id)` never changes. */
export const CloudEvent = z.object({
  specversion: z.literal('1.0'),
  id: z.string().min(1).describe('With `source` the key of the event: the same however often it is sent.'),
  source: z
    .string()
    .regex(/^\/sites\/[A-Za-z0-9][A-Za-z0-9._-]*$/)
    .describe('`/sites/{siteId}`'),
  type: z.string().min(1),
  subject: z.string().min(1).describe('The path of what it is about, e.g. `alarms/{id}`.'),
  time: z.iso.datetime().describe('When it happened, as far as the device knew.'),
  datacontenttype: z.literal('application/json'),
  sequence: z
    .string()
    .regex(/^\d{20}$/)
    .describe('Its place in the journal: 20 digits, so that text order is number order.'),
  recordedtime: z.iso.datetime().describe('When it was recorded here.'),
  data: z.unknown(),
});

export type CloudEvent = Readonly<z.infer<typeof CloudEvent>>;

export function toCloudEvent(event: DomainEvent, siteId: string): CloudEvent {
  return {
    specversion: '1.0',
    id: event.id,
    source: `/sites/${siteId}`,
    type: event.type,
    subject: event.subject,
    time: event.time,
    datacontenttype: 'application/json',
    sequence: sequenceText(event.sequence),
    recordedtime: event.recordedAt,
    data: event.data,
  };
}

/** Back from the stored form. The text is our own, written by `toCloudEvent` and kept by the hash chain. */
export function fromCloudEvent(json: string): DomainEvent {
  const stored = JSON.parse(json) as CloudEvent;
  return {
    ...({ type: stored.type, data: stored.data } as Fact),
    id: stored.id,
    sequence: Number(stored.sequence),
    subject: stored.subject,
    time: stored.time,
    recordedAt: stored.recordedtime,
  };
}
