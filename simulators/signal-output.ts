import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { openModbusServer } from './modbus-server.ts';
import { openPublisher } from './publisher.ts';
import type { SimulatorDefinition, SimulatorSetup } from './simulator.ts';

const Action = z.discriminatedUnion('do', [
  /** A lamp that does not follow any more: what it shows stays as it is. */
  z.strictObject({ do: z.literal('stick'), lamp: z.int().min(0).max(31), on: z.boolean() }),
  z.strictObject({ do: z.literal('freeze'), durationS: z.number().min(0).max(600) }),
  z.strictObject({ do: z.literal('drop') }),
]);

const lamps = 32;
const followEveryMs = 20;

/**
 * A light tower. Over Modbus lamp n is lit by coil n and shows itself at discrete input n. Over MQTT it says `ON` or `OFF` at
 * `{topic without wildcard}/n`, where a test's broker tells it what was published.
 */
export const signalOutputSimulator: SimulatorDefinition = {
  driver: 'signal-output',
  actions: Action,
  start: (setup) => (setup.link.type === 'mqtt' ? mqttTower(setup) : modbusTower(setup)),
};

async function modbusTower({ deviceId, link }: SimulatorSetup) {
  const server = await openModbusServer(link);
  const stuck = new Set<number>();
  const { coils, discrete } = server.tables;
  const following = setInterval(() => {
    for (let lamp = 0; lamp < lamps; lamp += 1) if (!stuck.has(lamp)) discrete.set(lamp, coils.get(lamp) ?? 0);
  }, followEveryMs);
  return {
    deviceId,
    link: server.link,
    play: async (raw: unknown, signal: AbortSignal) => {
      const action = Action.parse(raw);
      if (action.do === 'drop') return server.drop();
      if (action.do === 'stick') {
        if (action.on) stuck.add(action.lamp);
        else stuck.delete(action.lamp);
        return;
      }
      server.freeze(true);
      await wait(action.durationS * 1000, undefined, { signal }).catch(() => undefined);
      server.freeze(false);
    },
    [Symbol.asyncDispose]: async () => {
      clearInterval(following);
      await server[Symbol.asyncDispose]();
    },
  };
}

/** It shows what it is at the start, and nothing else by itself. */
async function mqttTower({ deviceId, link, brokerUrl }: SimulatorSetup) {
  if (link.type !== 'mqtt' || brokerUrl === undefined) throw new Error(`${deviceId} needs an mqtt link and a broker`);
  const publisher = openPublisher({ brokerUrl, clientId: `${deviceId}-simulator` });
  const topic = link.topic.replace(/\/?[+#].*$/, '');
  await publisher.publish(`${topic}/0`, 'OFF');
  return {
    deviceId,
    link,
    play: async (raw: unknown) => {
      const action = Action.parse(raw);
      if (action.do === 'stick') await publisher.publish(`${topic}/${action.lamp}`, action.on ? 'ON' : 'OFF');
    },
    [Symbol.asyncDispose]: () => publisher[Symbol.asyncDispose](),
  };
}
