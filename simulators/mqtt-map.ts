import { z } from 'zod';
import { openDocumentSender } from './documents.ts';
import type { SimulatorDefinition } from './simulator.ts';

/** What can be done to any device that publishes. */
const Action = z.discriminatedUnion('do', [
  /** A JSON document; `time: true` puts the device's clock under `time`. */
  z.strictObject({
    do: z.literal('publish'),
    document: z.record(z.string(), z.unknown()),
    time: z.boolean().default(true),
  }),
  z.strictObject({ do: z.literal('raw'), text: z.string() }),
  z.strictObject({ do: z.literal('garble') }),
  z.strictObject({ do: z.literal('repeat') }),
  z.strictObject({ do: z.literal('clock'), offsetS: z.number() }),
]);

/** A device that publishes whatever its scenario says. */
export const mqttMapSimulator: SimulatorDefinition = {
  driver: 'mqtt-map',
  actions: Action,
  start: async (setup) => {
    const sender = openDocumentSender(setup);
    return {
      deviceId: setup.deviceId,
      link: setup.link,
      play: async (raw) => {
        const action = Action.parse(raw);
        switch (action.do) {
          case 'publish':
            return sender.send(action.time ? { time: sender.time(), ...action.document } : action.document);
          case 'raw':
            return sender.send(action.text);
          case 'garble':
            return sender.send('{"doseRate":');
          case 'repeat':
            return sender.repeat();
          case 'clock':
            return sender.setClock(action.offsetS);
          default:
            action satisfies never;
        }
      },
      [Symbol.asyncDispose]: () => sender[Symbol.asyncDispose](),
    };
  },
};
