import { z } from 'zod';
import { Role } from './access.ts';
import { AnnunciationProfile } from './annunciation.ts';
import { defaultPriorityRules, PriorityRule } from './priority-rule.ts';
import { Id } from './site.ts';

const afterS = z.number().min(1).max(604_800).nullable();
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
  /** When alarms are announced: the first that fits. */
  profiles: z.array(AnnunciationProfile).default([]),
  /** An alarm that nobody has answered so long is told to the next role; null: to nobody. */
  escalation: z
    .strictObject({
      criticalS: afterS.default(120),
      highS: afterS.default(600),
      mediumS: afterS.default(null),
      lowS: afterS.default(null),
      roles: z.array(Role).default(['supervisor', 'administrator']),
    })
    .prefault({}),
  /** An answered alarm whose cause is still there so long after must be answered again; null: never. */
  reAlarm: z
    .strictObject({
      criticalS: afterS.default(null),
      highS: afterS.default(null),
      mediumS: afterS.default(null),
      lowS: afterS.default(null),
    })
    .prefault({}),
  /** One signal or code of one device that raises so often. */
  chattering: z
    .strictObject({ count: z.int().min(2).max(10).default(3), withinS: z.number().min(1).max(3_600).default(60) })
    .prefault({}),
  /** What has been active, or without an answer, for longer than this is stale. */
  staleS: z.number().min(60).max(2_592_000).default(86_400),
  /**
   * More alarms than an operator can answer. An operator's position is a group of lanes; lanes in none of them are one
   * position together, `site`.
   */
  flood: z
    .strictObject({
      beginsAbove: z.int().min(1).max(50).default(10),
      endsBelow: z.int().min(1).max(50).default(5),
      withinS: z.number().min(10).max(3_600).default(600),
      positions: z.array(z.strictObject({ id: Id, lanes: z.array(Id).min(1) })).default([]),
    })
    .refine(({ beginsAbove, endsBelow }) => endsBelow <= beginsAbove, { message: 'must end below where it begins' })
    .prefault({}),
  /** Verdicts that count only when a second person gives the same one. Off unless the post asks for it. */
  twoPersons: z
    .strictObject({
      real: z.boolean().default(false),
      /** Innocent, where a target matches. */
      innocentOnMatch: z.boolean().default(false),
    })
    .prefault({}),
});

export type AlarmPolicy = z.infer<typeof AlarmPolicy>;
