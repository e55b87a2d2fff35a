import { eventTypes } from '../../domain/event-data.ts';
import { sessionCookieName } from '../access/session-cookie.ts';
import { eventMessages, eventSchemas, frameMessages } from './messages.ts';

/** Where the service is reached. */
export interface Reached {
  readonly host: string;
  readonly secure: boolean;
}

const base = '/api/v1';
const ref = (path: string) => ({ $ref: `#/${path}` });
const component = (name: string) => [name, ref(`components/messages/${name}`)] as const;
const messagesOf = (channel: string, names: readonly string[]) =>
  names.map((name) => ref(`channels/${channel}/messages/${name}`));

/** What the service sends; it also takes one message, which says what a live client wants. */
const fromUs = ['event', 'events', 'caughtUp', 'readings', 'error'] as const;

/** AsyncAPI 3.0: every way by which events leave. Pure. */
export function asyncApi({ host, secure }: Reached) {
  const signedIn = [ref('components/securitySchemes/token'), ref('components/securitySchemes/session')];
  return {
    asyncapi: '3.0.0',
    id: 'urn:lanewatch:asyncapi:1',
    info: {
      title: 'Lanewatch',
      version: '1',
      description:
        'Events of a border post, as CloudEvents 1.0, each way in order and at least once: `(source, id)` is the key, `sequence` the cursor. What a reader gets depends on their role, lanes and agency. Fields and values may be added. Requests and answers: `/api/v1/openapi.json`.',
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/json',
    servers: {
      live: { host, protocol: secure ? 'wss' : 'ws', pathname: base, security: signedIn },
      http: { host, protocol: secure ? 'https' : 'http', pathname: base, security: signedIn },
      subscriber: {
        host: '{subscriber}',
        protocol: 'https',
        description: 'The address of a subscription (`/subscriptions`).',
        variables: { subscriber: { description: 'The host of its `url`.', examples: ['targeting.example'] } },
      },
    },
    channels: {
      live: {
        address: '/live',
        title: 'Live stream',
        description:
          'WebSocket. Say within ten seconds what you want. A client more than 1,000 events or 8 MiB behind is closed with 4408 and resumes from its cursor.',
        servers: [ref('servers/live')],
        messages: Object.fromEntries([component('subscribe'), ...fromUs.map(component)]),
        bindings: { ws: { method: 'GET', bindingVersion: '0.1.0' } },
      },
      stream: {
        address: '/events/stream',
        title: 'Server-sent events',
        description:
          'Each event’s `id` is its sequence, its `data` the CloudEvent. Resumes with `Last-Event-ID`, or begins with `?after=`; `?types=` as in the feed.',
        servers: [ref('servers/http')],
        messages: Object.fromEntries(eventTypes.map(component)),
      },
      webhook: {
        address: null,
        title: 'Webhooks',
        description:
          'Posted to the subscription’s address, in order for each subscription. 2xx: done. 410: no more. 429 and 503 with `Retry-After`: later. Else again after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h, then it is parked.',
        servers: [ref('servers/subscriber')],
        messages: Object.fromEntries([component('delivery')]),
      },
    },
    operations: {
      subscribe: {
        action: 'receive',
        summary: 'A live client says what it wants.',
        channel: ref('channels/live'),
        messages: messagesOf('live', ['subscribe']),
      },
      follow: {
        action: 'send',
        summary: 'A live client gets events and readings.',
        channel: ref('channels/live'),
        messages: messagesOf('live', fromUs),
      },
      stream: {
        action: 'send',
        summary: 'Events one by one over a lasting HTTP answer.',
        channel: ref('channels/stream'),
        messages: messagesOf('stream', eventTypes),
        bindings: { http: { method: 'GET', bindingVersion: '0.3.0' } },
      },
      deliver: {
        action: 'send',
        summary: 'Events one by one to a subscriber.',
        channel: ref('channels/webhook'),
        messages: messagesOf('webhook', ['delivery']),
        bindings: { http: { method: 'POST', bindingVersion: '0.3.0' } },
      },
    },
    components: {
      schemas: eventSchemas(),
      messages: { ...eventMessages(), ...frameMessages },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        session: { type: 'httpApiKey', in: 'cookie', name: sessionCookieName },
      },
    },
  };
}
