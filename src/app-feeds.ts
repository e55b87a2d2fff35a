import { openFeedBook } from './adapters/feeds/feed-book.ts';
import { openFeedsDatabase } from './adapters/feeds/feeds-database.ts';
import { openMqttSink } from './adapters/feeds/mqtt-sink.ts';
import { openNatsSink } from './adapters/feeds/nats-sink.ts';
import { openSecretBook } from './adapters/feeds/secret-book.ts';
import { createAddressGuard, type Resolve } from './adapters/webhook/address-guard.ts';
import { openWebhookSink } from './adapters/webhook/webhook-sink.ts';
import type { Secrets } from './config/secrets.ts';
import type { SiteConfig } from './config/site-config.ts';
import { feedViewer } from './domain/sharing/feed-viewer.ts';
import type { Sharer } from './domain/sharing/sharer.ts';
import type { SharingPolicy } from './domain/sharing/sharing-policy.ts';
import type { FeedTerms } from './domain/subscription.ts';
import type { Clock } from './ports/clock.ts';
import type { EventFeed } from './ports/feed.ts';
import type { WebhookPort } from './ports/feeds.ts';
import type { Journal, Records } from './ports/journal.ts';
import type { Log } from './ports/log.ts';
import type { MessageBus } from './ports/message-bus.ts';
import type { Desk } from './runtime/desk.ts';
import { type Feeds, openFeeds } from './runtime/feeds/feeds.ts';
import { publishLaneAlarms } from './runtime/feeds/lane-alarms.ts';
import { brokerSchedule } from './runtime/feeds/retry-schedule.ts';
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
  /** Newest event when the service started: where feeds begin that have never run. */
  readonly firstSequence: number;
  readonly config: Pick<SiteConfig, 'feeds' | 'lanes'>;
  /** By feed. */
  readonly secrets: Secrets['feeds'];
  readonly records: Pick<Records, 'alarms'>;
  bus(name: string): MessageBus;
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
  startBrokerFeeds(parts, feeds, opened);
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

/** Feeds of the configuration: they are known, with their lag, also while they are disabled. */
function startBrokerFeeds(parts: FeedsParts, feeds: Feeds, opened: AsyncDisposableStack): void {
  const { config, firstSequence, clock, sharing } = parts;
  const know = (kind: 'mqtt' | 'nats', { id, from, terms }: { id: string; from: string; terms: FeedTerms }) =>
    feeds.know({ id, kind, terms, startAfter: from === 'now' ? firstSequence : 0 });

  for (const { id, from, enabled, broker, topic, qos: _qos, ...terms } of config.feeds.mqtt) {
    know('mqtt', { id, from, terms });
    if (!enabled) continue;
    const bus = parts.bus(broker);
    feeds.start(id, { sink: openMqttSink({ id: `feed-${id}`, bus, topic, clock }), schedule: brokerSchedule });
    const lanes = terms.lanes ?? config.lanes.map((lane) => lane.id);
    const viewer = feedViewer(terms, sharing);
    opened.use(publishLaneAlarms({ ...parts, id: `feed-${id}`, bus, topic, lanes, viewer }));
  }
  for (const { id, from, enabled, ...feed } of config.feeds.nats) {
    const { types, agency, purpose, lanes, tlp, personalData, includeNonOperational, ...settings } = feed;
    const limits = { ...(lanes && { lanes }), ...(tlp && { tlp }), ...(personalData && { personalData }) };
    know('nats', { id, from, terms: { types, agency, purpose, includeNonOperational, ...limits } });
    if (!enabled) continue;
    feeds.start(id, { sink: openNatsSink({ id, ...settings, ...parts.secrets[id] }), schedule: brokerSchedule });
  }
}
