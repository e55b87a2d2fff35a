import { z } from 'zod';
import { defineSimulator } from './define-simulator.ts';
import { openDocumentSender } from './documents.ts';
import type { SimulatedWire } from './faults.ts';
import { openLineServer } from './line-server.ts';
import { n42Document } from './n42-documents.ts';
import type { SimulatorSetup } from './simulator.ts';

/** What the portal can be told to do, beside the common faults. */
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
  /** Any text, as one document. */
  z.strictObject({ do: z.literal('raw'), text: z.string() }),
]);

/** A spectroscopic portal: one document per passing vehicle, over TCP, a broker or a folder. */
export const n42Simulator = defineSimulator({
  driver: 'n42',
  actions: Action,
  start: async (setup) => {
    const wire = await openWire(setup);
    const startMs = Date.now();
    let passings = 0;
    return {
      wire,
      play: async (action) => {
        if (action.do === 'raw') return wire.send(action.text);
        passings += 1;
        const documentId = `${setup.deviceId}-${startMs.toString(36)}-${passings}`;
        const startedAtMs = Date.now() - action.durationS * 1000;
        const slices = Math.ceil(action.durationS * 10);
        return wire.send(n42Document({ ...action, documentId, startedAtMs, slices, random: setup.random }));
      },
    };
  },
});

interface DocumentWire extends SimulatedWire {
  send(text: string): Promise<void>;
}

/** STX and ETX round each document on TCP; a message or a file on the others. */
async function openWire(setup: SimulatorSetup): Promise<DocumentWire> {
  if (setup.link.type !== 'tcp') return openDocumentSender(setup);
  const server = await openLineServer(setup.link);
  return { ...server, send: (text) => server.say(`\x02${text}\x03\r\n`) };
}
