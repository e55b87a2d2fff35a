/** How many devices of each kind: those of the goal, 500 in one process. */
export const loadCounts = { portals: 250, units: 200, sensors: 50 } as const;
export const sampleMs = 200;

export interface LoadPorts {
  /** One for each portal. */
  readonly portals: readonly number[];
  readonly modbus: number;
}
export interface LoadReport {
  /** Connections of units so far. */
  readonly units: number;
  readonly pollIntervalsMs: readonly number[];
}

const wrapMs = 1_000_000;

/** When a value was sent, in six digits that stand in it as a count or behind the decimal point: milliseconds, modulo 1,000 s. */
export function encodeTime(ms: number): string {
  return String(Math.floor(ms) % wrapMs).padStart(6, '0');
}

/** Milliseconds from when the value was sent to now. */
export function ageOf(digits: number, nowMs: number): number {
  return (Math.floor(nowMs) + wrapMs - digits) % wrapMs;
}

export function sensorTopic(sensor: number): string {
  return `sensors/s${sensor}`;
}

/** The post: a lane for each device, every portal occupied for as long as the bench lasts. */
export function loadSite(brokerUrl: string, ports: LoadPorts) {
  const lane = (id: string, kind: string) => ({ id, name: id, kind });
  const portals = named('portal', loadCounts.portals);
  const units = named('unit', loadCounts.units);
  const sensors = named('sensor', loadCounts.sensors);
  return {
    version: 1,
    site: { id: 'bench', name: 'Bench', unlocode: 'NLRTM', timeZone: 'Europe/Amsterdam' },
    mqtt: { brokers: { yard: { url: brokerUrl } } },
    lanes: [...[...portals, ...units].map((id) => lane(id, 'vehicle')), ...sensors.map((id) => lane(id, 'cargo'))],
    devices: [
      ...portals.map((id, at) => ({
        id,
        lane: id,
        driver: 'tsa-rpm',
        link: { type: 'tcp', host: '127.0.0.1', port: ports.portals[at] },
        options: { maxOccupancyS: 3_600 },
      })),
      ...units.map((id, at) => ({
        id,
        lane: id,
        driver: 'aspect-rpm',
        link: { type: 'modbus-tcp', host: '127.0.0.1', port: ports.modbus, unit: at + 1 },
        options: { occupiedPollMs: sampleMs },
      })),
      ...sensors.map((id, at) => ({
        id,
        lane: id,
        driver: 'mqtt-map',
        link: { type: 'mqtt', broker: 'yard', topic: sensorTopic(at) },
        options: { profile: 'dose-rate-sensor' },
      })),
    ],
  };
}

function named(kind: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => `${kind}-${at}`);
}
