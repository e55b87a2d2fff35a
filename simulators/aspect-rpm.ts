import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { at, createRegisterFile, inputs, type RegisterFile, status } from './aspect-registers.ts';
import { defineSimulator } from './define-simulator.ts';
import { openModbusServer } from './modbus-server.ts';

/** What the monitor can be told to do, beside the common faults. `speedup` shortens an occupancy's seconds. */
const Action = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('occupancy'),
    durationS: z.number().min(0).max(600),
    /** Peak above background in sigma; the monitor alarms above 5. */
    gammaSigma: z.number().min(0).default(0),
    neutronAlarm: z.boolean().default(false),
    direction: z.enum(['forward', 'reverse']).default('forward'),
    speedMms: z.int().min(0).max(0xffff).default(2_000),
    speedup: z.number().min(1).default(1),
  }),
  z.strictObject({
    do: z.literal('input'),
    name: z.enum(['powerFail', 'lowBattery', 'open', 'error']),
    on: z.boolean(),
  }),
  z.strictObject({ do: z.literal('skip-objects'), count: z.int().min(1).max(1_000) }),
  /** A gamma background that is no number, until the next occupancy is over. */
  z.strictObject({ do: z.literal('implausible') }),
  z.strictObject({ do: z.literal('exception'), on: z.boolean() }),
]);
type Occupancy = Extract<z.infer<typeof Action>, { do: 'occupancy' }>;

const background = { gamma: 400, neutron: 2 } as const;
const stepS = 0.2;
const alarmSigma = 5;

/** A Modbus server, TCP or RTU, with the sheet's register block. */
export const aspectRpmSimulator = defineSimulator({
  driver: 'aspect-rpm',
  actions: Action,
  start: async ({ link, random }) => {
    const wire = await openModbusServer(link);
    const registers = createRegisterFile(wire.tables.holding);
    idle(registers);
    let objects = 0;

    return {
      wire,
      play: async (action, signal) => {
        switch (action.do) {
          case 'occupancy':
            objects += 1;
            registers.set(at.objectCounter, objects);
            return pass(registers, action, random, signal);
          case 'input':
            return registers.change(at.inputs, inputs[action.name], action.on);
          case 'skip-objects':
            objects += action.count;
            return registers.set(at.objectCounter, objects);
          case 'implausible':
            return registers.float(at.gamma.background, Number.NaN);
          case 'exception':
            return wire.fail(action.on);
          default:
            action satisfies never;
        }
      },
      restartCounter: () => {
        objects = 0;
        registers.set(at.objectCounter, objects);
      },
    };
  },
});

function idle(registers: RegisterFile): void {
  for (const name of ['gamma', 'neutron'] as const) {
    registers.set(at[name].status, status.ready);
    registers.long(at[name].count, background[name]);
    registers.float(at[name].background, background[name]);
    registers.float(at[name].variance, background[name]);
  }
  registers.change(at.inputs, inputs.occup0 | inputs.dir01 | inputs.dir10, false);
}

/** One subject: the count rises towards the middle and falls again, a step every 200 ms. */
async function pass(
  registers: RegisterFile,
  action: Occupancy,
  random: () => number,
  signal: AbortSignal,
): Promise<void> {
  const { durationS, gammaSigma, neutronAlarm, speedup, direction, speedMms } = action;
  registers.set(at.objectSpeed, speedMms);
  registers.change(at.inputs, inputs.occup0 | (direction === 'forward' ? inputs.dir01 : inputs.dir10), true);
  const steps = Math.max(1, Math.round(durationS / stepS));
  for (let step = 0; step < steps && !signal.aborted; step += 1) {
    const shape = Math.exp(-(((step / steps - 0.5) / 0.2) ** 2));
    const gamma = background.gamma + Math.sqrt(background.gamma) * (gammaSigma * shape + random() - 0.5);
    registers.long(at.gamma.count, Math.max(0, Math.round(gamma)));
    registers.change(at.gamma.status, status.alarm1, gammaSigma * shape > alarmSigma);
    registers.long(at.neutron.count, neutronAlarm ? Math.round(20 * shape) : background.neutron);
    registers.change(at.neutron.status, status.alarm1, neutronAlarm && shape > 0.5);
    await wait((stepS * 1000) / speedup, undefined, { signal }).catch(() => undefined);
  }
  idle(registers);
}
