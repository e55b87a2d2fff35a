import { eventTypes } from '../../domain/event-data.ts';

/** A reference within the document. */
export const ref = (path: string) => ({ $ref: `#/${path}` });

const named = (names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, ref(`components/messages/${name}`)]));
const type = { description: 'The type of event.', enum: [...eventTypes] };
const topic = { description: 'As the feed is configured.', examples: ['border/post'] };

/** Where events go, and which messages go there. */
export const channels = {
  live: {
    address: '/live',
    title: 'Live stream',
    description:
      'WebSocket. Say within ten seconds what you want. A client more than 1,000 events or 8 MiB behind is closed with 4408 and resumes from its cursor.',
    servers: [ref('servers/live')],
    messages: named(['subscribe', 'event', 'events', 'caughtUp', 'readings', 'error']),
    bindings: { ws: { method: 'GET', bindingVersion: '0.1.0' } },
  },
  stream: {
    address: '/events/stream',
    title: 'Server-sent events',
    description:
      'Each event’s `id` is its sequence, its `data` the CloudEvent. Resumes with `Last-Event-ID`, or begins with `?after=`; `?types=` as in the feed.',
    servers: [ref('servers/http')],
    messages: named(eventTypes),
  },
  webhook: {
    address: null,
    title: 'Webhooks',
    description:
      'Posted to the subscription’s address, in order for each subscription. 2xx: done. 410: no more. 429 and 503 with `Retry-After`: later. Else again after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h, then it is parked.',
    servers: [ref('servers/subscriber')],
    messages: named(['delivery']),
  },
  mqtt: {
    address: '{topic}/events/{type}',
    title: 'MQTT',
    description: 'QoS 1, not retained. What is not acknowledged comes again.',
    servers: [ref('servers/broker')],
    parameters: { topic, type },
    messages: named(eventTypes),
  },
  laneAlarm: {
    address: '{topic}/lanes/{lane}/alarm',
    title: 'The highest alarm of each lane, by MQTT',
    description: 'Retained: of what is on the board now. An empty message: there is none.',
    servers: [ref('servers/broker')],
    parameters: { topic, lane: { description: 'The id of the lane.', examples: ['container-import'] } },
    messages: named(['laneAlarm']),
  },
  status: {
    address: '{topic}/status',
    title: 'Whether the post publishes, by MQTT',
    description: 'Retained; the broker says `offline` when the post is gone.',
    servers: [ref('servers/broker')],
    parameters: { topic },
    messages: named(['status']),
  },
  nats: {
    address: '{subject}.{type}',
    title: 'NATS JetStream',
    description:
      'Published with the event’s id as `Nats-Msg-Id`, so that the stream keeps what is sent again within its duplicate window once.',
    servers: [ref('servers/nats')],
    parameters: { subject: { description: 'As the feed is configured.', examples: ['border.post'] }, type },
    messages: named(eventTypes),
  },
};

const operation = (channel: keyof typeof channels, summary: string, names?: readonly string[]) => ({
  action: 'send',
  summary,
  channel: ref(`channels/${channel}`),
  messages: (names ?? Object.keys(channels[channel].messages)).map((name) =>
    ref(`channels/${channel}/messages/${name}`),
  ),
});

/** What the service does there. */
export const operations = {
  subscribe: { ...operation('live', 'A live client says what it wants.', ['subscribe']), action: 'receive' },
  follow: operation('live', 'A live client gets events and readings.', [
    'event',
    'events',
    'caughtUp',
    'readings',
    'error',
  ]),
  stream: {
    ...operation('stream', 'Events one by one over a lasting HTTP answer.'),
    bindings: { http: { method: 'GET', bindingVersion: '0.3.0' } },
  },
  deliver: {
    ...operation('webhook', 'Events one by one to a subscriber.'),
    bindings: { http: { method: 'POST', bindingVersion: '0.3.0' } },
  },
  publish: {
    ...operation('mqtt', 'Events one by one to a broker.'),
    bindings: { mqtt: { qos: 1, retain: false, bindingVersion: '0.2.0' } },
  },
  publishLaneAlarm: {
    ...operation('laneAlarm', 'The highest alarm of a lane, whenever it is another.'),
    bindings: { mqtt: { qos: 1, retain: true, bindingVersion: '0.2.0' } },
  },
  publishStatus: {
    ...operation('status', 'With every connection, and at its end.'),
    bindings: { mqtt: { qos: 1, retain: true, bindingVersion: '0.2.0' } },
  },
  archive: operation('nats', 'Events one by one to a stream.'),
};
