import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import type { LanewatchEvent } from './api.ts';
import { type Client, LanewatchProblem } from './client.ts';

/** Where you keep what you got. */
export interface Kept {
  /** The last cursor kept; `0` in the beginning. */
  cursor(): string;
  /** Keep the events and the cursor together. An event may come twice: `(source, id)` is its key. */
  keep(events: readonly LanewatchEvent[], cursor: string): Promise<void>;
}

/** By pulling: everything since the last time, in order. Call it as often as you like. */
export async function pullAll(client: Client, kept: Kept, types?: readonly string[]): Promise<void> {
  for (;;) {
    const cursor = kept.cursor();
    const { events, next } = await client.pull(cursor, types);
    if (next === cursor) return;
    await kept.keep(events, next);
  }
}

/** By streaming: as it happens, over lost connections, until you stop it. */
export async function follow(
  client: Client,
  kept: Kept,
  signal: AbortSignal,
  types?: readonly string[],
): Promise<void> {
  while (!signal.aborted) {
    try {
      for await (const event of client.stream(kept.cursor(), signal, types)) await kept.keep([event], event.sequence);
    } catch (error) {
      // What the service refuses, it will refuse again.
      if (error instanceof LanewatchProblem && error.problem.status < 500) throw error;
    }
    await setTimeout(1_000, undefined, { signal }).catch(() => undefined);
  }
}

/** By webhook: the handler of the address that you subscribed; `secret` is what the subscription answered, once. */
export function webhookReceiver(secret: string, kept: Kept) {
  const webhook = new Webhook(secret);
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request);
    try {
      // Throws where the signature is not ours, or older than five minutes.
      const event = webhook.verify(body, request.headers as Record<string, string>) as LanewatchEvent;
      await kept.keep([event], event.sequence);
      response.writeHead(204).end();
    } catch {
      // Anything but 2xx: it is sent again later.
      response.writeHead(400).end();
    }
  };
}

/** What you do with an event, told apart by its type. */
export function describe(event: LanewatchEvent): string {
  switch (event.type) {
    case 'lanewatch.match.proposed':
      return `${event.data.target.reference} may be passing lane ${event.data.laneId} (${event.data.method})`;
    case 'lanewatch.examination.resulted':
      return `${event.data.target?.reference}: ${event.data.result?.code}`;
    default:
      return `${event.type} ${event.subject}`;
  }
}
