import { z } from 'zod';
import { AlarmState } from '../../src/domain/alarm.ts';
import { Mode, Priority, Signal } from '../../src/domain/words.ts';

const name = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be a short name in kebab case');
const address = z.int().min(0).max(65_535);
const seconds = z.number().min(0).max(3_600);

/** One lamp, horn, relay or barrier. */
export const OutputSignal = z
  .strictObject({
    name,
    /** On while an alarm of the lanes fits all of it. */
    when: z
      .strictObject({
        priorities: z.array(Priority).min(1).default(['critical', 'high', 'medium', 'low']),
        states: z.array(AlarmState).min(1).default(['unacknowledged', 'acknowledged', 'returned']),
        signals: z.array(Signal).min(1).optional(),
        modes: z.array(Mode).min(1).default(['operational', 'exercise', 'test']),
      })
      .prefault({}),
    /** Modbus: what is written where. */
    write: z
      .strictObject({
        table: z.enum(['coils', 'holding']),
        address,
        on: z.int().min(0).max(65_535).default(1),
        off: z.int().min(0).max(65_535).default(0),
      })
      .optional(),
    /** MQTT: what is published where, retained. */
    publish: z
      .strictObject({ topic: z.string().min(1), on: z.string().default('ON'), off: z.string().default('OFF') })
      .optional(),
    /** Once on, it stays on at least so long. */
    minOnS: seconds.default(0),
    /** Once on, it stays on while somebody is in the portal. */
    holdWhileOccupied: z.boolean().default(false),
    /** What it must be when nobody can say: at a stop, when the link is lost, when a watching device is not online. */
    failSafe: z.enum(['on', 'off']).default('on'),
    /** Where the field shows what it does. Modbus: a table and address; MQTT: a topic of the link's filter. */
    readBack: z
      .union([
        z.strictObject({ table: z.enum(['coils', 'discrete', 'holding', 'input']), address, on: z.int().default(1) }),
        z.strictObject({ topic: z.string().min(1), on: z.string().default('ON') }),
      ])
      .optional(),
  })
  .refine(({ write, publish }) => (write === undefined) !== (publish === undefined), {
    message: 'must have either write (Modbus) or publish (MQTT)',
  });

/** Options of an output. `lanes`: those it is driven by; its own where left out. */
export const OutputOptions = z.strictObject({
  lanes: z.array(z.string()).optional(),
  signals: z.array(OutputSignal).max(32).default([]),
  /** Everything is written again so often, so that a field device that was restarted is right again. */
  refreshS: z.number().min(1).max(600).default(10),
  /** Modbus: a register that counts up with every refresh, for a field device that falls back by itself when it stands still. */
  heartbeat: z.strictObject({ address }).optional(),
  /** A read-back that differs so long is a fault. */
  readBackS: z.number().min(0.5).max(60).default(2),
});

export type OutputSignal = z.infer<typeof OutputSignal>;
export type OutputOptions = z.infer<typeof OutputOptions>;
