import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { defineSimulator } from './define-simulator.ts';
import { openModbusServer } from './modbus-server.ts';

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

/** What the PLC can be told to do, beside the common faults. */
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
  z.strictObject({ do: z.literal('exception'), on: z.boolean() }),
  /** A result that is none, until the next scan. */
  z.strictObject({ do: z.literal('implausible') }),
]);

/** A conveyor PLC with a scanner behind it. */
export const xrayPlcSimulator = defineSimulator({
  driver: 'xray-plc',
  actions: Action,
  start: async ({ link }) => {
    const wire = await openModbusServer(link);
    const { discrete, holding } = wire.tables;
    const show = (name: keyof typeof inputs, on: boolean) => void discrete.set(inputs[name], Number(on));
    let counter = 0;
    const count = (by: number) => {
      counter += by;
      holding.set(0, Math.floor(counter / 0x1_0000));
      holding.set(1, counter & 0xffff);
    };
    show('ready', true);
    return {
      wire,
      play: async (action, signal) => {
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
          case 'exception':
            return wire.fail(action.on);
          case 'implausible':
            return void holding.set(2, 99);
          default:
            action satisfies never;
        }
      },
      restartCounter: () => count(-counter),
    };
  },
});

/** Two digits a register, the first in the high byte. */
function wordOf(tag: string | null, word: number): number {
  return tag === null ? 0 : tag.charCodeAt(word * 2) * 0x100 + tag.charCodeAt(word * 2 + 1);
}
