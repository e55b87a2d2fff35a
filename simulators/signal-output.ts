import { z } from 'zod';
import { defineSimulator, type SimulatedDevice } from './define-simulator.ts';
import { openDocumentSender } from './documents.ts';
import { openModbusServer } from './modbus-server.ts';
import type { SimulatorSetup } from './simulator.ts';

/** What the tower can be told to do, beside the common faults. */
const Action = z.discriminatedUnion('do', [
  /** A lamp that does not follow any more: what it shows stays as it is. */
  z.strictObject({ do: z.literal('stick'), lamp: z.int().min(0).max(31), on: z.boolean() }),
]);
type Action = z.infer<typeof Action>;

const lamps = 32;
const followEveryMs = 20;

/**
 * A light tower. Over Modbus lamp n is lit by coil n and shows itself at discrete input n. Over MQTT it says `ON` or `OFF` at
 * `{topic without wildcard}/n`, where a test's broker tells it what was published.
 */
export const signalOutputSimulator = defineSimulator({
  driver: 'signal-output',
  actions: Action,
  start: (setup) => (setup.link.type === 'mqtt' ? mqttTower(setup) : modbusTower(setup)),
});

async function modbusTower({ link }: SimulatorSetup): Promise<SimulatedDevice<Action>> {
  const wire = await openModbusServer(link);
  const stuck = new Set<number>();
  const { coils, discrete } = wire.tables;
  const following = setInterval(() => {
    for (let lamp = 0; lamp < lamps; lamp += 1) if (!stuck.has(lamp)) discrete.set(lamp, coils.get(lamp) ?? 0);
  }, followEveryMs);
  return {
    wire,
    play: async ({ lamp, on }) => {
      if (on) stuck.add(lamp);
      else stuck.delete(lamp);
    },
    stop: () => clearInterval(following),
  };
}

/** It shows what it is at the start, and nothing else by itself. */
async function mqttTower(setup: SimulatorSetup): Promise<SimulatedDevice<Action>> {
  const wire = openDocumentSender(setup);
  const topic = setup.link.type === 'mqtt' ? setup.link.topic.replace(/\/?[+#].*$/, '') : '';
  await wire.send('OFF', `${topic}/0`);
  return { wire, play: ({ lamp, on }) => wire.send(on ? 'ON' : 'OFF', `${topic}/${lamp}`) };
}
