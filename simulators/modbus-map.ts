import { z } from 'zod';
import { defineSimulator } from './define-simulator.ts';
import { openModbusServer } from './modbus-server.ts';

const table = z.enum(['coils', 'discrete', 'holding', 'input']);
const address = z.int().min(0).max(65_535);

/** What can be done to any Modbus device, beside the common faults. */
const Action = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('set'), table, address, value: z.int().min(0).max(65_535) }),
  /** A 32-bit float, high word first. */
  z.strictObject({ do: z.literal('float'), table, address, value: z.number().or(z.nan()) }),
  z.strictObject({ do: z.literal('exception'), on: z.boolean() }),
]);

/** A device with whatever registers its scenario sets. */
export const modbusMapSimulator = defineSimulator({
  driver: 'modbus-map',
  actions: Action,
  start: async ({ link }) => {
    const wire = await openModbusServer(link);
    return {
      wire,
      play: async (action) => {
        switch (action.do) {
          case 'set':
            return void wire.tables[action.table].set(action.address, action.value);
          case 'float': {
            const view = new DataView(new ArrayBuffer(4));
            view.setFloat32(0, action.value);
            wire.tables[action.table].set(action.address, view.getUint16(0));
            return void wire.tables[action.table].set(action.address + 1, view.getUint16(2));
          }
          case 'exception':
            return wire.fail(action.on);
          default:
            action satisfies never;
        }
      },
    };
  },
});
