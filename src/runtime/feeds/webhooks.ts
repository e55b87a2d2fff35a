import type { FeedTerms, Subscription } from '../../domain/subscription.ts';
import { messageOf } from '../../errors.ts';
import type { CommandPort } from '../../ports/desk.ts';
import type { EventFeed } from '../../ports/feed.ts';
import type { FeedSink, SecretBook, WebhookPort } from '../../ports/feeds.ts';
import type { Log } from '../../ports/log.ts';
import type { Feeds } from './feeds.ts';
import { webhookSchedule } from './retry-schedule.ts';

/** Who stops a subscription when its target says so. */
const self = { by: 'lanewatch', role: 'service' } as const;

export interface WebhookParts {
  readonly feeds: Feeds;
  readonly secrets: SecretBook;
  /** The desk's, as they are now. */
  readonly subscriptions: ReadonlyMap<string, Subscription>;
  readonly commands: Pick<CommandPort, 'command'>;
  readonly events: EventFeed;
  sinkFor(subscription: Subscription): FeedSink;
  checkAddress(url: string): Promise<void>;
  readonly log: Log;
}

/** Keeps the feeds of webhooks what the desk's subscriptions say: one for each, running while it is enabled. */
export function runWebhooks(parts: WebhookParts): WebhookPort & AsyncDisposable {
  const { feeds, secrets, subscriptions, commands, log } = parts;
  /** What each feed was made from. */
  const made = new Map<string, string>();
  let settling: Promise<void> = Promise.resolve();

  const gone = (id: string) => async (reason: string) => {
    try {
      await commands.command(
        { type: 'change-subscription', subscriptionId: id, change: 'stopped', detail: reason },
        self,
      );
    } catch (error) {
      log.warn({ subscription: id, reason: messageOf(error) }, 'a webhook that wants no more could not be stopped yet');
    }
  };
  const settle = async (id: string): Promise<void> => {
    const subscription = subscriptions.get(id);
    const wanted = subscription === undefined ? null : recipeOf(subscription);
    if (wanted === (made.get(id) ?? null)) return;
    await feeds.stop(id);
    if (subscription === undefined || wanted === null) {
      made.delete(id);
      feeds.forget(id);
      secrets.forget(id);
      return;
    }
    // Somebody has just changed it: they want to see it work.
    const afresh = made.has(id);
    made.set(id, wanted);
    feeds.know({ id, kind: 'webhook', terms: termsOf(subscription), startAfter: Number(subscription.after) });
    if (secrets.secretsOf(id).length === 0) secrets.secretFor(subscription, 0);
    if (subscription.state !== 'enabled') return;
    feeds.start(id, { sink: parts.sinkFor(subscription), schedule: webhookSchedule, gone: gone(id), afresh });
  };
  const reconcile = (): void => {
    settling = settling.then(async () => {
      for (const id of new Set([...subscriptions.keys(), ...made.keys()])) {
        await settle(id).catch((error: unknown) => {
          log.error({ subscription: id, reason: messageOf(error) }, 'a webhook could not be set up');
        });
      }
    });
  };

  const following = parts.events.subscribe((events) => {
    if (events.some(({ type }) => type === 'lanewatch.subscription.changed')) reconcile();
  });
  reconcile();

  return {
    ...feeds,
    subscriptions: () => [...subscriptions.values()],
    subscription: (id) => subscriptions.get(id),
    checkAddress: parts.checkAddress,
    secretFor: (subscription, graceMs) => secrets.secretFor(subscription, graceMs),
    [Symbol.asyncDispose]: async () => {
      following[Symbol.dispose]();
      await settling;
    },
  };
}

/** What a feed depends on: a rotated secret does not interrupt it. */
function recipeOf(subscription: Subscription): string {
  return JSON.stringify([subscription.state === 'enabled', subscription.url, termsOf(subscription)]);
}

function termsOf(subscription: Subscription): FeedTerms {
  const { types, agency, purpose, lanes, tlp, personalData, includeNonOperational } = subscription;
  return {
    ...{ types, agency, purpose, includeNonOperational },
    ...(lanes && { lanes }),
    ...(tlp && { tlp }),
    ...(personalData && { personalData }),
  };
}
