import { z } from 'zod';
import { type About, about, type Fact } from '../event.ts';
import type { PersonalKind } from './personal.ts';

const days = z.number().positive().max(36_500);
const Periods = z
  .strictObject({ maskAfterDays: days, deleteAfterDays: days })
  .refine(({ maskAfterDays, deleteAfterDays }) => maskAfterDays <= deleteAfterDays, {
    path: ['maskAfterDays'],
    message: 'must not be longer than deleteAfterDays',
  });
/** Six months, five years: Directive (EU) 2016/681 (PNR), Article 12. */
const passengerPeriods = { maskAfterDays: 183, deleteAfterDays: 1_826 };

/**
 * How long personal data is kept, by kind, from the day of what it is about (the target was last sent, the passage opened, the
 * alarm raised). Masked: shown to nobody whole, unless two persons agree to. Deleted: gone from the disk.
 */
export const RetentionPolicy = z.strictObject({
  /** Names, birth dates, numbers of documents, boarding passes and bag tags. */
  passengers: Periods.prefault(passengerPeriods),
  /** Plates and tags of vehicles. */
  vehicles: Periods.prefault(passengerPeriods),
  /** Reasons, instructions, notes, comments, findings: whatever people wrote. */
  texts: Periods.prefault(passengerPeriods),
  /** The first bytes of messages that could not be used. */
  messages: Periods.prefault({ maskAfterDays: 30, deleteAfterDays: 90 }),
  /** Files of examination results. */
  attachments: z.strictObject({ deleteAfterDays: days }).prefault({ deleteAfterDays: 1_826 }),
});
export type RetentionPolicy = z.infer<typeof RetentionPolicy>;

/** By how long it is kept: a key of the policy. */
export const retainedAs = {
  name: 'passengers',
  'birth-date': 'passengers',
  document: 'passengers',
  plate: 'vehicles',
  text: 'texts',
  bytes: 'messages',
} as const satisfies Record<PersonalKind, keyof RetentionPolicy>;

export type RetainedKind = (typeof retainedAs)[PersonalKind];
export const retainedKinds: readonly RetainedKind[] = ['passengers', 'vehicles', 'texts', 'messages'];

const dayMs = 86_400_000;

/** What has become of personal values kept by this key of the policy, and of this date, by now. */
export function keptAs(
  policy: RetentionPolicy,
  kind: RetainedKind,
  datedMs: number,
  nowMs: number,
): 'whole' | 'masked' | 'deleted' {
  const { maskAfterDays, deleteAfterDays } = policy[kind];
  const ageDays = (nowMs - datedMs) / dayMs;
  if (ageDays >= deleteAfterDays) return 'deleted';
  return ageDays >= maskAfterDays ? 'masked' : 'whole';
}

/** The youngest that anything is deleted, and masked, by this policy: nothing dated later needs a look. */
export function firstDue(policy: RetentionPolicy, step: 'maskAfterDays' | 'deleteAfterDays', nowMs: number): number {
  const { passengers, vehicles, texts, messages } = policy;
  return nowMs - Math.min(...[passengers, vehicles, texts, messages].map((periods) => periods[step])) * dayMs;
}

/** Of when the personal data in a fact is, in milliseconds; `recordedAt` for what has no date of its own. */
export function datedMs(fact: Fact, recordedAt: string): number {
  return Date.parse(dateOf(about(fact)) ?? recordedAt);
}

function dateOf({ noun, data }: About): string | null {
  switch (noun) {
    case 'alarm':
      return data.raisedAt;
    case 'passage':
      return data.openedAt;
    case 'target':
      return data.sentAt ?? data.addedAt;
    case 'match':
      return data.proposedAt;
    case 'examination':
      return data.requested.at;
    case 'interdiction':
      return data.noticedAt;
    case 'message':
      return data.receivedAt;
    case 'equipment':
      return null;
    default:
      return noun satisfies never;
  }
}
