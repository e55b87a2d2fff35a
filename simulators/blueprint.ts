import { z } from 'zod';
import { defineSimulator } from './define-simulator.ts';
import { openLineServer } from './line-server.ts';

const heartbeatMs = 5_000;

/** What the unit can be told to do, beside the common faults. */
const Action = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('scan'),
    result: z.enum(['ALARM', 'CLEAR']).default('CLEAR'),
    subject: z.string().default(''),
  }),
  z.strictObject({ do: z.literal('cover'), open: z.boolean() }),
  /** The next scan number leaves out this many. */
  z.strictObject({ do: z.literal('skip'), count: z.int().min(1) }),
  z.strictObject({ do: z.literal('raw'), text: z.string() }),
]);

/** The device's side of drivers/blueprint, on TCP or a pseudo-terminal. */
export const blueprintSimulator = defineSimulator({
  driver: 'blueprint',
  actions: Action,
  start: async ({ link }) => {
    let number = 0;
    let cover = 'C,0\r\n';
    const wire = await openLineServer(link, (say) => void say(cover));
    const heartbeat = setInterval(() => void wire.say(cover), heartbeatMs);
    return {
      wire,
      play: async (action) => {
        switch (action.do) {
          case 'scan':
            number += 1;
            return wire.say(`S,${number},${new Date().toISOString()},${action.result},${action.subject}\r\n`);
          case 'cover':
            cover = `C,${action.open ? 1 : 0}\r\n`;
            return wire.say(cover);
          case 'skip':
            number += action.count;
            return;
          case 'raw':
            return wire.say(action.text);
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
