import { z } from 'zod';
import { defineSimulator } from './define-simulator.ts';
import { openDocumentSender } from './documents.ts';

/** What any device that publishes can be told to do, beside the common faults. */
const Action = z.discriminatedUnion('do', [
  /** A JSON document; `time: true` puts the device's clock under `time`. */
  z.strictObject({
    do: z.literal('publish'),
    document: z.record(z.string(), z.unknown()),
    time: z.boolean().default(true),
  }),
  z.strictObject({ do: z.literal('raw'), text: z.string() }),
  z.strictObject({ do: z.literal('clock'), offsetS: z.number() }),
]);

/** A device that publishes whatever its scenario says. */
export const mqttMapSimulator = defineSimulator({
  driver: 'mqtt-map',
  actions: Action,
  start: async (setup) => {
    const wire = openDocumentSender(setup);
    return {
      wire,
      play: async (action) => {
        switch (action.do) {
          case 'publish':
            return wire.send(action.time ? { time: wire.time(), ...action.document } : action.document);
          case 'raw':
            return wire.send(action.text);
          case 'clock':
            return wire.setClock(action.offsetS);
          default:
            action satisfies never;
        }
      },
    };
  },
});
