import type { FeedDelivery, FeedStatus } from '../../../domain/feed.ts';
import { ids } from './ids.ts';
import { subscription } from './post.ts';

const at = (time: string) => `2026-11-23T${time}Z`;

export const feedStatus: FeedStatus = {
  id: subscription.id,
  kind: 'webhook',
  agency: 'freight-targeting',
  state: 'retrying',
  cursor: '00000000000000004799',
  lag: { events: 12, seconds: 41.2 },
  accepted: 87,
  acceptedAt: at('09:31:02.310'),
  retries: 2,
  attempts: 2,
  nextAttemptAt: at('09:36:44.000'),
  lastError: { reason: 'HTTP 502: Bad Gateway', at: at('09:31:44.120') },
  parked: 0,
  replaying: 0,
  acknowledged: { examinationId: ids.examination, by: 'freight-targeting', at: at('09:20:11.000') },
};

export const feedDelivery: FeedDelivery = {
  eventId: ids.event,
  sequence: '00000000000000004800',
  type: 'lanewatch.alarm.raised',
  at: at('09:31:44.020'),
  durationMs: 100,
  status: 502,
  outcome: 'failed',
  error: 'HTTP 502: Bad Gateway',
  replay: false,
};
