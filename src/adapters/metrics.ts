import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { DeviceStatus } from '../domain/device.ts';

/** What is measured; asked for at each scrape. */
export interface MetricSources {
  devices(): readonly DeviceStatus[];
  /** Sequence of the newest durable event. */
  journalHead(): number;
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
  return () => registry.metrics();
}
