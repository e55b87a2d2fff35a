import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../src/adapters/sqlite/database.ts';
import { openJournal } from '../../src/adapters/sqlite/journal.ts';
import { openRecords } from '../../src/adapters/sqlite/records.ts';
import type { Resolve } from '../../src/adapters/webhook/address-guard.ts';
import { type FeedsParts, startFeeds } from '../../src/app-feeds.ts';
import { AlarmPolicy } from '../../src/domain/alarm-policy.ts';
import { ExaminationPolicy } from '../../src/domain/examination-policy.ts';
import { RetentionPolicy } from '../../src/domain/sharing/retention.ts';
import { createSharer } from '../../src/domain/sharing/sharer.ts';
import { SharingPolicy } from '../../src/domain/sharing/sharing-policy.ts';
import { Lane, MatchingPolicy, Site } from '../../src/domain/site.ts';
import { SubscriptionInput } from '../../src/domain/subscription.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { WebhookPort } from '../../src/ports/feeds.ts';
import type { Journal } from '../../src/ports/journal.ts';
import { createCommitter } from '../../src/runtime/committer.ts';
import { type Desk, openDesk } from '../../src/runtime/desk.ts';
import { silentLog } from '../support/driver-bench.ts';
import { englishGuidance } from '../support/guidance.ts';
import { noBrokerFeeds } from '../support/no-broker-feeds.ts';
import { noSnapshots } from '../support/restarted-desk.ts';

/** The feeds behind a real journal and desk, on a clock of the test's; what they send to is up to the test. */
export interface FeedBench extends AsyncDisposable {
  readonly desk: Desk;
  readonly journal: Journal;
  feeds(): WebhookPort;
  /** So many durable events that anybody may have; answers the sequence of the last. */
  record(count: number): Promise<number>;
  /** Subscribes, and answers id and secret. */
  subscribe(url: string, terms?: Partial<SubscriptionInput>): Promise<{ readonly id: string; readonly secret: string }>;
  /** Ends all feeds and starts them again on what is kept. */
  restart(): Promise<void>;
}

export interface FeedBenchParts {
  readonly clock: Clock;
  readonly random?: () => number;
  readonly resolve?: Resolve;
  readonly allow?: readonly string[];
  /** Feeds to brokers, and what they need. */
  readonly configured?: Partial<Pick<FeedsParts, 'config' | 'secrets' | 'bus'>>;
}

const actor = { by: 'the test', role: 'administrator' };

export async function startFeedBench({
  clock,
  random = () => 0,
  resolve,
  allow = ['127.0.0.1'],
  configured = {},
}: FeedBenchParts) {
  await using opened = new AsyncDisposableStack();
  const dataDir = opened.adopt(mkdtempSync(join(tmpdir(), 'feeds-')), (made) => rmSync(made, { recursive: true }));
  const db = opened.adopt(openDatabase(dataDir), (open) => void open.close());
  const journal = openJournal(db, 'post', clock);
  const committer = opened.use(createCommitter(journal, clock, silentLog));
  const context = {
    newId: randomUUID,
    site: Site.parse({ id: 'post', name: 'Post', unlocode: 'NLRTM', timeZone: 'Europe/Amsterdam' }),
    lanes: new Map(
      ['lane-1', 'lane-2'].map((id) => [
        id,
        Lane.parse({ id, name: id, kind: 'vehicle', join: { beforeS: 0, settleS: 0.1 } }),
      ]),
    ),
    deviceIds: new Set(['rpm-1', 'rpm-2']),
    deviceModes: new Map(),
    alarms: AlarmPolicy.parse({}),
    guidance: englishGuidance(),
    matching: MatchingPolicy.parse({}),
    examinations: ExaminationPolicy.parse({}),
  };
  const records = openRecords(db);
  const desk = openDesk({ journal, snapshots: noSnapshots, records, committer, clock, context });
  const sharer = createSharer({ retention: RetentionPolicy.parse({}), now: () => clock.now() });
  const start = () =>
    startFeeds({
      ...{ dataDir, desk, journal, events: committer.events, sharer, sharing: SharingPolicy.parse({}) },
      ...{ webhookAllow: allow, clock, random, log: silentLog, ...(resolve && { resolve }) },
      ...{ ...noBrokerFeeds, records, ...configured },
    });
  let feeds = await start();
  opened.defer(() => feeds[Symbol.asyncDispose]());
  let counter = 0;

  const owned = opened.move();
  const bench: FeedBench = {
    desk,
    journal,
    feeds: () => feeds,
    record: async (count) => {
      for (let number = 0; number < count; number += 1) {
        counter += 1;
        const receivedAtMs = clock.now();
        const device = { deviceId: 'rpm-1', laneId: 'lane-1' };
        const observation = { type: 'occupancy-missed', missed: 1, counter, observedAtMs: receivedAtMs } as const;
        const raw = { deviceId: 'rpm-1', receivedAt: new Date(receivedAtMs).toISOString(), sha256: 'a'.repeat(64) };
        desk.take({ type: 'observation', ...device, observation, raw, receivedAtMs });
      }
      await committer.durable();
      return journal.head().sequence;
    },
    subscribe: async (url, terms = {}) => {
      const asked = { url, types: ['lanewatch.occupancy.*'], agency: 'tu', purpose: 'targeting', ...terms };
      const put = { type: 'put-subscription', subscription: SubscriptionInput.parse(asked) } as const;
      const { resource } = await desk.command(put, actor);
      return { id: resource.id, secret: feeds.secretFor(resource, 0) ?? '' };
    },
    restart: async () => {
      await feeds[Symbol.asyncDispose]();
      feeds = await start();
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
  return bench;
}
