import { z } from 'zod';
import { defineSimulator } from './define-simulator.ts';
import { openLineServer } from './line-server.ts';

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
type Sample = Extract<z.infer<typeof Action>, { do: 'sample' }>;

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

/** How a unit writes its records. `time`: ISO 8601, UTC. */
interface Speech {
  sample(number: number, time: string, sample: Sample): string;
  status(state: string, code: string, text: string): string;
}

function ims(serial: string): Speech {
  return {
    sample: (number, time, { mode, result, substances, subject }) => {
      const found = substances.map(({ name, peak, threshold, k0 }) => `${name},${peak},${threshold},${k0}`);
      const fields = ['#SMP', serial, number, `${time.slice(0, 19)}Z`, mode, result, found.length, ...found, subject];
      return withSum(fields.join(';'));
    },
    status: (state, code, text) => withSum(['#STA', serial, state, code, text].join(';')),
  };
}

/** Its clock shows UTC: the site's zone must be that. */
function kv(serial: string): Speech {
  const block = (pairs: readonly (readonly [string, string | number])[]) =>
    `${pairs.map(([key, value]) => `${key}: ${value}\r\n`).join('')}\r\n`;
  return {
    sample: (number, time, { result, substances, subject }) => {
      const [year, month, day] = time.slice(0, 10).split('-');
      return block([
        ['UNIT', serial],
        ['SAMPLE', number],
        ['DATE', `${day}/${month}/${year}`],
        ['TIME', time.slice(11, 19)],
        ['RESULT', result],
        ...substances.flatMap(({ name, peak }) => [['SUBSTANCE', name] as const, ['AMPLITUDE', peak] as const]),
        ['OPERATOR', 'op1'],
        ['SUBJECT', subject],
      ]);
    },
    status: (state, code, text) =>
      block([
        ['UNIT', serial],
        ['STATUS', state],
        ['CODE', code],
        ['TEXT', text],
      ]),
  };
}

/** The line with its checksum, the XOR of the bytes before the star, and its end. */
function withSum(text: string): string {
  const sum = [...Buffer.from(text, 'latin1')].reduce((xor, byte) => xor ^ byte, 0);
  return `${text}*${sum.toString(16).padStart(2, '0').toUpperCase()}\r\n`;
}
