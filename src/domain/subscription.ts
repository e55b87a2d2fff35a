import { z } from 'zod';
import { TypePattern } from './event-types.ts';
import { Id } from './site.ts';
import { PersonalData, Tlp } from './words.ts';

const Time = z.iso.datetime();
const text = (max: number) => z.string().trim().min(1).max(max);

/** What a feed may carry, to whom and what for. Whatever is left out is as the policy of sharing says. */
export const FeedTerms = z.strictObject({
  /** Event types, exact or prefixes ending in `*`. */
  types: z.array(TypePattern).min(1).max(50),
  agency: text(100),
  purpose: text(200),
  /** All lanes where left out. What is of no lane comes all the same. */
  lanes: z.array(Id).min(1).max(500).optional(),
  tlp: Tlp.optional(),
  personalData: PersonalData.optional(),
  /** Exercises, tests and trainings too; `data.mode` says which it is. */
  includeNonOperational: z.boolean().default(false),
});

/** A webhook as it is asked for. Where it may post to is checked by name and by address (docs/targeting.md). */
export const SubscriptionInput = FeedTerms.extend({
  url: z.string().max(2_000).refine(isPostable, 'must be an http or https address without credentials and fragment'),
  /** False: nothing is sent until it is enabled, then everything since. */
  enabled: z.boolean().default(true),
});

/** `stopped`: the target answered 410. */
export const SubscriptionState = z.enum(['enabled', 'disabled', 'stopped', 'deleted']);
export const SubscriptionChange = z.enum([
  'created',
  'changed',
  'rotated',
  'replayed',
  'discarded',
  'stopped',
  'deleted',
]);

/** A webhook subscription as it was left by its last change. Its secret is never in here. */
export const Subscription = z.object({
  id: z.string(),
  sequence: z.string(),
  version: z.int(),
  state: SubscriptionState,
  url: z.string(),
  types: z.array(z.string()),
  agency: z.string(),
  purpose: z.string(),
  lanes: z.array(z.string()).nullable(),
  tlp: Tlp.nullable(),
  personalData: PersonalData.nullable(),
  includeNonOperational: z.boolean(),
  /** It begins with the event after this one. */
  after: z.string(),
  createdAt: Time,
  /** The last change: what, by whom, when, and what there is to say about it. */
  change: SubscriptionChange,
  by: z.string(),
  changedAt: Time,
  detail: z.string().nullable(),
});

export type FeedTerms = z.infer<typeof FeedTerms>;
export type SubscriptionInput = z.infer<typeof SubscriptionInput>;
export type SubscriptionChange = z.infer<typeof SubscriptionChange>;
export type Subscription = z.infer<typeof Subscription>;

function isPostable(address: string): boolean {
  // No URL parser in the domain: scheme, authority without user, no fragment; the edge parses it before it is used.
  return /^https?:\/\/[^\s/?#@\\]+(?:[/?][^\s#\\]*)?$/i.test(address);
}
