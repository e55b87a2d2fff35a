import { z } from 'zod';
import { openDocumentSender } from './documents.ts';
import { openLineServer } from './line-server.ts';
import type { Simulator, SimulatorDefinition, SimulatorSetup } from './simulator.ts';

/** What the reader can be told to do. The words are not checked against the sheet: a reader can be wrong. */
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
  z.strictObject({ do: z.literal('repeat') }),
  z.strictObject({ do: z.literal('garble') }),
  /** Cuts the link, where it is TCP. */
  z.strictObject({ do: z.literal('drop') }),
  z.strictObject({ do: z.literal('clock'), offsetS: z.number() }),
]);

/** How a kind is usually read; by barcode where it is not here. */
const usual: Readonly<Record<string, string>> = { plate: 'plate-reader', container: 'ocr', mrz: 'mrz', rfid: 'rfid' };
const optical: ReadonlySet<string> = new Set(['plate-reader', 'ocr', 'mrz']);

/** A reader: one document per read over a broker, one line per read on serial and TCP. */
export const identityReaderSimulator: SimulatorDefinition = {
  driver: 'identity-reader',
  actions: Action,
  start: (setup) => (setup.link.type === 'mqtt' ? documentReader(setup) : lineReader(setup)),
};

async function documentReader(setup: SimulatorSetup): Promise<Simulator> {
  const sender = openDocumentSender(setup);
  return {
    deviceId: setup.deviceId,
    link: setup.link,
    play: async (raw) => {
      const action = Action.parse(raw);
      switch (action.do) {
        case 'read': {
          const { kind, value, country = null, method = usual[kind] ?? 'barcode' } = action;
          const worth = optical.has(method) ? Math.round(90 + 10 * setup.random()) / 100 : null;
          const confidence = action.confidence === undefined ? worth : action.confidence;
          const read = { kind, value, country, confidence, method, imageUri: null };
          return sender.send({ readId: sender.nextId(), ...read, readAt: sender.time() });
        }
        case 'raw':
          return sender.send(action.text);
        case 'repeat':
          return sender.repeat();
        case 'clock':
          return sender.setClock(action.offsetS);
        case 'garble':
          return sender.send('{"readId":');
        case 'drop':
          return;
        default:
          action satisfies never;
      }
    },
    [Symbol.asyncDispose]: () => sender[Symbol.asyncDispose](),
  };
}

/** A keyboard-wedge scanner: it says what it read and nothing about it. */
async function lineReader({ deviceId, link }: SimulatorSetup): Promise<Simulator> {
  const server = await openLineServer(link, () => undefined);
  let last = '';
  const say = (text: string) => {
    last = text;
    server.say(text);
  };
  return {
    deviceId,
    link: server.link,
    play: async (raw) => {
      const action = Action.parse(raw);
      if (action.do === 'read') say(`${action.value.replaceAll('\n', '\r')}\r`);
      else if (action.do === 'raw') say(action.text);
      else if (action.do === 'repeat') say(last);
      else if (action.do === 'garble') say('\x01\xff\x02\r');
      else if (action.do === 'drop') server.drop();
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
