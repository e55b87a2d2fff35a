import { startEmbeddedBroker } from '../drivers/transport/embedded-broker.ts';
import { externalBroker } from '../drivers/transport/mqtt.ts';
import { createWiring, type Wiring } from '../drivers/transport/wiring.ts';
import type { LoadedConfig } from './config/load-config.ts';
import { LanewatchError } from './errors.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { MessageBus } from './ports/message-bus.ts';

export interface Wires extends AsyncDisposable {
  readonly wiring: Wiring;
  /** A configured broker by name, or `embedded`. Throws `configuration-fault`. */
  bus(name: string): MessageBus;
}

/** Brokers and links of a post as configured; the built-in broker listens from now on. */
export async function openWires(
  { config, secrets }: Pick<Extract<LoadedConfig, { ok: true }>, 'config' | 'secrets'>,
  clock: Clock,
  log: Log,
): Promise<Wires> {
  await using opened = new AsyncDisposableStack();
  const buses = new Map<string, MessageBus>();
  if (config.mqtt.embedded !== undefined) {
    buses.set('embedded', opened.use(await startEmbeddedBroker(config.mqtt.embedded, log)));
  }
  for (const [name, { url, protocolVersion, tls }] of Object.entries(config.mqtt.brokers)) {
    const settings = {
      url,
      protocolVersion,
      tls,
      ...secrets.brokers[name],
      clientIdPrefix: `lanewatch-${config.site.id}`,
    };
    buses.set(name, externalBroker(settings, log));
  }
  const bus = (name: string): MessageBus => {
    const found = buses.get(name);
    if (found === undefined) throw new LanewatchError('configuration-fault', `broker ${name} is not configured`);
    return found;
  };
  const owned = opened.move();
  return { wiring: createWiring(bus, clock), bus, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
