import { z } from 'zod';
import { defineSimulator, type SimulatedDevice } from './define-simulator.ts';
import { openDocumentSender } from './documents.ts';
import { openLineServer } from './line-server.ts';
import type { SimulatorSetup } from './simulator.ts';

/** What the reader can be told to do, beside the common faults. The words are not checked against the sheet: a reader can be wrong. */
const Action = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('read'),
    kind: z.string(),
    value: z.string(),
    country: z.string().optional(),
    /** By default what an optical reader is worth, 0.9 to 1, and null for the other methods. */
    confidence: z.number().nullable().optional(),
    method: z.string().optional(),
  }),
  z.strictObject({ do: z.literal('raw'), text: z.string() }),
  z.strictObject({ do: z.literal('clock'), offsetS: z.number() }),
]);
type Action = z.infer<typeof Action>;

/** How a kind is usually read; by barcode where it is not here. */
const usual: Readonly<Record<string, string>> = { plate: 'plate-reader', container: 'ocr', mrz: 'mrz', rfid: 'rfid' };
const optical: ReadonlySet<string> = new Set(['plate-reader', 'ocr', 'mrz']);

/** A reader: one document per read over a broker, one line per read on serial and TCP. */
export const identityReaderSimulator = defineSimulator({
  driver: 'identity-reader',
  actions: Action,
  start: async (setup) => (setup.link.type === 'mqtt' ? documentReader(setup) : lineReader(setup)),
});

function documentReader(setup: SimulatorSetup): SimulatedDevice<Action> {
  const wire = openDocumentSender(setup);
  return {
    wire,
    play: async (action) => {
      switch (action.do) {
        case 'read': {
          const { kind, value, country = null, method = usual[kind] ?? 'barcode' } = action;
          const worth = optical.has(method) ? Math.round(90 + 10 * setup.random()) / 100 : null;
          const confidence = action.confidence === undefined ? worth : action.confidence;
          const read = { kind, value, country, confidence, method, imageUri: null };
          return wire.send({ readId: wire.nextId(), ...read, readAt: wire.time() });
        }
        case 'raw':
          return wire.send(action.text);
        case 'clock':
          return wire.setClock(action.offsetS);
        default:
          action satisfies never;
      }
    },
    restartCounter: wire.restartIds,
  };
}

/** A keyboard-wedge scanner: it says what it read and nothing about it, nor when. */
async function lineReader({ link }: SimulatorSetup): Promise<SimulatedDevice<Action>> {
  const wire = await openLineServer(link);
  return {
    wire,
    play: async (action) => {
      if (action.do === 'read') await wire.say(`${action.value.replaceAll('\n', '\r')}\r`);
      else if (action.do === 'raw') await wire.say(action.text);
    },
  };
}
