import { z } from 'zod';
import { openLineServer } from './line-server.ts';
import type { SimulatorDefinition } from './simulator.ts';

const heartbeatMs = 5_000;

/** What the unit can be told to do. */
const Action = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('scan'),
    result: z.enum(['ALARM', 'CLEAR']).default('CLEAR'),
    subject: z.string().default(''),
  }),
  z.strictObject({ do: z.literal('cover'), open: z.boolean() }),
  /** The next scan number leaves out this many. */
  z.strictObject({ do: z.literal('skip'), count: z.int().min(1) }),
  z.strictObject({ do: z.literal('garble') }),
  z.strictObject({ do: z.literal('raw'), text: z.string() }),
  z.strictObject({ do: z.literal('drop') }),
]);

/** The device's side of drivers/blueprint, on TCP or a pseudo-terminal. */
export const blueprintSimulator: SimulatorDefinition = {
  driver: 'blueprint',
  actions: Action,
  start: async ({ deviceId, link }) => {
    let number = 0;
    let cover = 'C,0\r\n';
    const server = await openLineServer(link, (say) => say(cover));
    const heartbeat = setInterval(() => server.say(cover), heartbeatMs);
    return {
      deviceId,
      link: server.link,
      play: async (raw) => {
        const action = Action.parse(raw);
        switch (action.do) {
          case 'scan':
            number += 1;
            return server.say(`S,${number},${new Date().toISOString()},${action.result},${action.subject}\r\n`);
          case 'cover':
            cover = `C,${action.open ? 1 : 0}\r\n`;
            return server.say(cover);
          case 'skip':
            number += action.count;
            return;
          case 'garble':
            return server.say('S,1?,\r\n');
          case 'raw':
            return server.say(action.text);
          case 'drop':
            return server.drop();
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
