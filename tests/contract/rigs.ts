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
import { type DriverBench, runDriver, silentLog } from '../support/driver-bench.ts';
import { bundledProfile } from '../support/profiles.ts';
import { type SupervisedBench, superviseDriver } from '../support/supervised-bench.ts';

/** How a driver is put to the proof: its wire, its options, and what its simulator is told. */
export interface Rig {
  readonly driver: string;
  readonly link: Link;
  readonly options?: object;
  readonly profile?: string;
  /** Makes it send one frame, or change what it answers, again and again. */
  readonly alive: object;
  /** A value that cannot be, where the bytes are good, and what makes it good again. */
  readonly implausible?: readonly [object, object];
  /** A line of nothing but its value: it does not show whether it is whole, nor whether it is the same read again. */
  readonly bare?: true;
}

const tcp: Link = { type: 'tcp', host: '127.0.0.1', port: 0 };
const modbus: Link = { type: 'modbus-tcp', host: '127.0.0.1', port: 0, unit: 1, timeoutMs: 800 };
const mqtt: Link = { type: 'mqtt', broker: 'embedded', topic: 'contract/device', qos: 1 };

/** The registered drivers, and the one that is there to be copied. */
export const contracted: ReadonlyMap<string, DriverDefinition> = new Map([
  ...drivers,
  [blueprint.name, blueprint as DriverDefinition],
]);

const passing = { do: 'passing', nuclides: ['Cs-137'], durationS: 0.5, channels: 64 };
const read = { do: 'read', kind: 'bag-tag', value: '0220123456' };

/** Each of them, on the wires that differ in kind: a driver without one is a failing test. */
export const rigs: readonly Rig[] = [
  { driver: 'tsa-rpm', link: tcp, alive: { do: 'tamper', on: true } },
  {
    driver: 'aspect-rpm',
    link: modbus,
    options: { idlePollMs: 50, occupiedPollMs: 50 },
    alive: { do: 'occupancy', durationS: 0.2 },
    implausible: [{ do: 'implausible' }, { do: 'occupancy', durationS: 0.2 }],
  },
  { driver: 'n42', link: tcp, alive: passing },
  { driver: 'n42', link: mqtt, alive: passing },
  { driver: 'xray-tdr', link: mqtt, profile: 'dicos', alive: { do: 'scan', decision: 'CLEAR' } },
  {
    driver: 'xray-plc',
    link: modbus,
    options: { pollMs: 30 },
    alive: { do: 'scan', result: 'clear' },
    implausible: [{ do: 'implausible' }, { do: 'scan', result: 'clear' }],
  },
  { driver: 'trace-record', link: tcp, profile: 'generic-ims', alive: { do: 'sample' } },
  { driver: 'identity-reader', link: mqtt, alive: read },
  { driver: 'identity-reader', link: tcp, alive: read, bare: true },
  {
    driver: 'modbus-map',
    link: modbus,
    profile: 'light-tower',
    options: { profile: 'light-tower' },
    alive: { do: 'set', table: 'discrete', address: 4, value: 1 },
    implausible: [
      { do: 'exception', on: true },
      { do: 'exception', on: false },
    ],
  },
  {
    driver: 'mqtt-map',
    link: mqtt,
    profile: 'dose-rate-sensor',
    options: { profile: 'dose-rate-sensor' },
    alive: { do: 'publish', document: { doseRate: { value: 0.1 } } },
    implausible: [
      { do: 'publish', document: { doseRate: { value: 'much' } } },
      { do: 'publish', document: { doseRate: { value: 0.1 } } },
    ],
  },
  {
    driver: 'signal-output',
    link: modbus,
    options: {
      signals: [{ name: 'red', write: { table: 'coils', address: 0 }, readBack: { table: 'discrete', address: 0 } }],
    },
    alive: { do: 'stick', lamp: 5, on: true },
  },
  { driver: 'blueprint', link: tcp, alive: { do: 'scan' } },
];

/** For `describe.each`: driver and link, then the rig. */
export const named = rigs.map((rig) => [`${rig.driver} over ${rig.link.type}`, rig] as const);

export interface Post extends AsyncDisposable {
  readonly definition: DriverDefinition;
  readonly simulator: Simulator;
  readonly brokerUrl: string | undefined;
  readonly parts: { readonly bus?: MessageBus; readonly workers: Workers; readonly profile?: unknown };
  /** Takes the device away, in the middle of whatever it says. */
  unplug(): Promise<void>;
}

/** Starts the driver's simulator on its real wire, with a broker where the wire is one. */
export async function startRig(rig: Rig): Promise<Post> {
  const definition = contracted.get(rig.driver);
  const simulation = simulators.get(rig.driver);
  if (definition === undefined || simulation === undefined) throw new Error(`${rig.driver} has no simulator`);
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
  const profile = rig.profile === undefined ? undefined : bundledProfile(rig.driver, rig.profile);
  const owned = opened.move();
  return {
    definition,
    simulator,
    brokerUrl,
    parts: { workers, profile, ...(broker === null ? {} : { bus: broker }) },
    unplug,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** One attempt of the rig's driver. */
export function runRig(
  rig: Rig,
  post: Post,
  parts: Parameters<typeof runDriver>[3] & { link?: Link } = {},
): DriverBench {
  const { link = post.simulator.link, ...more } = parts;
  return runDriver(post.definition, link, rig.options, { ...post.parts, ...more });
}

/** The rig's driver under the supervisor. */
export function superviseRig(rig: Rig, post: Post): SupervisedBench {
  return superviseDriver(post.definition, post.simulator.link, { options: rig.options, ...post.parts });
}
