import { z } from 'zod';
import { Role } from './access.ts';
import { Id } from './site.ts';

const durationS = z.number().min(0).max(604_800);

/** Whom an examination that is overdue is brought to, this long after it became so. */
export const EscalationStep = z
  .strictObject({ afterS: durationS, role: Role.optional(), unit: Id.optional() })
  .refine(({ role, unit }) => (role === undefined) !== (unit === undefined), 'must name a role or a unit, one of them');

/** The closed loop's times, in seconds. */
export const ExaminationPolicy = z.strictObject({
  /** The units that can be addressed; any, when none is named. */
  units: z
    .array(Id)
    .refine((units) => new Set(units).size === units.length, 'must name each unit once')
    .default([]),
  /** Not started this long after its due time and after its subject left: missed. */
  missedAfterS: durationS.default(1_800),
  /** A result that the requester has not acknowledged after this long is overdue at their end. */
  deliveryS: durationS.default(900),
  escalation: z
    .array(EscalationStep)
    .max(10)
    .refine(
      (steps) => steps.every((step, at) => at === 0 || step.afterS >= (steps[at - 1]?.afterS ?? 0)),
      'must be in the order of afterS',
    )
    .default([{ afterS: 900, role: 'supervisor' }]),
});

export type ExaminationPolicy = z.infer<typeof ExaminationPolicy>;
