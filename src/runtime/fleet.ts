import type { DeviceStatus } from '../domain/device.ts';
import type { DriverDefinition } from '../ports/driver.ts';
import type { Wire } from '../ports/wire.ts';
import { createDeviceMonitor, type MonitoredDevice } from './device-monitor.ts';
import { type Supervision, supervise } from './supervisor.ts';

/** A configured device with its driver. `options` have passed the driver's own schema. */
export interface FleetDevice extends Omit<MonitoredDevice, 'silenceMs' | 'driver'> {
  readonly mode: DeviceStatus['mode'];
  readonly definition: DriverDefinition;
  readonly options: unknown;
  readonly profile: unknown;
  readonly wire: Wire;
}

/** All devices of the post, each supervised on its own: one never disturbs another. */
export interface Fleet extends AsyncDisposable {
  statuses(): readonly DeviceStatus[];
}

export function startFleet(devices: readonly FleetDevice[], parts: Supervision): Fleet {
  const stopper = new AbortController();
  const members = devices.map(({ definition, options, profile, wire, mode, ...device }) => {
    const silenceMs = definition.silenceMs(options, profile, device.link.type);
    const monitor = createDeviceMonitor({ ...device, driver: definition.name, silenceMs }, parts.clock);
    const supervised = { ...parts, definition, options, profile, wire, monitor, kept: new Map<string, number>() };
    const done = device.enabled ? supervise(supervised, stopper.signal) : Promise.resolve();
    return { monitor, mode, done };
  });
  return {
    statuses: () =>
      members.map(({ monitor, mode }) => {
        const { state } = parts.pipeline.desk;
        const known = state.devices.get(monitor.device.id)?.conditions.values() ?? [];
        const conditions = [...known].map(({ code, severity, text, observedAt }) => ({
          code,
          severity,
          text,
          since: observedAt,
        }));
        const service = state.services.device.get(monitor.device.id) ?? null;
        return { ...monitor.status(conditions), mode, service };
      }),
    [Symbol.asyncDispose]: async () => {
      stopper.abort();
      await Promise.all(members.map(({ done }) => done));
    },
  };
}
