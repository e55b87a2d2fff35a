import { Lane } from '../../src/domain/site.ts';
import { closing, gamma, gammaFinding } from '../support/desk-bench.ts';
import { bareDesk, disposeOf, seen } from './bare-desk.ts';
import type { Traffic } from './traffic.ts';

const lanes = Array.from({ length: 500 }, (_, number) =>
  Lane.parse({ id: `lane-${number}`, name: `Lane ${number}`, kind: 'vehicle', join: { settleS: 1 } }),
);

/**
 * Vehicles, each in a portal that alarms on gamma and on neutrons: two alarms in a passage that stands open already. A round
 * is ten seconds, in which one vehicle passes each of 500 lanes.
 */
export function portalTraffic(keepMs: number): Traffic {
  const desk = bareDesk(keepMs, lanes);
  const devices = lanes.map(({ id }, number) => ({ deviceId: `rpm-${number}`, laneId: id }));
  const neutron = gammaFinding({ channel: 'neutron', background: 1, threshold: 5, peak: 9 });
  return {
    desk,
    arrive: () => {
      const { nowMs } = desk;
      for (const { deviceId, laneId } of devices) {
        desk.feed(seen(desk, deviceId, laneId, { type: 'occupancy-opened', complete: true, observedAtMs: nowMs }));
      }
      return devices.flatMap(({ deviceId, laneId }) => [
        seen(desk, deviceId, laneId, gamma(nowMs, 1)),
        seen(desk, deviceId, laneId, { ...gamma(nowMs, 1), signal: 'neutron', finding: neutron }),
      ]);
    },
    finish: (raised) => {
      const events = [...disposeOf(desk, raised)];
      desk.nowMs += 4_000;
      for (const { deviceId, laneId } of devices) {
        events.push(...desk.feed(seen(desk, deviceId, laneId, closing(desk.nowMs))));
      }
      desk.nowMs += 6_000;
      return [...events, ...desk.feed({ type: 'tick' })];
    },
  };
}
