import type { FeedsParts } from '../../src/app-feeds.ts';

/** A post that has no feeds to brokers. */
export const noBrokerFeeds: Pick<FeedsParts, 'firstSequence' | 'config' | 'secrets' | 'bus'> = {
  firstSequence: 0,
  config: { feeds: { mqtt: [], nats: [] }, lanes: [] },
  secrets: {},
  bus: (name) => {
    throw new Error(`there is no broker ${name}`);
  },
};
