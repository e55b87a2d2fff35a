import { z } from 'zod';
import { TypePattern } from '../../domain/event-types.ts';
import { Cursor } from '../cursor.ts';

/** What a client of the live stream says first. */
export const SubscribeMessage = z.strictObject({
  subscribe: z.strictObject({
    /** The last sequence the client has; null: from now on. */
    after: Cursor.nullable().default(null),
    /** Empty: every type. */
    types: z.array(TypePattern).max(50).default([]),
    /** Lanes whose readings are wanted. */
    readings: z.array(z.string().min(1).max(100)).max(500).default([]),
  }),
});

export type Subscription = z.infer<typeof SubscribeMessage>['subscribe'];

/** Reads a client's message. Answers the subscription, or why it is none. */
export function readSubscribe(text: string): Subscription | { readonly refused: string } {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return { refused: 'the message is not JSON' };
  }
  const read = SubscribeMessage.safeParse(message);
  if (read.success) return read.data.subscribe;
  const [issue] = read.error.issues;
  return { refused: `${issue?.path.join('.') || 'message'}: ${issue?.message ?? 'does not fit'}` };
}
