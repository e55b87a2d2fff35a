import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { openModbusServer } from './modbus-server.ts';
import type { SimulatorDefinition } from './simulator.ts';

const table = z.enum(['coils', 'discrete', 'holding', 'input']);
const address = z.int().min(0).max(65_535);

/** What can be done to any Modbus device. */
const Action = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('set'), table, address, value: z.int().min(0).max(65_535) }),
  /** A 32-bit float, high word first. */
  z.strictObject({ do: z.literal('float'), table, address, value: z.number().or(z.nan()) }),
  z.strictObject({ do: z.literal('exception'), on: z.boolean() }),
  z.strictObject({ do: z.literal('freeze'), durationS: z.number().min(0).max(600) }),
  z.strictObject({ do: z.literal('late'), byS: z.number().min(0).max(60) }),
  z.strictObject({ do: z.literal('drop') }),
]);

/** A device with whatever registers its scenario sets. */
export const modbusMapSimulator: SimulatorDefinition = {
  driver: 'modbus-map',
  actions: Action,
  start: async ({ deviceId, link }) => {
    const server = await openModbusServer(link);
    return {
      deviceId,
      link: server.link,
      play: async (raw, signal) => {
        const action = Action.parse(raw);
        switch (action.do) {
          case 'set':
            return void server.tables[action.table].set(action.address, action.value);
          case 'float': {
            const view = new DataView(new ArrayBuffer(4));
            view.setFloat32(0, action.value);
            server.tables[action.table].set(action.address, view.getUint16(0));
            return void server.tables[action.table].set(action.address + 1, view.getUint16(2));
          }
          case 'exception':
            return server.fail(action.on);
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
