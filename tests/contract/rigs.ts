import { blueprint } from '../../drivers/blueprint/definition.ts';
import { drivers } from '../../drivers/index.ts';
import { startEmbeddedBroker } from '../../drivers/transport/embedded-broker.ts';
import { simulators } from '../../simulators/index.ts';
import type { Simulator } from '../../simulators/simulator.ts';
import { openWorkerPool } from '../../src/adapters/worker-pool.ts';
import type { Link } from '../../src/domain/link.ts';
import type { DriverDefinition } from '../../src/ports/driver.ts';
import type { MessageBus } from '../../src/ports/message-bus.ts';
import type { Workers } from '../../src/ports/workers.ts';
import { silentLog } from '../support/driver-bench.ts';
import { bundledProfile } from '../support/profiles.ts';

/** How a driver is put to the proof: its wire, its options, and what its simulator is told. */
export interface Rig {
  readonly link: Link;
  readonly options?: object;
  readonly profile?: string;
  /** Makes it report something that it can report again and again. */
  readonly alive: object;
  /** Sends a frame that must be refused; undefined where the wire carries only what we ask for and nothing can be garbled. */
  readonly garbage?: object;
  /** Makes good what garbage has spoilt, where it lasts. */
  readonly mend?: object;
}

const tcp: Link = { type: 'tcp', host: '127.0.0.1', port: 0 };
const modbus: Link = { type: 'modbus-tcp', host: '127.0.0.1', port: 0, unit: 1, timeoutMs: 500 };
const mqtt: Link = { type: 'mqtt', broker: 'embedded', topic: 'contract/device', qos: 1 };

/** The registered drivers, and the one that is there to be copied. */
export const contracted: ReadonlyMap<string, DriverDefinition> = new Map([
  ...drivers,
  [blueprint.name, blueprint as DriverDefinition],
]);

/** Each of them: a missing one is a failing test. */
export const rigs: Readonly<Record<string, Rig>> = {
  'tsa-rpm': { link: tcp, alive: { do: 'tamper', on: true }, garbage: { do: 'garble' } },
  'aspect-rpm': {
    link: modbus,
    options: { idlePollMs: 50, occupiedPollMs: 50 },
    alive: { do: 'skip-objects', count: 2 },
    garbage: { do: 'implausible' },
    mend: { do: 'occupancy', durationS: 0.2, speedup: 10 },
  },
  n42: {
    link: tcp,
    alive: { do: 'passing', nuclides: ['Cs-137'], durationS: 0.5, channels: 64 },
    garbage: { do: 'garble' },
  },
  'xray-tdr': { link: mqtt, alive: { do: 'scan', decision: 'CLEAR' }, garbage: { do: 'raw', text: '{"scanId":' } },
  'xray-plc': {
    link: modbus,
    options: { pollMs: 30 },
    alive: { do: 'scan', result: 'clear' },
    garbage: { do: 'implausible' },
    mend: { do: 'scan', result: 'clear' },
  },
  'trace-record': { link: tcp, profile: 'generic-ims', alive: { do: 'sample' }, garbage: { do: 'garble' } },
  'identity-reader': {
    link: tcp,
    alive: { do: 'read', kind: 'bag-tag', value: '0220123456' },
    garbage: { do: 'garble' },
  },
  'modbus-map': {
    link: modbus,
    profile: 'light-tower',
    options: { profile: 'light-tower' },
    alive: { do: 'set', table: 'discrete', address: 4, value: 1 },
    garbage: { do: 'exception', on: true },
    mend: { do: 'exception', on: false },
  },
  'mqtt-map': {
    link: mqtt,
    profile: 'dose-rate-sensor',
    options: { profile: 'dose-rate-sensor' },
    alive: { do: 'publish', document: { doseRate: { value: 0.1 } } },
    garbage: { do: 'garble' },
  },
  'signal-output': {
    link: modbus,
    options: {
      signals: [{ name: 'red', write: { table: 'coils', address: 0 }, readBack: { table: 'discrete', address: 0 } }],
    },
    alive: { do: 'stick', lamp: 5, on: true },
  },
  blueprint: { link: tcp, alive: { do: 'scan' }, garbage: { do: 'garble' } },
};

export interface Post extends AsyncDisposable {
  readonly definition: DriverDefinition;
  readonly simulator: Simulator;
  readonly parts: { readonly bus?: MessageBus; readonly workers: Workers; readonly profile?: unknown };
  /** Takes the device away, in the middle of whatever it says. */
  unplug(): Promise<void>;
}

/** Starts the driver's simulator on its real wire, with a broker where the wire is one. */
export async function startRig(name: string): Promise<Post> {
  const rig = rigs[name];
  const definition = contracted.get(name);
  const simulation = simulators.get(name);
  if (rig === undefined || definition === undefined || simulation === undefined) throw new Error(`no rig for ${name}`);
  await using opened = new AsyncDisposableStack();
  const workers = opened.use(openWorkerPool());
  const broker = rig.link.type === 'mqtt' ? await startEmbeddedBroker({ host: '127.0.0.1', port: 0 }, silentLog) : null;
  const brokerUrl = broker === null ? undefined : `mqtt://127.0.0.1:${broker.port}`;
  const simulator = await simulation.start({ deviceId: 'device-1', link: rig.link, brokerUrl, random: () => 0.5 });
  let plugged = true;
  const unplug = async () => {
    if (!plugged) return;
    plugged = false;
    await simulator[Symbol.asyncDispose]();
    await broker?.[Symbol.asyncDispose]();
  };
  opened.defer(unplug);
  const profile = rig.profile === undefined ? undefined : bundledProfile(name, rig.profile);
  const owned = opened.move();
  return {
    definition,
    simulator,
    parts: { workers, profile, ...(broker === null ? {} : { bus: broker }) },
    unplug,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
