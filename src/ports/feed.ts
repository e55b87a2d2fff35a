import type { StoredEvent } from './journal.ts';

/** A value of the telemetry lane as live screens get it. `at` is the device's time, ISO 8601. */
export interface LiveReading {
  readonly deviceId: string;
  readonly laneId: string;
  readonly quantity: string;
  readonly value: number;
  readonly unit: string;
  readonly quality: 'good' | 'alarm' | 'fault';
  readonly at: string;
}

/** Gets the events of one commit, in order. Must return at once and never throw. */
export type EventListener = (events: readonly StoredEvent[]) => void;

/** Events as they become durable, one call per commit. */
export interface EventFeed {
  subscribe(listener: EventListener): Disposable;
}

/** The telemetry lane: latest values and a bounded memory of the last minutes. */
export interface ReadingFeed {
  subscribe(listener: (reading: LiveReading) => void): Disposable;
  latest(laneIds?: readonly string[]): readonly LiveReading[];
  history(query: {
    readonly device: string;
    readonly quantity?: string | undefined;
    readonly fromMs?: number | undefined;
    readonly toMs?: number | undefined;
  }): readonly LiveReading[];
}
