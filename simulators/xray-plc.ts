import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { openModbusServer } from './modbus-server.ts';
import type { SimulatorDefinition } from './simulator.ts';

/** The sheet's default addresses, written down here a second time on purpose: a slip in the driver's map shows. */
const inputs = {
  ready: 0,
  screening: 1,
  cleared: 2,
  rejected: 3,
  fault: 4,
  emergencyStop: 5,
  handlingFault: 6,
  xrayOn: 7,
  interlockOpen: 8,
} as const;
const results = { none: 0, clear: 1, reject: 2, unknown: 3, timeout: 4 } as const;

const Action = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('scan'),
    result: z.enum(['none', 'clear', 'reject', 'unknown', 'timeout']).default('clear'),
    /** Ten characters, or null: not read. */
    bagTag: z.string().length(10).nullable().default(null),
    durationS: z.number().min(0).max(60).default(0),
  }),
  z.strictObject({
    do: z.literal('input'),
    name: z.enum(['ready', 'fault', 'emergencyStop', 'handlingFault', 'interlockOpen']),
    on: z.boolean(),
  }),
  /** Scans that nobody saw. */
  z.strictObject({ do: z.literal('skip-scans'), count: z.int().min(1).max(1_000) }),
  z.strictObject({ do: z.literal('restart-counter') }),
  z.strictObject({ do: z.literal('exception'), on: z.boolean() }),
  z.strictObject({ do: z.literal('garble') }),
  z.strictObject({ do: z.literal('freeze'), durationS: z.number().min(0).max(600) }),
  z.strictObject({ do: z.literal('late'), byS: z.number().min(0).max(60) }),
  z.strictObject({ do: z.literal('drop') }),
]);

/** A conveyor PLC with a scanner behind it. */
export const xrayPlcSimulator: SimulatorDefinition = {
  driver: 'xray-plc',
  actions: Action,
  start: async ({ deviceId, link }) => {
    const server = await openModbusServer(link);
    const { discrete, holding } = server.tables;
    const show = (name: keyof typeof inputs, on: boolean) => void discrete.set(inputs[name], Number(on));
    let counter = 0;
    const count = (by: number) => {
      counter += by;
      holding.set(0, Math.floor(counter / 0x1_0000));
      holding.set(1, counter & 0xffff);
    };
    show('ready', true);
    return {
      deviceId,
      link: server.link,
      play: async (raw, signal) => {
        const action = Action.parse(raw);
        switch (action.do) {
          case 'scan': {
            for (const name of ['screening', 'xrayOn'] as const) show(name, true);
            await wait(action.durationS * 1000, undefined, { signal }).catch(() => undefined);
            for (const name of ['screening', 'xrayOn'] as const) show(name, false);
            show('cleared', action.result === 'clear');
            show('rejected', action.result === 'reject');
            holding.set(2, results[action.result]);
            for (let word = 0; word < 5; word += 1) holding.set(3 + word, wordOf(action.bagTag, word));
            return count(1);
          }
          case 'input':
            return show(action.name, action.on);
          case 'skip-scans':
            return count(action.count);
          case 'restart-counter':
            return count(-counter);
          case 'exception':
            return server.fail(action.on);
          case 'garble':
            return void holding.set(2, 99);
          case 'freeze':
            server.freeze(true);
            await wait(action.durationS * 1000, undefined, { signal }).catch(() => undefined);
            return server.freeze(false);
          case 'late':
            return server.delay(action.byS * 1000);
          case 'drop':
            return server.drop();
          default:
            action satisfies never;
        }
      },
      [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
    };
  },
};

/** Two digits a register, the first in the high byte. */
function wordOf(tag: string | null, word: number): number {
  return tag === null ? 0 : tag.charCodeAt(word * 2) * 0x100 + tag.charCodeAt(word * 2 + 1);
}
