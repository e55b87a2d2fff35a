import type { FeedTerms } from '../subscription.ts';
import { type SharingPolicy, viewerOf } from './sharing-policy.ts';
import type { Viewer } from './viewer.ts';

/**
 * For whom a feed is: a targeting system of that agency, within what the policy gives it. Whoever set the feed up lends it no more: what only
 * an administrator may see does not leave by one.
 */
export function feedViewer(terms: FeedTerms, policy: SharingPolicy): Viewer {
  const { agency, purpose, lanes = null, tlp, personalData, includeNonOperational } = terms;
  const own = { role: 'targeting', scopes: null, agency, purpose, lanes } as const;
  const limits = { ...(tlp && { tlp }), ...(personalData && { personalData }) };
  return { ...viewerOf({ ...own, ...limits }, policy), nonOperational: includeNonOperational };
}
