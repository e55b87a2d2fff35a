import { LanewatchError } from '../../src/errors.ts';
import type { BusMessage, MessageBus } from '../../src/ports/message-bus.ts';
import { createInbox, type Inbox } from './mqtt-inbox.ts';
import { matchesTopic } from './mqtt-topic.ts';

/** A message as a device sent it; `held`: the device waits for our acknowledgement (QoS above 0). */
export type Letter = Omit<BusMessage, 'acknowledge'>;

type Subscription = Parameters<MessageBus['subscribe']>[0];

/** Where a letter came from: compared by identity only. */
export type Sender = object;

/** The sessions of our own subscribers. They stay while the broker lives, so a letter may wait for its reader. */
export interface Postbox {
  /**
   * Calls `settled` when every session that wants the letter has acknowledged it; at once when none does. A held letter waits for
   * an absent subscriber, another one is only for those present.
   */
  offer(letter: Letter, sender: Sender, settled: () => void): void;
  /** The sender is gone: it sends its unacknowledged letters again, so what nobody has read yet is forgotten. */
  forget(sender: Sender): void;
  /**
   * Opens a subscriber's session, or opens it again with everything unacknowledged in it. A second reader ends the
   * first with `link-lost`. `deliver` adds a letter that nobody waits for (a retained one).
   */
  open(
    subscription: Subscription,
    signal: AbortSignal,
  ): { readonly messages: AsyncIterable<BusMessage>; deliver(letter: Letter): void };
  /** Ends every reading with this error. */
  close(error: Error): void;
}

interface Session {
  topic: string;
  qos: 0 | 1;
  /** In order of arrival. */
  readonly unacknowledged: Map<BusMessage, Sender>;
  /** Undefined while nobody reads. */
  inbox: Inbox | undefined;
}

export function createPostbox(): Postbox {
  const sessions = new Map<string, Session>();

  const put = ({ qos, unacknowledged, inbox }: Session, letter: Letter, sender: Sender, settled: () => void) => {
    const message: BusMessage = {
      ...letter,
      held: letter.held && qos === 1,
      acknowledge() {
        if (unacknowledged.delete(message)) settled();
      },
    };
    unacknowledged.set(message, sender);
    inbox?.put(message);
  };

  const leave = (session: Session, inbox: Inbox) => {
    if (session.inbox !== inbox) return;
    session.inbox = undefined;
    // Only what is held may wait; its sender must not wait for the rest.
    for (const message of session.unacknowledged.keys()) if (!message.held) message.acknowledge(true);
  };

  return {
    offer(letter, sender, settled) {
      const wanting = [...sessions.values()].filter(
        ({ topic, qos, inbox }) =>
          matchesTopic(topic, letter.topic) && (inbox !== undefined || (letter.held && qos === 1)),
      );
      let open = wanting.length;
      if (open === 0) return settled();
      for (const session of wanting) {
        put(session, letter, sender, () => {
          open -= 1;
          if (open === 0) settled();
        });
      }
    },
    forget(sender) {
      for (const { unacknowledged, inbox } of sessions.values()) {
        for (const [message, from] of unacknowledged) {
          if (from !== sender) continue;
          unacknowledged.delete(message);
          inbox?.remove(message);
        }
      }
    },
    open({ subscriber, topic, qos }, signal) {
      const inbox = createInbox();
      const session: Session = sessions.get(subscriber) ?? { topic, qos, inbox, unacknowledged: new Map() };
      if (session.inbox !== inbox) {
        session.inbox?.fail(new LanewatchError('link-lost', `${subscriber} was subscribed a second time`));
      }
      sessions.set(subscriber, Object.assign(session, { topic, qos, inbox }));
      for (const message of session.unacknowledged.keys()) inbox.put(message);

      const onAbort = () => leave(session, inbox);
      signal.addEventListener('abort', onAbort, { once: true });
      async function* messages() {
        try {
          yield* inbox.read(signal);
        } finally {
          signal.removeEventListener('abort', onAbort);
          leave(session, inbox);
        }
      }
      return { messages: messages(), deliver: (letter) => put(session, letter, session, () => undefined) };
    },
    close(error) {
      for (const { inbox } of sessions.values()) inbox?.fail(error);
    },
  };
}
