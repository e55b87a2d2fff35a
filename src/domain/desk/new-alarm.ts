import type { Alarm } from '../alarm.ts';
import { guidanceFor } from '../guidance.ts';
import { isoTime } from '../iso-time.ts';
import { stateOf } from './alarm-machine.ts';
import type { DeskContext } from './decision.ts';
import { prioritise } from './priority.ts';

/** What whoever raises an alarm knows of it. */
export type AlarmCause = Pick<
  Alarm,
  | 'laneId'
  | 'deviceId'
  | 'passageId'
  | 'signal'
  | 'hazard'
  | 'evidence'
  | 'mode'
  | 'firstOut'
  | 'historical'
  | 'count'
  | 'active'
  | 'latched'
> & {
  readonly observedAtMs: number;
  readonly matches: Alarm['matches'];
  /** A declaration was read in its passage. */
  readonly declared: boolean;
};

/** An alarm as it is born: unanswered, with its priority and the rule that gave it. */
export function newAlarm(context: DeskContext, cause: AlarmCause): Alarm {
  const { at } = context;
  const id = context.newId();
  const { signal, hazard, active, latched, matches } = cause;
  const confirmed = matches.some((match) => match.verdict?.verdict === 'confirmed');
  const { priority, rule } = prioritise(cause, confirmed, context.alarms.priorities);
  // Spelled out, since most of what the desk makes are alarms: copied from what others know it takes several times as long.
  return {
    id,
    sequence: '',
    version: 1,
    siteId: context.site.id,
    laneId: cause.laneId,
    deviceId: cause.deviceId,
    passageId: cause.passageId,
    signal,
    hazard,
    priority,
    rule,
    state: stateOf({ active, latched, acknowledged: null, disposition: null, shelved: null, service: null }),
    active,
    latched,
    mode: cause.mode,
    firstOut: cause.firstOut,
    historical: cause.historical,
    count: cause.count,
    observedAt: isoTime(cause.observedAtMs),
    raisedAt: at,
    updatedAt: at,
    clearedAt: active ? null : at,
    acknowledged: null,
    shelved: null,
    unshelved: null,
    service: null,
    disposition: null,
    proposedDisposition: null,
    reopened: null,
    waitingSince: at,
    marks: [],
    escalation: null,
    comments: [],
    evidence: cause.evidence,
    matches: matches.map((match) => ({ ...match, alarmId: id })),
    guidance: guidanceFor(context.guidance, signal, hazard),
  };
}
