import { z } from 'zod';
import { defineSimulator } from './define-simulator.ts';
import { openLineServer } from './line-server.ts';
import { ims, kv } from './trace-speech.ts';

const heartbeatMs = 20_000;

/** What the unit can be told to do, beside the common faults. */
const Action = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('sample'),
    result: z.enum(['ALARM', 'PASS', 'ERROR']).default('PASS'),
    mode: z.enum(['EXPL', 'NARC', 'DUAL']).default('DUAL'),
    substances: z
      .array(z.strictObject({ name: z.string(), peak: z.number(), threshold: z.number(), k0: z.number().default(0) }))
      .default([]),
    subject: z.string().default('-'),
  }),
  z.strictObject({
    do: z.literal('status'),
    state: z.string(),
    code: z.string().default('0'),
    text: z.string().default(''),
  }),
  /** The next sample number leaves out this many. */
  z.strictObject({ do: z.literal('skip'), count: z.int().min(1) }),
  z.strictObject({ do: z.literal('raw'), text: z.string() }),
  /** The unit's clock goes wrong by so much. */
  z.strictObject({ do: z.literal('clock'), offsetS: z.number() }),
]);

/** A trace detector on TCP or a pseudo-terminal, speaking `generic-ims` or `generic-kv` as its options say. */
export const traceRecordSimulator = defineSimulator({
  driver: 'trace-record',
  actions: Action,
  start: async ({ deviceId, link, options }) => {
    const speech = options?.profile === 'generic-kv' ? kv(deviceId) : ims(deviceId);
    let number = 0;
    let offsetMs = 0;
    let status = speech.status('READY', '0', 'ready');
    const wire = await openLineServer(link, (say) => void say(status));
    const heartbeat = setInterval(() => void wire.say(status), heartbeatMs);
    return {
      wire,
      play: async (action) => {
        switch (action.do) {
          case 'sample':
            number += 1;
            return wire.say(speech.sample(number, new Date(Date.now() + offsetMs).toISOString(), action));
          case 'status':
            status = speech.status(action.state, action.code, action.text);
            return wire.say(status);
          case 'skip':
            number += action.count;
            return;
          case 'raw':
            return wire.say(action.text);
          case 'clock':
            offsetMs = action.offsetS * 1000;
            return;
          default:
            action satisfies never;
        }
      },
      restartCounter: () => {
        number = 0;
      },
      stop: () => clearInterval(heartbeat),
    };
  },
});
