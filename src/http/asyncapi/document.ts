import { sessionCookieName } from '../access/session-cookie.ts';
import { channels, operations, ref } from './channels.ts';
import { eventMessages, eventSchemas, frameMessages } from './messages.ts';

/** Where the service is reached. */
export interface Reached {
  readonly host: string;
  readonly secure: boolean;
}

const base = '/api/v1';

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
      broker: {
        host: '{broker}',
        protocol: 'mqtt',
        description: 'The broker of a configured feed (`feeds.mqtt`), with or without TLS.',
        variables: { broker: { description: 'Its address.', examples: ['mqtt.example:8883'] } },
        security: [ref('components/securitySchemes/account'), ref('components/securitySchemes/certificate')],
      },
      nats: {
        host: '{server}',
        protocol: 'nats',
        description: 'The server of a configured feed (`feeds.nats`), with or without TLS.',
        variables: { server: { description: 'Its address.', examples: ['nats.example:4222'] } },
        security: [
          ref('components/securitySchemes/account'),
          ref('components/securitySchemes/natsToken'),
          ref('components/securitySchemes/certificate'),
        ],
      },
    },
    channels,
    operations,
    components: {
      schemas: eventSchemas(),
      messages: { ...eventMessages(), ...frameMessages },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        session: { type: 'httpApiKey', in: 'cookie', name: sessionCookieName },
        account: { type: 'userPassword' },
        natsToken: { type: 'apiKey', in: 'password', description: 'The token of the server, or a `.creds` file.' },
        certificate: { type: 'X509' },
      },
    },
  };
}
