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

/** Events as they become durable, one call per commit, in order. A listener must return at once. */
export interface EventFeed {
  subscribe(listener: (events: readonly StoredEvent[]) => void): Disposable;
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
