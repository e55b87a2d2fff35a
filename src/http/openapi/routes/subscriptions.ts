import { feedStatus } from '../examples/delivery.ts';
import { subscription } from '../examples/post.ts';
import type { RouteDocs } from '../route-doc.ts';

const secret = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD3xV5hS7P0m4=';
const shown = { ...subscription, feed: feedStatus };
const request = {
  url: subscription.url,
  types: subscription.types,
  agency: subscription.agency,
  purpose: subscription.purpose,
  tlp: 'amber',
  personalData: 'masked',
};

/** Webhooks, and how all feeds are doing. */
export const subscriptionDocs: RouteDocs = {
  'GET /subscriptions': {
    summary: 'Webhook subscriptions',
    description: 'Those of your own agency; all of them for the post’s own.',
    response: { items: [shown], next: null },
  },
  'POST /subscriptions': {
    summary: 'Subscribes a webhook',
    description:
      'Signed after Standard Webhooks. Delivery begins with what is recorded from now on. The secret is shown this once. Addresses that are loopback, link-local or private are refused unless `webhooks.allow` lists them.',
    request,
    response: { ...shown, secret },
  },
  'GET /subscriptions/:id': {
    summary: 'One webhook subscription, with what is parked',
    response: { ...shown, parkedEvents: [] },
  },
  'PUT /subscriptions/:id': {
    summary: 'All the terms of a webhook anew',
    description: 'One that was disabled, or stopped because its target answered 410, goes on where it was.',
    request,
    response: shown,
  },
  'DELETE /subscriptions/:id': {
    summary: 'Deletes a webhook, with its secret, its cursor and what is parked',
  },
  'POST /subscriptions/:id/rotate': {
    summary: 'Makes a new signing secret',
    description: 'Until the time of grace is over, each request is signed with both.',
    request: { graceS: 86_400 },
    response: { ...shown, secret },
  },
  'POST /subscriptions/:id/replay': {
    summary: 'Sends events again',
    description:
      'A part of the journal by sequence or by time of recording, both ends included (`from`, `to`); everything after a sequence (`after`); or what is parked. In order, beside what is new, with the same `webhook-id`. An attempt that is waited for is made at once.',
    request: { from: '2026-11-23T09:00:00Z', to: '2026-11-23T10:00:00Z' },
  },
  'DELETE /subscriptions/:id/parked': {
    summary: 'Lets go of what is parked',
    description: 'It is not tried again by itself. The journal keeps it, and a replay of its part sends it.',
  },
  'GET /subscriptions/:id/deliveries': {
    summary: 'The latest attempts, newest first',
    description: 'The log keeps two hundred of each subscription.',
  },
  'GET /feeds': {
    summary: 'How every feed is doing',
    description:
      'Webhooks, MQTT and NATS: state, cursor, lag, retries, what is parked, and the last result whose arrival was acknowledged.',
  },
};
