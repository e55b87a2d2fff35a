import { z } from 'zod';
import { openLineServer } from './line-server.ts';
import type { SimulatorDefinition } from './simulator.ts';

const heartbeatMs = 20_000;

/** What the unit can be told to do. */
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
  /** The last record again, to the byte. */
  z.strictObject({ do: z.literal('repeat') }),
  z.strictObject({ do: z.literal('garble') }),
  z.strictObject({ do: z.literal('raw'), text: z.string() }),
  z.strictObject({ do: z.literal('drop') }),
  /** The unit's clock goes wrong by so much. */
  z.strictObject({ do: z.literal('clock'), offsetS: z.number() }),
]);
type Sample = Extract<z.infer<typeof Action>, { do: 'sample' }>;

/** A trace detector with the `generic-ims` profile, on TCP or a pseudo-terminal. */
export const traceRecordSimulator: SimulatorDefinition = {
  driver: 'trace-record',
  actions: Action,
  start: async ({ deviceId, link }) => {
    let number = 0;
    let offsetMs = 0;
    let status = withSum(`#STA;${deviceId};READY;0;ready`);
    let last = status;
    const server = await openLineServer(link, (say) => say(status));
    const heartbeat = setInterval(() => server.say(status), heartbeatMs);
    const sample = ({ mode, result, substances, subject }: Sample) => {
      number += 1;
      const time = `${new Date(Date.now() + offsetMs).toISOString().slice(0, 19)}Z`;
      const found = substances.map(({ name, peak, threshold, k0 }) => `${name},${peak},${threshold},${k0}`);
      return withSum(['#SMP', deviceId, number, time, mode, result, found.length, ...found, subject].join(';'));
    };
    return {
      deviceId,
      link: server.link,
      play: async (raw) => {
        const action = Action.parse(raw);
        switch (action.do) {
          case 'sample':
            last = sample(action);
            return server.say(last);
          case 'status':
            status = withSum(['#STA', deviceId, action.state, action.code, action.text].join(';'));
            last = status;
            return server.say(status);
          case 'repeat':
            return server.say(last);
          case 'skip':
            number += action.count;
            return;
          case 'garble':
            return server.say(withSum(`#STA;${deviceId};READY;0;ready`).replace('READY', 'REA?Y'));
          case 'raw':
            return server.say(action.text);
          case 'drop':
            return server.drop();
          case 'clock':
            offsetMs = action.offsetS * 1000;
            return;
          default:
            action satisfies never;
        }
      },
      [Symbol.asyncDispose]: async () => {
        clearInterval(heartbeat);
        await server[Symbol.asyncDispose]();
      },
    };
  },
};

/** The line with its checksum, the XOR of the bytes before the star, and its end. */
function withSum(text: string): string {
  const sum = [...Buffer.from(text, 'latin1')].reduce((xor, byte) => xor ^ byte, 0);
  return `${text}*${sum.toString(16).padStart(2, '0').toUpperCase()}\r\n`;
}
