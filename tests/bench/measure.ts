import { setTimeout as wait } from 'node:timers/promises';
import { connectAsync } from 'mqtt';
import { until } from '../support/until.ts';
import { type Path, topic } from './paths.ts';

export interface Latency {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** A bag's alarm, about 300 bytes, each of its own bag so that each is its own passage and alarm. */
function alarmOf(id: number): string {
  return JSON.stringify({
    scanId: `s${id}`,
    tdrType: 'MACHINE',
    alarmDecision: 'ALARM',
    alarmDecisionTime: new Date().toISOString(),
    abort: null,
    ooi: { id: String(1_000_000_000 + id), idType: 'BARCODE', type: 'BAGGAGE' },
    scanType: 'OPERATIONAL',
    threats: [],
  });
}

/** Publishes at a steady rate and times each alarm from its publish to the live client. */
export async function measureLatency(path: Path, perSecond: number, seconds: number): Promise<Latency> {
  const sent = new Map<string, number>();
  const tookMs: number[] = [];
  path.onArrival((scanId) => {
    const at = sent.get(scanId);
    if (at !== undefined) tookMs.push(performance.now() - at);
    sent.delete(scanId);
  });
  const client = await connectAsync(path.brokerUrl, { protocolVersion: 4 });
  const warmUp = perSecond;
  const count = warmUp + perSecond * seconds;
  const began = performance.now();
  for (let id = 0; id < count; id += 1) {
    const dueMs = began + (id * 1000) / perSecond - performance.now();
    if (dueMs > 1) await wait(dueMs);
    sent.set(`s${id}`, performance.now());
    client.publish(topic, alarmOf(id), { qos: 1 });
  }
  await until('every alarm at the client', () => tookMs.length === count, 60_000);
  await client.endAsync();
  const sorted = tookMs.slice(warmUp).sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
}

/** Publishes as fast as the broker takes it; alarms a second from the first publish to the last arrival, none lost. */
export async function measureRate(path: Path, count: number): Promise<number> {
  const waiting = new Set<string>();
  path.onArrival((scanId) => waiting.delete(scanId));
  const client = await connectAsync(path.brokerUrl, { protocolVersion: 4 });
  const began = performance.now();
  for (let id = 0; id < count; id += 1) {
    waiting.add(`s${id}`);
    client.publish(topic, alarmOf(id), { qos: 1 });
    if (id % 500 === 499) await wait(1);
  }
  await until('every alarm at the client', () => waiting.size === 0, 120_000);
  const tookS = (performance.now() - began) / 1000;
  await client.endAsync();
  return count / tookS;
}
