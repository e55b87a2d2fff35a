import { z } from 'zod';
import { Fault, type SimulatedWire } from './faults.ts';
import type { SimulatorDefinition, SimulatorSetup } from './simulator.ts';

/** A device as its own file writes it: what is common to all is not its business. */
export interface SimulatedDevice<Action> {
  readonly wire: SimulatedWire;
  /** Plays an action of its own; resolves when it has been played out. */
  play(action: Action, signal: AbortSignal): Promise<void>;
  /** Left out where the device counts nothing. */
  restartCounter?(): void;
  /** Ends what it does by itself; the wire is closed afterwards. */
  stop?(): void;
}

/** Puts the common faults beside the device's own actions. */
export function defineSimulator<Own extends z.ZodDiscriminatedUnion>(parts: {
  readonly driver: string;
  readonly actions: Own;
  readonly start: (setup: SimulatorSetup) => Promise<SimulatedDevice<z.output<Own>>>;
}): SimulatorDefinition {
  const { driver, actions: Own } = parts;
  const actions = z.discriminatedUnion('do', [Own, Fault]);
  return {
    driver,
    actions,
    start: async (setup) => {
      const device = await parts.start(setup);
      return {
        deviceId: setup.deviceId,
        link: device.wire.link,
        play: async (raw, signal) => {
          actions.parse(raw);
          const { data: fault } = Fault.safeParse(raw);
          if (fault === undefined) return device.play(Own.parse(raw), signal);
          if (fault.do !== 'restart-counter') return device.wire.fault(fault, signal);
          device.restartCounter?.();
        },
        [Symbol.asyncDispose]: async () => {
          device.stop?.();
          await device.wire[Symbol.asyncDispose]();
        },
      };
    },
  };
}
