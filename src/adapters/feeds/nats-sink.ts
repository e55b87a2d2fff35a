import { readFileSync } from 'node:fs';
import {
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamClient,
  jetstream,
  jetstreamManager,
} from '@nats-io/jetstream';
import {
  type Authenticator,
  connect,
  credsAuthenticator,
  type NatsConnection,
  nanos,
  tokenAuthenticator,
  usernamePasswordAuthenticator,
} from '@nats-io/transport-node';
import type { Tls } from '../../domain/link.ts';
import { messageOf } from '../../errors.ts';
import type { Attempt, FeedEvent, FeedSink } from '../../ports/feeds.ts';

/** Published at once; as many acknowledgements are awaited. */
const window = 64;
const connectWithinMs = 5_000;
const acknowledgedWithinMs = 5_000;
const dayMs = 86_400_000;

export interface NatsSettings {
  readonly id: string;
  readonly url: string;
  /** Events go to `SUBJECT.TYPE`. */
  readonly subject: string;
  readonly stream: string;
  readonly duplicateWindowS: number;
  /** 0: for ever. */
  readonly keepDays: number;
  readonly replicas: number;
  readonly tls?: Tls | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly token?: string | undefined;
  /** The text of a `.creds` file. */
  readonly credentials?: string | undefined;
}

interface Open {
  readonly connection: NatsConnection;
  readonly client: JetStreamClient;
}

/**
 * JetStream. Each event is published with its id as `Nats-Msg-Id`, so that the server drops what is sent again within the stream's duplicate
 * window; it counts as accepted once the server has acknowledged it. One connection until the first fault, then a new one.
 */
export function openNatsSink(settings: NatsSettings): FeedSink {
  const ended = Promise.withResolvers<void>();
  let opening: Promise<Open> | null = null;
  const close = async (): Promise<void> => {
    const former = opening;
    opening = null;
    // One that is still being opened is closed once it is, and nobody waits for that.
    await Promise.race([former?.then(({ connection }) => connection.close()).catch(() => undefined), ended.promise]);
  };
  const publish = async (client: JetStreamClient, { id, type, json }: FeedEvent): Promise<void> => {
    await client.publish(`${settings.subject}.${type}`, json, { msgID: id, timeout: acknowledgedWithinMs });
  };
  const attempt = async (events: readonly FeedEvent[]): Promise<Attempt> => {
    let open: Open;
    try {
      opening ??= openConnection(settings);
      open = await opening;
    } catch (error) {
      opening = null;
      return { accepted: 0, failure: { reason: `${settings.url}: ${messageOf(error)}` } };
    }
    const { client } = open;
    const results = await Promise.allSettled(events.map((event) => publish(client, event)));
    const accepted = results.findIndex(({ status }) => status === 'rejected');
    const failed = results[accepted];
    if (failed?.status !== 'rejected') return { accepted: events.length, failure: null };
    await close();
    return { accepted, failure: { reason: messageOf(failed.reason) } };
  };

  return {
    window,
    send: async (events, signal) => {
      signal.throwIfAborted();
      const aborted = new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      });
      const sending = attempt(events);
      try {
        return await Promise.race([sending, aborted]);
      } finally {
        // Whatever it comes to now, its connection is closed with the sink.
        sending.catch(() => undefined);
      }
    },
    [Symbol.asyncDispose]: () => {
      ended.resolve();
      return close();
    },
  };
}

async function openConnection(settings: NatsSettings): Promise<Open> {
  const { url, id, tls } = settings;
  const connection = await connect({
    servers: url,
    name: `lanewatch ${id}`,
    // The feed tries again by its own schedule.
    reconnect: false,
    timeout: connectWithinMs,
    authenticator: authenticatorsOf(settings),
    ...(tls !== undefined || url.startsWith('tls:') ? { tls: tlsOf(tls ?? {}) } : {}),
  });
  try {
    await ensureStream(connection, settings);
    return { connection, client: jetstream(connection) };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** Makes the stream where it is missing. One that stands is its owner's, and stays as it is. */
async function ensureStream(connection: NatsConnection, settings: NatsSettings): Promise<void> {
  const { stream, subject, duplicateWindowS, keepDays, replicas } = settings;
  const manager = await jetstreamManager(connection);
  try {
    await manager.streams.info(stream);
  } catch (error) {
    const isMissing = error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound;
    if (!isMissing) throw error;
    await manager.streams.add({
      name: stream,
      subjects: [`${subject}.>`],
      duplicate_window: nanos(duplicateWindowS * 1_000),
      max_age: nanos(keepDays * dayMs),
      num_replicas: replicas,
    });
  }
}

function authenticatorsOf({ username, password, token, credentials }: NatsSettings): Authenticator[] {
  return [
    ...(username === undefined ? [] : [usernamePasswordAuthenticator(username, password)]),
    ...(token === undefined ? [] : [tokenAuthenticator(token)]),
    ...(credentials === undefined ? [] : [credsAuthenticator(new TextEncoder().encode(credentials))]),
  ];
}

/** Read at each connection, so that a renewed certificate needs no restart. */
function tlsOf({ caFile, certFile, keyFile }: Tls) {
  const read = (file: string) => readFileSync(file, 'utf8');
  return {
    ...(caFile !== undefined && { ca: read(caFile) }),
    ...(certFile !== undefined && { cert: read(certFile) }),
    ...(keyFile !== undefined && { key: read(keyFile) }),
  };
}
