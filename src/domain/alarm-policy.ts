import { z } from 'zod';
import { defaultPriorityRules, PriorityRule } from './priority-rule.ts';

const longestS = z.number().min(0).max(604_800);

/** How a post treats its alarms (ISA-18.2's alarm philosophy, as data). Every part may be left out. */
export const AlarmPolicy = z.strictObject({
  /** The first rule that fits gives the priority; a file that has rules has all of them. */
  priorities: z
    .array(PriorityRule)
    .min(1)
    .default([...defaultPriorityRules]),
  /** The longest an alarm may be shelved at once, by its priority; 0: not at all. */
  shelving: z
    .strictObject({
      criticalS: longestS.default(0),
      highS: longestS.default(900),
      mediumS: longestS.default(3_600),
      lowS: longestS.default(28_800),
    })
    .prefault({}),
});

export type AlarmPolicy = z.infer<typeof AlarmPolicy>;
