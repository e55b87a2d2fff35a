import { LanewatchError, messageOf } from '../../errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Attempt, FeedEvent, FeedSink } from '../../ports/feeds.ts';
import type { MessageBus, Publisher } from '../../ports/message-bus.ts';

/** In flight at once: fewer than brokers grant a client (Mosquitto: 20). */
const window = 16;
const acknowledgedWithinMs = 10_000;

export interface MqttSinkParts {
  readonly id: string;
  readonly bus: MessageBus;
  /** Events go to `TOPIC/events/TYPE`. */
  readonly topic: string;
  readonly clock: Clock;
}

/** A broker. An event counts as accepted at its PUBACK. One connection until the first fault, then a new one. */
export function openMqttSink({ id, bus, topic, clock }: MqttSinkParts): FeedSink {
  const ended = new AbortController();
  let open: Publisher | null = null;
  const close = async (): Promise<void> => {
    const closing = open;
    open = null;
    await closing?.[Symbol.asyncDispose]();
  };
  const inTime = async <T>(work: Promise<T>, signal: AbortSignal): Promise<T> => {
    const over = new AbortController();
    const late = clock.sleep(acknowledgedWithinMs, AbortSignal.any([signal, over.signal])).then(() => {
      throw new LanewatchError('link-timeout', `no acknowledgement within ${acknowledgedWithinMs / 1_000} s`);
    });
    try {
      return await Promise.race([work, late]);
    } finally {
      over.abort();
      late.catch(() => undefined);
      work.catch(() => undefined);
    }
  };

  return {
    window,
    send: async (events, signal): Promise<Attempt> => {
      signal.throwIfAborted();
      try {
        open ??= await bus.publisher({ id, will: null }, ended.signal);
      } catch (error) {
        signal.throwIfAborted();
        return { accepted: 0, failure: { reason: messageOf(error) } };
      }
      const publisher = open;
      const publish = ({ type, json }: FeedEvent) =>
        inTime(publisher.publish(`${topic}/events/${type}`, json, false), signal);
      const results = await Promise.allSettled(events.map(publish));
      signal.throwIfAborted();
      const accepted = results.findIndex(({ status }) => status === 'rejected');
      const failed = results[accepted];
      if (failed?.status !== 'rejected') return { accepted: events.length, failure: null };
      await close();
      return { accepted, failure: { reason: messageOf(failed.reason) } };
    },
    [Symbol.asyncDispose]: async () => {
      ended.abort();
      await close();
    },
  };
}
