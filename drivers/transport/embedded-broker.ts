import { type EventEmitter, once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { Aedes, type AedesOptions, type Connection } from 'aedes';
import { LanewatchError, messageOf } from '../../src/errors.ts';
import type { Log } from '../../src/ports/log.ts';
import type { MessageBus } from '../../src/ports/message-bus.ts';
import { type GuardedConnection, guardConnection } from './embedded-guard.ts';
import { createPostbox } from './embedded-postbox.ts';

/** A broker inside the service, for the first start, small posts and tests. */
export interface EmbeddedBroker extends MessageBus, AsyncDisposable {
  readonly port: number;
}

const limits = {
  connections: 1_000,
  /** Room for a scanner's 10 MB message, so that its driver can refuse it with its bytes and reason. */
  packetBytes: 16 * 1024 * 1024,
  /** Unacknowledged per connection before it is not read any more. */
  window: { messages: 100, bytes: 32 * 1024 * 1024 },
} as const;

/**
 * MQTT 3.1.1 on `host`:`port` (0: a free one). Whoever reaches the address may publish and subscribe, so keep it on the
 * loopback or a device network of its own.
 *
 * A QoS 1 message for one of our subscribers gets its PUBACK when that subscriber acknowledges it. When the subscriber is
 * away the message waits, unacknowledged, until it is back or the device's connection ends; then the device sends it
 * again. (A device with much waiting is read no further, so its keep-alive may end the connection: the same way out.) A
 * topic counts as ours from its first `subscribe` on. Nothing is kept over a restart: what was acknowledged is in the
 * journal, the rest is still with the devices.
 *
 * Errors: `configuration-fault` naming host and port when it cannot listen there; the iteration ends with `link-lost`
 * when the broker is disposed of.
 */
export async function startEmbeddedBroker(
  { host, port }: { readonly host: string; readonly port: number },
  log: Log,
): Promise<EmbeddedBroker> {
  const postbox = createPostbox();
  const connections = new Map<Connection, GuardedConnection>();

  // aedes acknowledges when it publishes; this hook runs before, and its callback lets it go on.
  const authorizePublish: AedesOptions['authorizePublish'] = (client, packet, callback) => {
    const { topic, payload, qos } = packet;
    if (topic.startsWith('$SYS/')) return callback(new Error('$SYS topics are the broker’s own'));
    const connection = client === null || client.closed ? undefined : connections.get(client.conn);
    const letter = { topic, payload: Buffer.from(payload), receivedAtMs: Date.now(), retained: false };
    if (connection === undefined) {
      // The last will of a device that is gone: nobody is left to be acknowledged.
      postbox.offer({ ...letter, held: false }, postbox, () => undefined);
      return callback(null);
    }
    const release = connection.occupy(letter.payload.length);
    postbox.offer({ ...letter, held: qos > 0 }, connection, () => {
      release();
      if (!connection.stream.destroyed) callback(null);
    });
  };

  const broker = await Aedes.createBroker({ authorizePublish });
  const events: EventEmitter = broker;
  events.on('error', (error: Error) => log.error({ error: error.message }, 'embedded broker'));
  broker.on('clientError', (client, error) => log.info({ client: client.id, error: error.message }, 'device client'));
  broker.on('connectionError', (_, error) => log.info({ error: error.message }, 'device client refused'));

  const server = createServer({ noDelay: true, keepAlive: true }, (socket) => {
    const connection = guardConnection(socket, limits);
    connections.set(connection.stream, connection);
    connection.stream.once('close', () => {
      connections.delete(connection.stream);
      postbox.forget(connection);
    });
    broker.handle(connection.stream);
  });
  server.maxConnections = limits.connections;

  const close = async () => {
    postbox.close(new LanewatchError('link-lost', 'the embedded broker has stopped'));
    server.close();
    for (const { stream } of connections.values()) stream.destroy();
    await new Promise<void>((resolve) => broker.close(() => resolve()));
  };

  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (cause) {
    await close();
    const detail = `the embedded broker cannot listen on ${host}:${port}: ${messageOf(cause)}`;
    throw new LanewatchError('configuration-fault', detail, { cause });
  }
  server.on('error', (error) => log.error({ error: error.message }, 'embedded broker'));

  return {
    port: portOf(server),
    async subscribe(subscription, signal) {
      signal.throwIfAborted();
      const { messages, deliver } = postbox.open(subscription, signal);
      for await (const { topic, payload } of retainedUnder(broker, subscription.topic)) {
        deliver({ topic, payload, receivedAtMs: Date.now(), held: false, retained: true });
      }
      return messages;
    },
    publisher: async () => ({
      publish: async (topic, payload, retain) => {
        const bytes = Buffer.from(payload);
        postbox.offer(
          { topic, payload: bytes, receivedAtMs: Date.now(), held: false, retained: false },
          postbox,
          () => undefined,
        );
        await new Promise<void>((resolve, reject) => {
          const packet = { cmd: 'publish', topic, payload: bytes, qos: 1, retain, dup: false } as const;
          broker.publish(packet, (error) => (error ? reject(error) : resolve()));
        });
      },
      // The broker goes when we go: there is nobody to speak a last will.
      [Symbol.asyncDispose]: async () => undefined,
    }),
    [Symbol.asyncDispose]: close,
  };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new LanewatchError('internal', 'no port to listen on');
  return address.port;
}

/** The retained messages under a filter. The broker's store is public, but its types leave it out. */
function retainedUnder(broker: Aedes, topic: string): AsyncIterable<{ topic: string; payload: Buffer }> {
  type Store = { createRetainedStream(topic: string): AsyncIterable<{ topic: string; payload: Buffer }> };
  return (broker as Aedes & { readonly persistence: Store }).persistence.createRetainedStream(topic);
}
