import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { FeedDelivery, FeedStatus, ParkedEvent } from '../../domain/feed.ts';
import { Subscription, SubscriptionInput } from '../../domain/subscription.ts';
import type { Commander } from '../commander.ts';
import { IdParam, pageOf, wholeList } from '../lists.ts';
import type { HttpParts } from '../parts.ts';
import { grantedTerms, managesFeedOf, ownSubscription } from '../subscription-terms.ts';
import { CommandHeaders, ifVersionOf, tagged } from '../versions.ts';
import type { View } from '../view.ts';

const SubscriptionView = Subscription.extend({
  feed: FeedStatus.nullable().describe('How delivery is doing; null for the moment it takes to set it up.'),
});
const SubscriptionDetail = SubscriptionView.extend({
  parkedEvents: z.array(ParkedEvent).describe('The oldest hundred.'),
});
const WithSecret = SubscriptionView.extend({
  secret: z
    .string()
    .optional()
    .describe('`whsec_` and base64. Shown this once; the same request by the same Idempotency-Key shows it again.'),
});
const Rotate = z.preprocess(
  (body) => body ?? {},
  z.strictObject({
    graceS: z.int().min(0).max(604_800).default(86_400).describe('For how long the old secret signs too.'),
  }),
);
const DeliveryQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(100).describe('Attempts to answer.'),
});

/** Webhooks: who is told of what, and how that is going. */
export const subscriptionRoutes: FastifyPluginAsyncZod<
  Pick<HttpParts, 'webhooks'> & { view: View; commander: Commander }
> = async (app, { webhooks, view, commander }) => {
  const config = { access: 'manage-subscriptions' } as const;
  const tags = ['subscriptions'];
  const shown = (subscription: Subscription) => ({ ...subscription, feed: webhooks.status(subscription.id) ?? null });

  app.get(
    '/subscriptions',
    {
      config,
      schema: {
        tags,
        response: { 200: pageOf(SubscriptionView) },
      },
    },
    async (request) => {
      const viewer = view.viewer(request);
      return wholeList(
        webhooks
          .subscriptions()
          .filter((one) => managesFeedOf(viewer, one))
          .map(shown),
      );
    },
  );
  app.post(
    '/subscriptions',
    {
      config,
      schema: {
        tags,
        headers: CommandHeaders,
        body: SubscriptionInput,
        response: { 201: WithSecret },
      },
    },
    async (request, reply) => {
      const subscription = grantedTerms(view.viewer(request), request.body);
      await webhooks.checkAddress(subscription.url);
      const made = await commander.answer(request, reply, { type: 'put-subscription', subscription });
      const secret = webhooks.secretFor(made, 0);
      return { ...shown(made), ...(secret !== null && { secret }) };
    },
  );
  app.get(
    '/subscriptions/:id',
    {
      config,
      schema: {
        tags,
        params: IdParam,
        response: { 200: SubscriptionDetail },
      },
    },
    async (request, reply) => {
      const one = ownSubscription(view.viewer(request), webhooks, request.params.id);
      return tagged(reply, { ...shown(one), parkedEvents: [...webhooks.parked(one.id).items] });
    },
  );
  app.put(
    '/subscriptions/:id',
    {
      config,
      schema: {
        tags,
        params: IdParam,
        headers: CommandHeaders,
        body: SubscriptionInput,
        response: { 200: SubscriptionView },
      },
    },
    async (request, reply) => {
      const viewer = view.viewer(request);
      const { id: subscriptionId } = ownSubscription(viewer, webhooks, request.params.id);
      const subscription = grantedTerms(viewer, request.body);
      await webhooks.checkAddress(subscription.url);
      const ifVersion = ifVersionOf(request.headers['if-match']);
      const put = { type: 'put-subscription', subscriptionId, subscription, ifVersion } as const;
      return shown(await commander.answer(request, reply, put));
    },
  );
  app.delete(
    '/subscriptions/:id',
    {
      config,
      schema: {
        tags,
        params: IdParam,
        headers: CommandHeaders,
        response: { 200: Subscription },
      },
    },
    (request, reply) => commander.answer(request, reply, { ...change(request), change: 'deleted' }),
  );
  app.post(
    '/subscriptions/:id/rotate',
    {
      config,
      schema: {
        tags,
        params: IdParam,
        headers: CommandHeaders,
        body: Rotate,
        response: { 200: WithSecret },
      },
    },
    async (request, reply) => {
      const { graceS } = request.body;
      const detail = `the former secret ends after ${graceS} s`;
      const rotated = await commander.answer(request, reply, { ...change(request), change: 'rotated', detail });
      const secret = webhooks.secretFor(rotated, graceS * 1_000);
      return { ...shown(rotated), ...(secret !== null && { secret }) };
    },
  );
  app.get(
    '/subscriptions/:id/deliveries',
    {
      config,
      schema: {
        tags,
        params: IdParam,
        querystring: DeliveryQuery,
        response: { 200: pageOf(FeedDelivery) },
      },
    },
    async (request) => {
      const { id } = ownSubscription(view.viewer(request), webhooks, request.params.id);
      return wholeList(webhooks.deliveries(id, request.query.limit));
    },
  );

  /** A change of the subscription that the request names, which must be their own. */
  function change(request: Parameters<View['viewer']>[0] & { params: { id: string }; headers: object }) {
    const { id } = ownSubscription(view.viewer(request), webhooks, request.params.id);
    const ifVersion = ifVersionOf((request.headers as z.infer<typeof CommandHeaders>)['if-match']);
    return { type: 'change-subscription', subscriptionId: id, ifVersion } as const;
  }
};
