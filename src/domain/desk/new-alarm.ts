import type { Alarm } from '../alarm.ts';
import { guidanceFor } from '../guidance.ts';
import { stateOf } from './alarm-machine.ts';
import { type DeskContext, isoTime } from './decision.ts';
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
export function newAlarm(context: DeskContext, { observedAtMs, matches, declared, ...cause }: AlarmCause): Alarm {
  const { at } = context;
  const id = context.newId();
  const confirmed = matches.some((match) => match.verdict?.verdict === 'confirmed');
  const unanswered = {
    acknowledged: null,
    shelved: null,
    unshelved: null,
    service: null,
    disposition: null,
    proposedDisposition: null,
    reopened: null,
  };
  return {
    id,
    sequence: '',
    version: 1,
    siteId: context.site.id,
    ...cause,
    ...prioritise({ ...cause, declared }, confirmed, context.alarms.priorities),
    ...unanswered,
    state: stateOf({ ...cause, ...unanswered }),
    observedAt: isoTime(observedAtMs),
    raisedAt: at,
    updatedAt: at,
    clearedAt: cause.active ? null : at,
    waitingSince: at,
    marks: [],
    escalation: null,
    comments: [],
    matches: matches.map((match) => ({ ...match, alarmId: id })),
    guidance: guidanceFor(context.guidance, cause.signal, cause.hazard),
  };
}
