import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { openDocumentSender } from './documents.ts';
import { openLineServer } from './line-server.ts';
import { n42Document } from './n42-documents.ts';
import type { SimulatorDefinition, SimulatorSetup } from './simulator.ts';

/** What the portal can be told to do. */
const Action = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('passing'),
    nuclides: z.array(z.string()).default([]),
    neutronAlarm: z.boolean().default(false),
    container: z.string().nullable().default(null),
    durationS: z.number().min(0.1).max(120).default(4),
    channels: z.int().min(16).max(8_192).default(1_024),
    speedMs: z.number().min(0).max(30).default(2.2),
    /** A fault code that the document reports. */
    fault: z.string().nullable().default(null),
  }),
  /** The last document again, to the byte. */
  z.strictObject({ do: z.literal('repeat') }),
  /** Half a document, then nothing. */
  z.strictObject({ do: z.literal('cut') }),
  z.strictObject({ do: z.literal('garble') }),
  /** Any text, as one document. */
  z.strictObject({ do: z.literal('raw'), text: z.string() }),
  z.strictObject({ do: z.literal('drop') }),
]);

/** A spectroscopic portal: one document per passing vehicle, over TCP, a broker or a folder. */
export const n42Simulator: SimulatorDefinition = {
  driver: 'n42',
  actions: Action,
  start: async (setup) => {
    const wire = await openWire(setup);
    const startMs = Date.now();
    let passings = 0;
    let last: string | undefined;
    const send = (text: string) => {
      last = text;
      return wire.send(text);
    };
    return {
      deviceId: setup.deviceId,
      link: wire.link,
      play: async (raw) => {
        const action = Action.parse(raw);
        switch (action.do) {
          case 'passing': {
            passings += 1;
            const documentId = `${setup.deviceId}-${startMs.toString(36)}-${passings}`;
            const startedAtMs = Date.now() - action.durationS * 1000;
            const slices = Math.ceil(action.durationS * 10);
            return send(n42Document({ ...action, documentId, startedAtMs, slices, random: setup.random }));
          }
          case 'repeat':
            if (last === undefined) throw new Error(`${setup.deviceId} has sent nothing to repeat`);
            return send(last);
          case 'cut':
            return wire.sendCut('<RadInstrumentData><RadMeasurement id="m">');
          case 'garble':
            return wire.send('<RadInstrumentData><RadMeasurement></RadInstrumentData>');
          case 'raw':
            return send(action.text);
          case 'drop':
            return wire.drop();
          default:
            action satisfies never;
        }
      },
      [Symbol.asyncDispose]: () => wire[Symbol.asyncDispose](),
    };
  },
};

interface DocumentWire extends AsyncDisposable {
  readonly link: SimulatorSetup['link'];
  send(text: string): Promise<void>;
  sendCut(text: string): Promise<void>;
  drop(): void;
}

/** STX and ETX round each document on TCP; a message or a file on the others. */
async function openWire(setup: SimulatorSetup): Promise<DocumentWire> {
  const { link } = setup;
  if (link.type === 'tcp') {
    const server = await openLineServer(link, () => undefined);
    return {
      link: server.link,
      send: async (text) => server.say(`\x02${text}\x03\r\n`),
      sendCut: async (text) => server.say(`\x02${text}`),
      drop: server.drop,
      [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
    };
  }
  if (link.type === 'folder') {
    let files = 0;
    const put = async (text: string) => {
      files += 1;
      const name = `${setup.deviceId}-${Date.now()}-${files}.n42`;
      // A name the driver does not take, until the file is whole.
      await writeFile(join(link.path, `.${name}`), text);
      await rename(join(link.path, `.${name}`), join(link.path, name));
    };
    return { link, send: put, sendCut: put, drop: () => undefined, [Symbol.asyncDispose]: async () => undefined };
  }
  const sender = openDocumentSender(setup);
  return {
    link,
    send: sender.send,
    sendCut: sender.send,
    drop: () => undefined,
    [Symbol.asyncDispose]: sender[Symbol.asyncDispose],
  };
}
