import { createHash } from 'node:crypto';
import type { DeviceState, DeviceStatus } from '../domain/device.ts';
import type { Link } from '../domain/link.ts';
import type { Clock } from '../ports/clock.ts';
import type { Frame } from '../ports/driver.ts';

/** Refused frames kept for the technician, and how many of their bytes. */
const mostRefusals = 50;
const shownBytes = 256;

export interface MonitoredDevice {
  readonly id: string;
  readonly laneId: string;
  readonly driver: string;
  readonly link: Link;
  readonly silenceMs: number | null;
  readonly enabled: boolean;
}

/** A refused frame in the form it is shown and journalled. */
export interface RefusedFrame {
  readonly at: string;
  readonly code: string;
  readonly reason: string;
  readonly bytes: string;
  readonly length: number;
  readonly sha256: string;
}

/** Health of one device: counts everything, forgets nothing silently, stays bounded. */
export interface DeviceMonitor {
  readonly device: MonitoredDevice;
  state(): DeviceState;
  /** Returns whether the state changed. */
  become(state: DeviceState): boolean;
  attempt(): void;
  failed(code: string, text: string): void;
  heard(frame: Frame, observations: number): void;
  ignored(frame: Frame): void;
  refused(frame: Frame, code: string, reason: string): RefusedFrame;
  settings(settings: DeviceStatus['settings']): void;
  /** How many frames were good, or unknown and harmless. */
  heardFrames(): number;
  status(conditions: DeviceStatus['conditions']): Omit<DeviceStatus, 'service' | 'mode'>;
}

export function createDeviceMonitor(device: MonitoredDevice, clock: Clock): DeviceMonitor {
  const counters = { frames: 0, observations: 0, ignored: 0, refused: 0, attempts: 0, reconnects: 0 };
  const refusedByCode: Record<string, number> = {};
  const refusals: RefusedFrame[] = [];
  let state: DeviceState = device.enabled ? 'connecting' : 'disabled';
  let sinceMs = clock.now();
  let heardMs: number | null = null;
  let lastError: DeviceStatus['lastError'] = null;
  let known: DeviceStatus['settings'] = {};

  return {
    device,
    state: () => state,
    become: (next) => {
      if (next === state) return false;
      if (next === 'online' && heardMs !== null) counters.reconnects += 1;
      state = next;
      sinceMs = clock.now();
      return true;
    },
    attempt: () => {
      counters.attempts += 1;
    },
    failed: (code, text) => {
      lastError = { code, text, at: iso(clock.now()) };
    },
    heard: (frame, observations) => {
      counters.frames += 1;
      counters.observations += observations;
      heardMs = frame.receivedAtMs;
    },
    ignored: (frame) => {
      counters.frames += 1;
      counters.ignored += 1;
      heardMs = frame.receivedAtMs;
    },
    refused: (frame, code, reason) => {
      counters.refused += 1;
      refusedByCode[code] = (refusedByCode[code] ?? 0) + 1;
      const refusal = { at: iso(frame.receivedAtMs), code, reason: reason.slice(0, 500), ...described(frame.bytes) };
      refusals.unshift(refusal);
      refusals.length = Math.min(refusals.length, mostRefusals);
      return refusal;
    },
    settings: (settings) => {
      known = { ...known, ...settings };
    },
    heardFrames: () => counters.frames,
    status: (conditions) => ({
      id: device.id,
      laneId: device.laneId,
      driver: device.driver,
      link: device.link,
      state,
      since: iso(sinceMs),
      lastHeardAt: heardMs === null ? null : iso(heardMs),
      silenceLimitS: device.silenceMs === null ? null : device.silenceMs / 1000,
      lastError,
      counters: { ...counters, refusedByCode: { ...refusedByCode } },
      refusals: [...refusals],
      conditions,
      settings: known,
    }),
  };
}

export function described(bytes: Uint8Array): {
  readonly bytes: string;
  readonly length: number;
  readonly sha256: string;
} {
  return {
    bytes: Buffer.from(bytes.subarray(0, shownBytes)).toString('hex'),
    length: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
