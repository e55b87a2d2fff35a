import { createHash } from 'node:crypto';
import type { DeskObservation } from '../domain/desk/decision.ts';
import { isoTime } from '../domain/iso-time.ts';
import type { Observation } from '../domain/observation.ts';
import { LanewatchError } from '../errors.ts';
import type { DriverContext, Frame } from '../ports/driver.ts';
import type { Spectra } from '../ports/spectra.ts';
import type { Committer } from './committer.ts';
import type { Desk } from './desk.ts';
import type { DeviceMonitor } from './device-monitor.ts';
import type { ReadingStore } from './readings.ts';

/** Where a device's reports go: readings to the telemetry lane, settings to its status, the rest to the desk. */
export interface Pipeline {
  readonly desk: Desk;
  readonly committer: Committer;
  readonly readings: ReadingStore;
  readonly spectra: Pick<Spectra, 'keep'>;
}

type Reporting = Pick<DriverContext, 'report' | 'ignore' | 'refuse' | 'commit'>;

/**
 * The reporting half of a driver's context for one attempt. `fail` ends the attempt: called when the desk cannot take
 * more in, so that the device keeps what it has not delivered. Once `over`, a straggler's reports count for nothing.
 */
export function reportingFor(
  { desk, committer, readings, spectra }: Pipeline,
  monitor: DeviceMonitor,
  attempt: { readonly fail: (error: LanewatchError) => void; readonly heard: () => void; readonly over: () => boolean },
): Reporting {
  const { id: deviceId, laneId } = monitor.device;
  const guarded = (take: () => void): void => {
    if (attempt.over()) return;
    try {
      take();
    } catch (error) {
      attempt.fail(
        error instanceof LanewatchError ? error : new LanewatchError('internal', 'the desk failed', { cause: error }),
      );
    }
  };
  const tellDesk = ({ receivedAtMs }: Frame, observation: DeskObservation, sha256: string): void => {
    const raw = { deviceId, receivedAt: isoTime(receivedAtMs), sha256 };
    desk.take({ type: 'observation', deviceId, laneId, observation, raw, receivedAtMs });
  };
  const pass = (frame: Frame, observation: Observation, raw: () => string): void => {
    if (observation.type === 'settings') {
      monitor.settings(observation.settings);
    } else if (observation.type === 'reading') {
      const { quantity, value, unit, quality, observedAtMs } = observation;
      readings.put({ deviceId, laneId, quantity, value, unit, quality, atMs: observedAtMs });
    } else if (observation.type === 'occupancy-report') {
      const kept = observation.spectra && {
        id: spectra.keep(observation.spectra),
        count: observation.spectra.spectra.length,
      };
      tellDesk(frame, { ...observation, spectra: kept }, raw());
    } else {
      tellDesk(frame, observation, raw());
    }
  };
  return {
    report: (frame, observations) =>
      guarded(() => {
        monitor.heard(frame, observations.length);
        attempt.heard();
        const raw = digestOf(frame);
        for (const observation of observations) pass(frame, observation, raw);
      }),
    ignore: (frame) =>
      guarded(() => {
        monitor.ignored(frame);
        attempt.heard();
      }),
    refuse: (frame, code, reason) =>
      guarded(() => {
        const { at: receivedAt, ...refusal } = monitor.refused(frame, code, reason);
        // An acknowledgement is owed: the refusal must be durable before it is given.
        if (frame.held === true) desk.take({ type: 'refused', refused: { deviceId, laneId, receivedAt, ...refusal } });
      }),
    commit: async () => {
      if (attempt.over()) throw new LanewatchError('stopping', 'the attempt is over');
      await committer.durable();
    },
  };
}

/** SHA-256 of the frame, worked out when first asked for: most frames hold readings only. */
function digestOf(frame: Frame): () => string {
  let digest: string | null = null;
  return () => {
    digest ??= createHash('sha256').update(frame.bytes).digest('hex');
    return digest;
  };
}
