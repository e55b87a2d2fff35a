import type { z } from 'zod';
import { Alarm } from './alarm.ts';
import type { EventType, Fact } from './event.ts';
import { Examination } from './examination.ts';
import { AccessFact, ConditionFact, ConfigFact, DeviceFact, FloodFact, MissedFact, RefusedFact } from './facts.ts';
import { Interdiction } from './interdiction.ts';
import { Match } from './match.ts';
import { Passage } from './passage.ts';
import { ServiceState } from './service.ts';
import { Subscription } from './subscription.ts';
import { Target } from './target.ts';
import { Unmasking } from './unmasking.ts';

type DataOf<T extends EventType, F extends Fact = Fact> = F extends Fact
  ? T extends F['type']
    ? F['data']
    : never
  : never;

/** Of one type of event: the schema of its data, and what it says in a sentence. */
interface Told<T extends EventType> {
  readonly data: z.ZodType<DataOf<T>>;
  readonly says: string;
}

/** Every type of event. A type without a row, or with the data of another, does not compile. */
export const eventData = {
  'lanewatch.alarm.raised': { data: Alarm, says: 'A device reports something that an operator must answer.' },
  'lanewatch.alarm.updated': { data: Alarm, says: 'More is known of it: evidence, a match, a mark, who was told.' },
  'lanewatch.alarm.cleared': { data: Alarm, says: 'Its cause has gone. A detection stays until it is disposed of.' },
  'lanewatch.alarm.acknowledged': { data: Alarm, says: 'Somebody deals with it.' },
  'lanewatch.alarm.commented': { data: Alarm, says: 'Somebody wrote something down about it.' },
  'lanewatch.alarm.shelved': { data: Alarm, says: 'Off the board for a while, for a reason.' },
  'lanewatch.alarm.unshelved': { data: Alarm, says: 'Back on the board, by somebody or by time.' },
  'lanewatch.alarm.suppressed': { data: Alarm, says: 'Recorded and not presented, as its lane or device is.' },
  'lanewatch.alarm.unsuppressed': { data: Alarm, says: 'Presented again.' },
  'lanewatch.alarm.disposed': { data: Alarm, says: 'The verdict: was the alarm real?' },
  'lanewatch.alarm.reopened': { data: Alarm, says: 'The verdict was taken back.' },
  'lanewatch.flood.began': { data: FloodFact, says: 'More alarms than one operator can answer.' },
  'lanewatch.flood.ended': { data: FloodFact, says: 'No longer.' },
  'lanewatch.passage.opened': { data: Passage, says: 'Something is in the lane.' },
  'lanewatch.passage.identified': { data: Passage, says: 'An identifier of the subject was read.' },
  'lanewatch.passage.updated': { data: Passage, says: 'An occupancy, scan, sample or report has joined.' },
  'lanewatch.passage.closed': { data: Passage, says: 'Nothing more is expected of it.' },
  'lanewatch.target.added': { data: Target, says: 'A new target.' },
  'lanewatch.target.changed': { data: Target, says: 'Its originator sent it again, otherwise.' },
  'lanewatch.target.activated': { data: Target, says: 'Its validity has begun.' },
  'lanewatch.target.withdrawn': { data: Target, says: 'Its originator looks for it no longer.' },
  'lanewatch.target.expired': { data: Target, says: 'Its validity has ended.' },
  'lanewatch.match.proposed': { data: Match, says: 'What passes may be a target: a person is asked.' },
  'lanewatch.match.judged': { data: Match, says: 'A person has said whether it is.' },
  'lanewatch.interdiction.noticed': { data: Interdiction, says: 'A target passes, and no sensor has alarmed.' },
  'lanewatch.examination.requested': { data: Examination, says: 'Somebody asks for it.' },
  'lanewatch.examination.assigned': { data: Examination, says: 'Somebody else is to do it.' },
  'lanewatch.examination.placed': { data: Examination, says: 'What it was requested for before it came is here.' },
  'lanewatch.examination.accepted': { data: Examination, says: 'The unit will do it.' },
  'lanewatch.examination.started': { data: Examination, says: 'It is under way.' },
  'lanewatch.examination.resulted': { data: Examination, says: 'The result: acknowledge it with `delivered`.' },
  'lanewatch.examination.delivered': { data: Examination, says: 'The requester has the result.' },
  'lanewatch.examination.cancelled': { data: Examination, says: 'It is not wanted any more.' },
  'lanewatch.examination.overdue': { data: Examination, says: 'One end is late: `overdueAt` says which.' },
  'lanewatch.examination.escalated': { data: Examination, says: 'It is still late, and somebody else was told.' },
  'lanewatch.examination.missed': { data: Examination, says: 'The subject left without it.' },
  'lanewatch.device.online': { data: DeviceFact, says: 'The device is heard.' },
  'lanewatch.device.offline': { data: DeviceFact, says: 'The link to the device is lost.' },
  'lanewatch.device.stale': { data: DeviceFact, says: 'The link stands, and nothing is heard for too long.' },
  'lanewatch.condition.raised': { data: ConditionFact, says: 'The equipment reports a state of itself.' },
  'lanewatch.condition.changed': {
    data: ConditionFact,
    says: 'That state is of another severity now, or told in other words.',
  },
  'lanewatch.condition.cleared': { data: ConditionFact, says: 'That state is over.' },
  'lanewatch.occupancy.missed': { data: MissedFact, says: 'Subjects were counted that never reached us.' },
  'lanewatch.service.changed': {
    data: ServiceState,
    says: 'A lane or a device was taken out of service, or put back.',
  },
  'lanewatch.subscription.changed': {
    data: Subscription,
    says: 'A webhook was made, changed, stopped or deleted, its secret rotated, or events sent again.',
  },
  'lanewatch.message.refused': { data: RefusedFact, says: 'A message could not be used.' },
  'lanewatch.unmasking.changed': {
    data: Unmasking,
    says: 'Somebody asks to see masked data whole, and another person decides.',
  },
  'lanewatch.access.granted': { data: AccessFact, says: 'Somebody was let in, saw personal data or did something.' },
  'lanewatch.access.denied': { data: AccessFact, says: 'Somebody was refused.' },
  'lanewatch.config.changed': { data: ConfigFact, says: 'The service runs by another configuration.' },
} satisfies { readonly [T in EventType]: Told<T> };

export const eventTypes: readonly EventType[] = Object.keys(eventData) as EventType[];
