import { type DomainEvent, type Fact, sequenceText } from './event.ts';

/** CloudEvents 1.0, JSON format, with the attributes of contract.md. `(source, id)` never changes. */
export interface CloudEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  /** When it happened, ISO 8601. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  /** 20 digits. */
  readonly sequence: string;
  /** When it was recorded, ISO 8601. */
  readonly recordedtime: string;
  readonly data: unknown;
}

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
