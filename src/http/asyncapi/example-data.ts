import type { CloudEvent } from '../../domain/cloud-event.ts';
import type { EventType } from '../../domain/event.ts';
import { ids } from '../openapi/examples/ids.ts';
import * as post from '../openapi/examples/post.ts';
import * as story from '../openapi/examples/story.ts';

const device = `devices/${post.deviceStatus.id}`;

/** Of each kind of data the type of event that it looks like. */
export const exampleData: { readonly [T in EventType]?: Pick<CloudEvent, 'subject' | 'data'> } = {
  'lanewatch.alarm.acknowledged': { subject: `alarms/${ids.alarm}`, data: story.alarm },
  'lanewatch.passage.closed': { subject: `passages/${ids.passage}`, data: story.passage },
  'lanewatch.target.added': { subject: `targets/${ids.target}`, data: story.target },
  'lanewatch.match.judged': { subject: `matches/${ids.match}`, data: story.match },
  'lanewatch.interdiction.noticed': { subject: `interdictions/${ids.match}`, data: story.interdiction },
  'lanewatch.examination.resulted': { subject: `examinations/${ids.examination}`, data: story.examination },
  'lanewatch.device.offline': { subject: device, data: post.deviceFact },
  'lanewatch.condition.raised': { subject: device, data: post.conditionFact },
  'lanewatch.occupancy.missed': { subject: device, data: post.missedFact },
  'lanewatch.flood.began': { subject: `positions/${post.floodFact.position}`, data: post.floodFact },
  'lanewatch.service.changed': { subject: device, data: post.serviceState },
  'lanewatch.message.refused': { subject: `devices/${post.refusedFact.deviceId}`, data: post.refusedFact },
  'lanewatch.subscription.changed': { subject: `subscriptions/${post.subscription.id}`, data: post.subscription },
  'lanewatch.unmasking.changed': { subject: `unmaskings/${post.unmasking.id}`, data: post.unmasking },
  'lanewatch.access.granted': { subject: 'access', data: post.accessFact },
  'lanewatch.config.changed': { subject: `sites/${post.site.id}`, data: post.configFact },
};
