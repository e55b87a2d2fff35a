import type { Device } from '../src/config/site-config.ts';
import { messageOf } from '../src/errors.ts';
import { simulators } from './index.ts';
import { seededRandom } from './random.ts';
import type { Simulator } from './simulator.ts';

/** The simulated devices of a post, by id. */
export interface Post extends AsyncDisposable {
  readonly devices: ReadonlyMap<string, Simulator>;
  /** Starts those that publish to a broker; the others listen from the beginning. */
  publishTo(brokerUrl: string): Promise<void>;
}

/** Starts the device's side of every link: first what the service connects to, then, when told, what connects to a broker. */
export async function startPost(devices: readonly Device[], seed: number): Promise<Post> {
  await using opened = new AsyncDisposableStack();
  const running = new Map<string, Simulator>();
  const start = async ({ id, driver, link, options }: Device, index: number, brokerUrl?: string) => {
    const definition = simulators.get(driver);
    if (definition === undefined) throw new Error(`there is no simulator for driver ${driver}`);
    const setup = { deviceId: id, link, options, brokerUrl, random: seededRandom(seed + index) };
    try {
      running.set(id, await definition.start(setup));
    } catch (error) {
      throw new Error(`the simulated ${id} cannot start: ${messageOf(error)}`, { cause: error });
    }
  };
  opened.defer(async () => {
    await Promise.all([...running.values()].map((simulator) => simulator[Symbol.asyncDispose]()));
  });
  for (const [index, device] of devices.entries()) if (device.link.type !== 'mqtt') await start(device, index);

  const owned = opened.move();
  return {
    devices: running,
    publishTo: async (brokerUrl) => {
      for (const [index, device] of devices.entries())
        if (device.link.type === 'mqtt') await start(device, index, brokerUrl);
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
