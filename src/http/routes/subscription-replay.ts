import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { sequenceText } from '../../domain/event.ts';
import { FeedStatus } from '../../domain/feed.ts';
import { LanewatchError } from '../../errors.ts';
import type { ReplayRequest, WebhookPort } from '../../ports/feeds.ts';
import type { Commander } from '../commander.ts';
import { Cursor } from '../cursor.ts';
import { IdParam, pageOf, TimeParam, wholeList } from '../lists.ts';
import type { HttpParts } from '../parts.ts';
import { managesFeedOf, ownSubscription } from '../subscription-terms.ts';
import { CommandHeaders } from '../versions.ts';
import type { View } from '../view.ts';

const Place = z.union([Cursor, TimeParam]).describe('A sequence, or a time of recording.');
const Replay = z
  .union([
    z.strictObject({ from: Place, to: Place.optional() }),
    z.strictObject({ after: Cursor }),
    z.strictObject({ parked: z.literal(true) }),
  ])
  .describe('A part of the journal, both ends included; or everything after a sequence; or what is parked.');

/** Sending again, and letting go of what could not be sent; and how all feeds are doing. */
export const replayRoutes: FastifyPluginAsyncZod<
  Pick<HttpParts, 'webhooks'> & { view: View; commander: Commander }
> = async (app, { webhooks, view, commander }) => {
  const config = { access: 'manage-subscriptions' } as const;
  const tags = ['subscriptions'];
  const params = IdParam;
  const headers = CommandHeaders;

  app.post(
    '/subscriptions/:id/replay',
    {
      config,
      schema: {
        tags,
        params,
        headers,
        body: Replay,
        response: { 202: FeedStatus },
      },
    },
    async (request, reply) => {
      const { id } = ownSubscription(view.viewer(request), webhooks, request.params.id);
      const asked = replayOf(request.body, webhooks, id);
      const detail = asked === 'parked' ? 'what is parked' : `${sequenceText(asked.from)} to ${sequenceText(asked.to)}`;
      const command = { type: 'change-subscription', subscriptionId: id, change: 'replayed', detail } as const;
      if (webhooks.status(id)?.state === 'stopped') {
        throw new LanewatchError('forbidden-transition', 'it is stopped: enable it first');
      }
      await commander.answer(request, reply, command);
      if (!reply.hasHeader('idempotency-replayed')) webhooks.replay(id, asked);
      reply.code(202);
      return statusOf(webhooks, id);
    },
  );
  app.delete(
    '/subscriptions/:id/parked',
    {
      config,
      schema: {
        tags,
        params,
        headers,
        response: { 200: FeedStatus },
      },
    },
    async (request, reply) => {
      const { id } = ownSubscription(view.viewer(request), webhooks, request.params.id);
      const detail = `${webhooks.parked(id).total} events`;
      const command = { type: 'change-subscription', subscriptionId: id, change: 'discarded', detail } as const;
      await commander.answer(request, reply, command);
      webhooks.discard(id);
      return statusOf(webhooks, id);
    },
  );
  app.get(
    '/feeds',
    {
      config: { access: 'read-site' },
      schema: {
        tags,
        response: { 200: pageOf(FeedStatus) },
      },
    },
    async (request) => {
      const viewer = view.viewer(request);
      return wholeList(webhooks.statuses().filter((status) => managesFeedOf(viewer, status)));
    },
  );
};

function replayOf(body: z.infer<typeof Replay>, webhooks: WebhookPort, id: string): ReplayRequest {
  if ('parked' in body) return 'parked';
  // What comes after the cursor is sent anyway.
  const cursor = Number(statusOf(webhooks, id).cursor);
  if ('after' in body) return part(body.after + 1, cursor);
  const { from, to = cursor } = body;
  const first = typeof from === 'number' ? from : webhooks.sequenceAt(Date.parse(from));
  const last = typeof to === 'number' ? to : webhooks.sequenceAt(Date.parse(to) + 1) - 1;
  return part(Math.max(1, first), Math.min(last, cursor));
}

function part(from: number, to: number): ReplayRequest {
  if (from <= to) return { from, to };
  throw new LanewatchError('invalid-request', 'there is nothing in it that has been sent before');
}

function statusOf(webhooks: WebhookPort, id: string): FeedStatus {
  const status = webhooks.status(id);
  if (status === undefined) throw new LanewatchError('not-found', `no subscription ${id}`);
  return status;
}
