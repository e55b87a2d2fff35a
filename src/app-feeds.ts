import { openFeedBook } from './adapters/feeds/feed-book.ts';
import { openFeedsDatabase } from './adapters/feeds/feeds-database.ts';
import { openSecretBook } from './adapters/feeds/secret-book.ts';
import { createAddressGuard, type Resolve } from './adapters/webhook/address-guard.ts';
import { openWebhookSink } from './adapters/webhook/webhook-sink.ts';
import { feedViewer } from './domain/sharing/feed-viewer.ts';
import type { Sharer } from './domain/sharing/sharer.ts';
import type { SharingPolicy } from './domain/sharing/sharing-policy.ts';
import type { Clock } from './ports/clock.ts';
import type { EventFeed } from './ports/feed.ts';
import type { WebhookPort } from './ports/feeds.ts';
import type { Journal } from './ports/journal.ts';
import type { Log } from './ports/log.ts';
import type { Desk } from './runtime/desk.ts';
import { openFeeds } from './runtime/feeds/feeds.ts';
import { runWebhooks } from './runtime/feeds/webhooks.ts';

export interface FeedsParts {
  readonly dataDir: string;
  readonly desk: Pick<Desk, 'state' | 'command'>;
  readonly journal: Journal;
  readonly events: EventFeed;
  readonly sharer: Sharer;
  readonly sharing: SharingPolicy;
  /** Private addresses that webhooks may post to. */
  readonly webhookAllow: readonly string[];
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  /** Other than the system's, for tests. */
  readonly resolve?: Resolve;
}

/** Everything that carries events out by itself, each with its stored cursor. */
export async function startFeeds(parts: FeedsParts): Promise<WebhookPort & AsyncDisposable> {
  const { desk, journal, events, sharer, clock, random, log } = parts;
  await using opened = new AsyncDisposableStack();
  const db = opened.adopt(openFeedsDatabase(parts.dataDir), (open) => void open.close());
  const book = opened.use(openFeedBook(db, clock, log));
  const secrets = openSecretBook(db, clock);
  const viewerOf = (terms: Parameters<typeof feedViewer>[0]) => feedViewer(terms, parts.sharing);
  const feeds = opened.use(openFeeds({ book, journal, events, sharer, viewerOf, clock, random, log }));
  const guard = createAddressGuard(parts.webhookAllow, parts.resolve);
  const webhooks = opened.use(
    runWebhooks({
      ...{ feeds, secrets, subscriptions: desk.state.subscriptions, commands: desk, events, log },
      sinkFor: ({ id, url }) => openWebhookSink({ url, guard, clock, secrets: () => secrets.secretsOf(id) }),
      checkAddress: (url) => guard.check(new URL(url)),
    }),
  );
  const owned = opened.move();
  return { ...webhooks, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
