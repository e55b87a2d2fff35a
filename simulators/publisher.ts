import { connect } from 'mqtt';
import { LanewatchError, messageOf } from '../src/errors.ts';

/** The device's side of a broker. */
export interface Publisher extends AsyncDisposable {
  /**
   * Sends one QoS 1 message (an object goes as JSON) and resolves at its PUBACK. While the broker is away the message
   * waits in memory and is sent again after the reconnect. Rejects with `link-timeout` at the deadline; the
   * message may still arrive after that, as QoS 1 allows.
   */
  publish(topic: string, payload: string | Uint8Array | object): Promise<void>;
  /** Goes away without a word; resolves when it is back, or the signal aborts. */
  drop(signal: AbortSignal): Promise<void>;
}

/**
 * A thin QoS 1 publisher (MQTT 3.1.1, which the embedded broker speaks too). Returns at once and connects, and
 * reconnects, by itself.
 */
export function openPublisher(setup: {
  readonly brokerUrl: string;
  readonly clientId: string;
  readonly deadlineMs?: number;
}): Publisher {
  const { brokerUrl, clientId, deadlineMs = 30_000 } = setup;
  const closing = new AbortController();
  let trouble = 'no acknowledgement';
  let pending = 0;
  const client = connect(brokerUrl, { clientId, protocolVersion: 4, reconnectPeriod: 250 });
  client.on('error', (error) => {
    trouble = messageOf(error);
  });
  // What mqtt.js is given while offline it later sends one by one, each after the PUBACK of the one before.
  let online = Promise.withResolvers<void>();
  client.on('connect', () => {
    online.resolve();
    client.once('close', () => {
      online = Promise.withResolvers<void>();
    });
  });

  return {
    async publish(topic, payload) {
      const givenUp = AbortSignal.any([closing.signal, AbortSignal.timeout(deadlineMs)]);
      const { promise: refused, reject } = Promise.withResolvers<never>();
      const giveUp = () =>
        reject(new LanewatchError('link-timeout', `${clientId}: ${topic} not acknowledged by the broker (${trouble})`));
      givenUp.addEventListener('abort', giveUp, { once: true });
      pending += 1;
      try {
        const sent = online.promise.then(() => client.publishAsync(topic, bytesOf(payload), { qos: 1 }));
        await Promise.race([sent, refused]);
      } finally {
        pending -= 1;
        givenUp.removeEventListener('abort', giveUp);
      }
    },
    async drop(signal) {
      const back = Promise.withResolvers<void>();
      client.once('connect', () => back.resolve());
      signal.addEventListener('abort', () => back.resolve(), { once: true });
      client.stream.destroy();
      await back.promise;
    },
    async [Symbol.asyncDispose]() {
      closing.abort();
      // A polite DISCONNECT waits for every PUBACK, for ever when the broker is away.
      await client.endAsync(pending > 0 || !client.connected);
    },
  };
}

function bytesOf(payload: string | Uint8Array | object): Buffer {
  if (payload instanceof Uint8Array) return Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  return Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload));
}
