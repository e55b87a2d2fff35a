import { feedDelivery, feedStatus } from './delivery.ts';
import { figures } from './figures.ts';
import * as post from './post.ts';
import * as story from './story.ts';

/** What is published by name → how one looks. */
export const examples: Readonly<Record<string, unknown>> = {
  Alarm: story.alarm,
  Evidence: story.alarm.evidence,
  Passage: story.passage,
  Target: story.target,
  Match: story.match,
  Interdiction: story.interdiction,
  Examination: story.examination,
  Site: post.site,
  Lane: post.lane,
  ServiceState: post.serviceState,
  DeviceStatus: post.deviceStatus,
  SpectrumSet: post.spectrumSet,
  DeviceFact: post.deviceFact,
  ConditionFact: post.conditionFact,
  MissedFact: post.missedFact,
  RefusedFact: post.refusedFact,
  FloodFact: post.floodFact,
  ConfigFact: post.configFact,
  AccessFact: post.accessFact,
  Unmasking: post.unmasking,
  Subscription: post.subscription,
  CloudEvent: post.cloudEvent,
  Figures: figures,
  FeedStatus: feedStatus,
  FeedDelivery: feedDelivery,
};
