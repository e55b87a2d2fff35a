import type { Alarm } from './alarm.ts';
import type { Examination } from './examination.ts';
import type { AccessFact, ConditionFact, ConfigFact, DeviceFact, FloodFact, MissedFact, RefusedFact } from './facts.ts';
import type { Interdiction } from './interdiction.ts';
import type { Match } from './match.ts';
import type { Passage } from './passage.ts';
import type { ServiceState } from './service.ts';
import type { Subscription } from './subscription.ts';
import type { Target } from './target.ts';
import type { Unmasking } from './unmasking.ts';

export type { ConditionFact, ConfigFact, DeviceFact, FloodFact, MissedFact, RefusedFact } from './facts.ts';

/**
 * The facts. An event about an alarm, a passage, a target, a match or an examination carries the whole resource as it is after the
 * change: replaying needs no computation, a consumer needs no second question, a projection needs no second copy.
 */
export type AlarmEventType =
  | 'lanewatch.alarm.raised'
  | 'lanewatch.alarm.updated'
  | 'lanewatch.alarm.cleared'
  | 'lanewatch.alarm.acknowledged'
  | 'lanewatch.alarm.commented'
  | 'lanewatch.alarm.shelved'
  | 'lanewatch.alarm.unshelved'
  | 'lanewatch.alarm.suppressed'
  | 'lanewatch.alarm.unsuppressed'
  | 'lanewatch.alarm.disposed'
  | 'lanewatch.alarm.reopened';
export type PassageEventType =
  | 'lanewatch.passage.opened'
  | 'lanewatch.passage.identified'
  /** An occupancy, scan or sample joined. */
  | 'lanewatch.passage.updated'
  | 'lanewatch.passage.closed';
export type TargetEventType =
  | 'lanewatch.target.added'
  | 'lanewatch.target.changed'
  /** Its validity has begun. */
  | 'lanewatch.target.activated'
  | 'lanewatch.target.withdrawn'
  | 'lanewatch.target.expired';
export type MatchEventType = 'lanewatch.match.proposed' | 'lanewatch.match.judged';
export type ExaminationEventType =
  | 'lanewatch.examination.requested'
  | 'lanewatch.examination.assigned'
  /** Requested for a target before it came: it is here, in this passage. */
  | 'lanewatch.examination.placed'
  | 'lanewatch.examination.accepted'
  | 'lanewatch.examination.started'
  | 'lanewatch.examination.resulted'
  | 'lanewatch.examination.delivered'
  | 'lanewatch.examination.cancelled'
  | 'lanewatch.examination.overdue'
  | 'lanewatch.examination.escalated'
  | 'lanewatch.examination.missed';

export type ConditionEventType =
  | 'lanewatch.condition.raised'
  /** Still there: of another severity, or in other words. */
  | 'lanewatch.condition.changed'
  | 'lanewatch.condition.cleared';

/** Type and data of every event, tagged by `type`. */
export type Fact =
  | { readonly type: AlarmEventType; readonly data: Alarm }
  | { readonly type: PassageEventType; readonly data: Passage }
  | { readonly type: TargetEventType; readonly data: Target }
  | { readonly type: MatchEventType; readonly data: Match }
  | { readonly type: ExaminationEventType; readonly data: Examination }
  | { readonly type: 'lanewatch.interdiction.noticed'; readonly data: Interdiction }
  | {
      readonly type: 'lanewatch.device.online' | 'lanewatch.device.offline' | 'lanewatch.device.stale';
      readonly data: DeviceFact;
    }
  | { readonly type: ConditionEventType; readonly data: ConditionFact }
  | { readonly type: 'lanewatch.occupancy.missed'; readonly data: MissedFact }
  | { readonly type: 'lanewatch.flood.began' | 'lanewatch.flood.ended'; readonly data: FloodFact }
  | { readonly type: 'lanewatch.service.changed'; readonly data: ServiceState }
  | { readonly type: 'lanewatch.unmasking.changed'; readonly data: Unmasking }
  | { readonly type: 'lanewatch.subscription.changed'; readonly data: Subscription }
  | { readonly type: 'lanewatch.message.refused'; readonly data: RefusedFact }
  | { readonly type: 'lanewatch.access.granted' | 'lanewatch.access.denied'; readonly data: AccessFact }
  | { readonly type: 'lanewatch.config.changed'; readonly data: ConfigFact };

/** What a fact is about, so that a switch over `noun` knows its data. */
export type About =
  | { readonly noun: 'alarm'; readonly data: Alarm }
  | { readonly noun: 'passage'; readonly data: Passage }
  | { readonly noun: 'target'; readonly data: Target }
  | { readonly noun: 'match'; readonly data: Match }
  | { readonly noun: 'examination'; readonly data: Examination }
  | { readonly noun: 'interdiction'; readonly data: Interdiction }
  | { readonly noun: 'message'; readonly data: RefusedFact }
  /** Of no subject: devices, conditions, service, configuration. */
  | { readonly noun: 'equipment'; readonly data: { readonly laneId?: string } };

const subjects: readonly string[] = [
  'alarm',
  'passage',
  'target',
  'match',
  'examination',
  'interdiction',
  'message',
] satisfies About['noun'][];

export function about({ type, data }: Fact): About {
  const noun = type.slice('lanewatch.'.length, type.lastIndexOf('.'));
  return { noun: subjects.includes(noun) ? noun : 'equipment', data } as About;
}

export type EventType = Fact['type'];

/** A numbered fact. `subject` is the path of what it is about, e.g. `alarms/{id}`. */
export type DomainEvent = Fact & {
  readonly id: string;
  readonly sequence: number;
  readonly subject: string;
  /** When it happened, as far as the device knew. */
  readonly time: string;
  /** When it was recorded here. */
  readonly recordedAt: string;
};

/** Under the length of a number, what makes it 20 digits: `padStart` takes three times as long, twice for every alarm. */
const padding = Array.from({ length: 21 }, (_, length) => '0'.repeat(20 - length));

/** Sequence as text: 20 digits, so that text order is number order. */
export function sequenceText(sequence: number): string {
  const digits = String(sequence);
  return (padding[digits.length] ?? '') + digits;
}
