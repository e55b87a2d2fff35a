import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { DeviceStatus } from '../domain/device.ts';
import type { FeedStatus } from '../domain/feed.ts';

/** What is measured; asked for at each scrape. */
export interface MetricSources {
  devices(): readonly DeviceStatus[];
  /** Sequence of the newest durable event. */
  journalHead(): number;
  feeds(): readonly FeedStatus[];
  /** 1 while the journal can be written. */
  journalOk(): boolean;
  /** Alarms on the board by state and priority. */
  alarms(): readonly { readonly state: string; readonly priority: string }[];
}

/** Prometheus text exposition of the service, in a registry of its own. */
export function createMetrics(sources: MetricSources): () => Promise<string> {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const labelNames = ['device', 'lane'] as const;
  new Gauge({
    name: 'lanewatch_journal_sequence',
    help: 'Sequence of the newest durable event',
    registers,
    collect() {
      this.set(sources.journalHead());
    },
  });
  new Gauge({
    name: 'lanewatch_journal_writable',
    help: '1 while the journal can be written',
    registers,
    collect() {
      this.set(sources.journalOk() ? 1 : 0);
    },
  });
  new Gauge({
    name: 'lanewatch_alarms',
    help: 'Alarms on the board',
    labelNames: ['state', 'priority'],
    registers,
    collect() {
      this.reset();
      for (const { state, priority } of sources.alarms()) this.inc({ state, priority });
    },
  });
  new Gauge({
    name: 'lanewatch_device_online',
    help: '1 while the device is online',
    labelNames,
    registers,
    collect() {
      for (const { id, laneId, state } of sources.devices())
        this.set({ device: id, lane: laneId }, state === 'online' ? 1 : 0);
    },
  });
  for (const kind of ['frames', 'refused', 'ignored', 'attempts', 'reconnects'] as const) {
    new Counter({
      name: `lanewatch_device_${kind}_total`,
      help: `Count of ${kind} per device since the service started`,
      labelNames,
      registers,
      collect() {
        this.reset();
        for (const { id, laneId, counters } of sources.devices())
          this.inc({ device: id, lane: laneId }, counters[kind]);
      },
    });
  }
  // Asked for once a scrape: each answer looks into the journal.
  let feeds: readonly FeedStatus[] = [];
  measureFeeds(registers, () => feeds);
  return () => {
    feeds = sources.feeds();
    return registry.metrics();
  };
}

/** What is measured of each feed, by the name of its metric. */
const feedGauges = {
  lag_events: ['Events recorded since what the feed has dealt with', ({ lag }: FeedStatus) => lag.events],
  lag_seconds: ['For how long the first of them has waited', ({ lag }: FeedStatus) => lag.seconds],
  running: ['1 unless the feed is stopped', ({ state }: FeedStatus) => (state === 'stopped' ? 0 : 1)],
  parked: ['Events given up for now', ({ parked }: FeedStatus) => parked],
} as const;
const feedCounters = {
  accepted: ['Events accepted', ({ accepted }: FeedStatus) => accepted],
  retries: ['Attempts that failed', ({ retries }: FeedStatus) => retries],
} as const;

function measureFeeds(registers: Registry[], feeds: () => readonly FeedStatus[]): void {
  const labelNames = ['feed', 'kind', 'agency'] as const;
  for (const [name, [help, value]] of Object.entries(feedGauges)) {
    new Gauge({
      ...{ name: `lanewatch_feed_${name}`, help, labelNames, registers },
      collect() {
        this.reset();
        for (const status of feeds()) this.set(labelsOf(status), value(status));
      },
    });
  }
  for (const [name, [help, value]] of Object.entries(feedCounters)) {
    new Counter({
      ...{ name: `lanewatch_feed_${name}_total`, help, labelNames, registers },
      collect() {
        this.reset();
        for (const status of feeds()) this.inc(labelsOf(status), value(status));
      },
    });
  }
}

function labelsOf({ id, kind, agency }: FeedStatus) {
  return { feed: id, kind, agency };
}
