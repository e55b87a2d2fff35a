import { Socket } from 'node:net';
import { connect, type MqttClient, ReasonCodes } from 'mqtt';
import type { Tls } from '../../src/domain/link.ts';
import { LanewatchError } from '../../src/errors.ts';
import type { Log } from '../../src/ports/log.ts';
import type { MessageBus, Publisher, Will } from '../../src/ports/message-bus.ts';
import { lifeOf } from './life.ts';
import { brokerFault } from './mqtt-fault.ts';
import { createReceiver, type Receiver } from './mqtt-receiver.ts';
import { matchesTopic } from './mqtt-topic.ts';
import { tlsFiles } from './tls-files.ts';

/** How a broker outside is reached. `url`: mqtt, mqtts, ws or wss. */
export interface BrokerSettings {
  readonly url: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** Client ids are `<prefix>-<subscriber>`: they name the persistent sessions, so they must stay the same. */
  readonly clientIdPrefix: string;
  /** 5 (default), or 4 for MQTT 3.1.1. */
  readonly protocolVersion?: 4 | 5 | undefined;
  /** For mqtts and wss: whom to trust and how to show who we are. */
  readonly tls?: Tls | undefined;
}

const limits = {
  connectTimeoutMs: 10_000,
  /** A dead peer is noticed after one and a half of it. */
  keepaliveS: 20,
  /** How long the broker may take over our DISCONNECT. */
  closeMs: 1_000,
  /** MQTT 5: the broker never drops the session by itself. With 3.1.1 the broker's own setting decides. */
  sessionExpiryS: 0xffff_ffff,
  /** In flight per subscriber. MQTT 5 tells the broker (receive maximum); 3.1.1 cannot, there reading just stops. */
  window: { messages: 1_000, bytes: 32 * 1024 * 1024 },
} as const;

/**
 * A broker outside, one connection and one persistent session per subscriber. A PUBACK leaves only with
 * `acknowledge`; the next message does not wait for it. One attempt per `subscribe`, no reconnect. An acknowledgement after the
 * connection is gone is dropped silently: the broker delivers that message again to the next attempt, and the driver
 * recognises it by the device's own id. What a session still brings of a topic configured before is acknowledged and
 * left aside.
 *
 * Errors of `subscribe` and of the iteration: `link-refused`, `link-timeout`, `link-lost`; `configuration-fault` for
 * refused credentials, client id or topic. Rejects with the signal's reason when that aborts first.
 */
export function externalBroker(settings: BrokerSettings, log: Log): MessageBus {
  const address = new URL(settings.url).host;

  return {
    publisher: ({ id, will }, signal) =>
      openPublisher(settings, address, `${settings.clientIdPrefix}-${id}-out`, will, signal),
    async subscribe({ subscriber, topic, qos }, signal) {
      signal.throwIfAborted();
      const client = open(settings, `${settings.clientIdPrefix}-${subscriber}`, { clean: false, will: null });
      const receiver = createReceiver(limits.window, (messageId, good) => sendPuback(client, messageId, good));
      receiveInto(client, receiver.accept);

      // What a session has in flight comes before the SUBACK, even before `connect` is emitted, and may fill the window:
      // then only reading gets us to the SUBACK.
      const flowing = next(client, 'message');
      let connected = false;
      let cause: unknown;
      const breakOff = (reason: unknown) => {
        cause ??= reason;
        client.stream.destroy();
      };
      client.on('error', breakOff);
      client.on('disconnect', ({ reasonCode = 0 }) => breakOff(new Error(reasonText(reasonCode))));
      const lost = new Promise<never>((_, reject) => {
        client.once('close', () => reject(brokerFault(address, cause, connected)));
      });
      lost.catch(receiver.inbox.fail);

      let closing: Promise<void> | undefined;
      const close = () => {
        closing ??= closeClient(client);
        return closing;
      };
      signal.addEventListener('abort', close, { once: true });
      try {
        await Promise.race([next(client, 'connect'), lost]);
        connected = true;
        const granted = requestTopic(client, topic, qos, address);
        granted.catch(breakOff);
        await Promise.race([granted, flowing, lost]);
      } catch (error) {
        signal.removeEventListener('abort', close);
        await close();
        throw signal.aborted ? signal.reason : error;
      }
      log.debug({ subscriber, topic, broker: address }, 'subscribed');
      return messages();

      async function* messages() {
        try {
          for await (const message of receiver.inbox.read(signal)) {
            // A session outlives a change of the configuration, and with it the subscription to the topic of before.
            if (matchesTopic(topic, message.topic)) yield message;
            else message.acknowledge(true);
          }
        } finally {
          signal.removeEventListener('abort', close);
          await close();
        }
      }
    },
  };
}

function open(settings: BrokerSettings, clientId: string, session: { clean: boolean; will: Will | null }): MqttClient {
  const { url, username, password, protocolVersion = 5, tls } = settings;
  const { will, clean } = session;
  const client = connect(url, {
    clientId,
    protocolVersion,
    clean,
    ...(tls === undefined ? {} : tlsFiles(tls, new URL(url).hostname)),
    ...(will === null ? {} : { will: { ...will, payload: Buffer.from(will.payload), qos: 1, retain: true } }),
    reconnectPeriod: 0,
    queueQoSZero: false,
    keepalive: limits.keepaliveS,
    connectTimeout: limits.connectTimeoutMs,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(protocolVersion === 5 && !clean
      ? { properties: { sessionExpiryInterval: limits.sessionExpiryS, receiveMaximum: limits.window.messages } }
      : {}),
  });
  // Nagle would hold small PUBACKs back up to 40 ms.
  if (client.stream instanceof Socket) client.stream.setNoDelay(true);
  return client;
}

/**
 * Takes the messages out of mqtt.js. It sends the PUBACK when `handleMessage` calls back without an error; with one, it goes on
 * to the next packet and sends nothing. That is the seam by which acknowledgements are withheld.
 */
function receiveInto(client: MqttClient, accept: Receiver['accept']): void {
  const withheld = new Error('acknowledged after the commit');
  client.handleMessage = ({ topic, payload, qos, retain, messageId }, callback) => {
    // A copy: a small message must not keep the whole read buffer alive while it is held.
    const publish = { topic, payload: Buffer.from(payload), retain, messageId: qos === 0 ? undefined : messageId };
    accept(publish, () => callback(qos === 0 ? undefined : withheld));
  };
}

/** The one private call into mqtt.js. 0x99: payload format invalid (MQTT 5, 3.4.2.1); 3.1.1 has no reason codes. */
function sendPuback(client: MqttClient, messageId: number, good: boolean): void {
  if (client.connected && !client.disconnecting) {
    // biome-ignore lint/complexity/useLiteralKeys: TypeScript lets a private member be reached only this way
    client['_sendPacket']({ cmd: 'puback', messageId, reasonCode: good ? 0 : 0x99 });
  }
}

/** `rh: 1`: retained messages only with a new subscription, not again with every connection (MQTT 5). */
async function requestTopic(client: MqttClient, topic: string, qos: 0 | 1, address: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  client.subscribe(topic, { qos, rh: 1 }, (error, granted, suback) => {
    const refused = error !== null && suback === undefined;
    if (refused) return reject(brokerFault(address, error, true));
    if (error === null && granted?.[0]?.qos === qos) return resolve();
    reject(new LanewatchError('configuration-fault', `broker ${address} does not grant ${topic} with QoS ${qos}`));
  });
  return promise;
}

/** One connection of a sender. It is lost for good at the first fault; the next attempt makes a new one. */
async function openPublisher(
  settings: BrokerSettings,
  address: string,
  clientId: string,
  will: Will | null,
  signal: AbortSignal,
): Promise<Publisher> {
  signal.throwIfAborted();
  const client = open(settings, clientId, { clean: true, will });
  let connected = false;
  let cause: unknown;
  client.on('error', (reason) => {
    cause ??= reason;
    client.stream.destroy();
  });
  const lost = new Promise<never>((_, reject) => {
    client.once('close', () => reject(brokerFault(address, cause, connected)));
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  const during = lifeOf(lost);
  try {
    await during(next(client, 'connect'));
    connected = true;
  } catch (error) {
    await closeClient(client);
    throw error;
  }
  return {
    publish: async (topic, payload, retain) => {
      await during(client.publishAsync(topic, payload, { qos: 1, retain }));
    },
    [Symbol.asyncDispose]: () => closeClient(client),
  };
}

function next(client: MqttClient, event: 'connect' | 'message'): Promise<void> {
  return new Promise((resolve) => client.once(event, () => resolve()));
}

/** Says DISCONNECT to a live broker, and leaves without it when that takes too long. The session stays. */
async function closeClient(client: MqttClient): Promise<void> {
  const impatience = setTimeout(() => client.stream.destroy(), limits.closeMs);
  await client.endAsync(!client.connected);
  clearTimeout(impatience);
}

function reasonText(code: number): string {
  return (ReasonCodes as Readonly<Record<number, string>>)[code] || `disconnected with reason ${code}`;
}
