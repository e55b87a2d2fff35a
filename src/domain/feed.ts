import { z } from 'zod';

const Time = z.iso.datetime();

export const FeedKind = z.enum(['webhook', 'mqtt', 'nats']);
/**
 * `running`: what there is has been accepted, or is under way. `retrying`: the last attempt failed. `parked`: it goes on, but some
 * events were given up for now. `stopped`: nothing is sent.
 */
export const FeedState = z.enum(['running', 'retrying', 'parked', 'stopped']);

/** How a feed is doing. */
export const FeedStatus = z.object({
  id: z.string(),
  kind: FeedKind,
  agency: z.string(),
  state: FeedState,
  cursor: z.string().describe('Everything up to here was accepted, parked, or is not for this feed.'),
  lag: z.object({
    events: z.int().describe('Recorded since, for this feed or not.'),
    seconds: z.number().describe('Since when the first of them has waited.'),
  }),
  accepted: z.int().describe('Events accepted, all in all.'),
  acceptedAt: Time.nullable().describe('When one was accepted last.'),
  retries: z.int(),
  attempts: z.int().describe('Failed attempts at the next event.'),
  nextAttemptAt: Time.nullable(),
  lastError: z.object({ reason: z.string(), at: Time }).nullable(),
  parked: z.int(),
  replaying: z.int().describe('Parts of the journal that are still to be sent again.'),
  acknowledged: z
    .object({ examinationId: z.string(), by: z.string(), at: Time })
    .nullable()
    .describe('The last examination result whose arrival the agency’s side acknowledged.'),
});

/** An event that was not accepted by the end of the schedule. */
export const ParkedEvent = z.object({
  sequence: z.string(),
  at: Time,
  attempts: z.int(),
  reason: z.string(),
});

/** One attempt, as the delivery log keeps it. */
export const FeedDelivery = z.object({
  eventId: z.string(),
  sequence: z.string(),
  type: z.string(),
  at: Time,
  durationMs: z.int(),
  status: z.int().nullable().describe('Of the HTTP answer, where there was one.'),
  outcome: z.enum(['accepted', 'failed', 'gone']),
  error: z.string().nullable(),
  replay: z.boolean(),
});

export type FeedKind = z.infer<typeof FeedKind>;
export type FeedState = z.infer<typeof FeedState>;
export type FeedStatus = z.infer<typeof FeedStatus>;
export type ParkedEvent = z.infer<typeof ParkedEvent>;
export type FeedDelivery = z.infer<typeof FeedDelivery>;
