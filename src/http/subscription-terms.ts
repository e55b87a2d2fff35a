import { isWithin, lessPersonalData, type Viewer } from '../domain/sharing/viewer.ts';
import type { Subscription, SubscriptionInput } from '../domain/subscription.ts';
import { LanewatchError } from '../errors.ts';
import type { WebhookPort } from '../ports/feeds.ts';
import { found } from './versions.ts';

/** May they manage it? The post's own manage all, another agency its own. */
export function managesFeedOf({ agency }: Viewer, feed: { readonly agency: string }): boolean {
  return agency === null || agency === feed.agency;
}

/** The subscription, or `not-found` where it is another agency's. */
export function ownSubscription(viewer: Viewer, webhooks: Pick<WebhookPort, 'subscription'>, id: string): Subscription {
  const subscription = webhooks.subscription(id);
  const own = subscription !== undefined && managesFeedOf(viewer, subscription) ? subscription : undefined;
  return found(own, `subscription ${id}`);
}

/**
 * The terms as they are recorded: nobody has more sent than they may see themselves. What is asked beyond that is `not-allowed`; what is left
 * out ends where their own limits do.
 */
export function grantedTerms(viewer: Viewer, asked: SubscriptionInput): SubscriptionInput {
  const refuse = (detail: string): never => {
    throw new LanewatchError('not-allowed', detail);
  };
  if (!managesFeedOf(viewer, asked)) refuse(`agency: you subscribe for ${viewer.agency}, not for ${asked.agency}`);
  const lane = asked.lanes?.find((id) => !(viewer.lanes?.includes(id) ?? true));
  if (lane !== undefined) refuse(`lanes: ${lane} is not one of yours`);
  if (asked.tlp !== undefined && !isWithin(asked.tlp, viewer.tlp)) {
    refuse(`tlp: TLP:${asked.tlp} is above your TLP:${viewer.tlp}`);
  }
  const { personalData } = asked;
  if (personalData !== undefined && lessPersonalData(personalData, viewer.personalData) !== personalData) {
    refuse(`personalData: ${personalData} is more than your ${viewer.personalData}`);
  }
  if (asked.includeNonOperational && !viewer.nonOperational) {
    refuse('includeNonOperational: you do not get exercises, tests and trainings');
  }
  return {
    ...asked,
    tlp: asked.tlp ?? viewer.tlp,
    personalData: personalData ?? viewer.personalData,
    ...(asked.lanes === undefined && viewer.lanes !== null ? { lanes: [...viewer.lanes] } : {}),
  };
}
