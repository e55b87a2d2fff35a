import { ageOf, loadCounts, sampleMs } from './load-site.ts';

interface Shown {
  readonly deviceId: string;
  readonly quantity: string;
  readonly value: number;
}

/** How old each value is when the live client gets it, by kind of device. */
export interface Lateness {
  readonly portalsMs: readonly number[];
  readonly sensorsMs: readonly number[];
}

/**
 * Watches readings as a live client gets them. A value that was overtaken by a newer one before it was sent is not
 * left out: it counts as seen with the one that overtook it.
 */
export function watchLateness() {
  let lateness = { portalsMs: [] as number[], sensorsMs: [] as number[] };
  const lastMs = new Map<string, number>();
  const see = ({ deviceId, quantity, value }: Shown, nowMs: number): void => {
    const portal = quantity === 'gamma' && deviceId.startsWith('portal');
    if (!portal && quantity !== 'dose-rate') return;
    // A gamma reading is the sum of a sample's counts, per second.
    const ageMs = ageOf(portal ? value / 5 : Math.round(value * 1_000_000), nowMs);
    const ages = portal ? lateness.portalsMs : lateness.sensorsMs;
    const everyMs = portal ? sampleMs : 1_000;
    const sentMs = nowMs - ageMs;
    const missed = Math.round((sentMs - (lastMs.get(deviceId) ?? sentMs - everyMs)) / everyMs) - 1;
    for (let back = Math.max(0, missed); back >= 0; back -= 1) ages.push(ageMs + back * everyMs);
    lastMs.set(deviceId, sentMs);
  };
  return {
    see: (readings: readonly Shown[]) => {
      const nowMs = Date.now();
      for (const reading of readings) see(reading, nowMs);
    },
    /** How many devices have been seen. */
    devices: () => lastMs.size,
    allSeen: () => lastMs.size === loadCounts.portals + loadCounts.sensors,
    begin: () => {
      lateness = { portalsMs: [], sensorsMs: [] };
    },
    lateness: (): Lateness => lateness,
  };
}
