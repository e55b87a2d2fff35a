import type { Alarm, AlarmMark } from '../alarm.ts';
import { isUnanswered, stateOf } from './alarm-machine.ts';
import type { DeskContext, Draft } from './decision.ts';
import { floodBegan, loadOf, positionOf } from './flooding.ts';
import { getIn } from './nested.ts';
import { countRecent, counts, whatOf, whatOfCondition } from './raises.ts';
import { holdOn } from './servicing.ts';
import type { DeskState } from './state.ts';

type AlarmDraft = Extract<Draft, { type: `lanewatch.alarm.${string}` }>;

/**
 * What every alarm passes on its way to the board, whatever raised it: one of a lane or device that is not in service is
 * held from its beginning; one that comes again and again is marked chattering; one too many for the operator who gets
 * it is part of a flood.
 */
export function presented(state: DeskState, context: DeskContext, drafts: readonly Draft[]): readonly Draft[] {
  if (!drafts.some(isAlarmDraft)) return drafts;
  const flooded = new Set(state.floods.keys());
  const raised = raisedIn(drafts);
  return drafts.flatMap((draft): readonly Draft[] => {
    if (!isAlarmDraft(draft)) return [draft];
    const former = state.alarms.get(draft.data.id);
    const alarm = held(state, former, draft.data);
    const anew = draft.type === 'lanewatch.alarm.raised' || (former?.active === false && alarm.active);
    if (!anew || !counts(alarm)) return [alarm === draft.data ? draft : { ...draft, data: alarm }];
    const marks: AlarmMark[] = chatters(state, context, alarm, raised) ? ['chattering'] : [];
    if (!isUnanswered(alarm.state)) return [{ ...draft, data: marked(alarm, marks) }];
    const position = positionOf(context.alarms, alarm.laneId);
    const before = flooded.has(position) ? [] : flood(state, context, position, raised);
    if (before.length > 0) flooded.add(position);
    if (flooded.has(position)) marks.push('flood');
    return [...before, { ...draft, data: marked(alarm, marks) }];
  });
}

interface Raised {
  readonly laneId: string;
  readonly deviceId: string;
  readonly what: string;
}

/** What this decision itself raises, which the state does not know yet. */
function raisedIn(drafts: readonly Draft[]): readonly Raised[] {
  const raised: Raised[] = [];
  for (const { type, data } of drafts) {
    if (type === 'lanewatch.condition.raised') {
      raised.push({ laneId: data.laneId, deviceId: data.deviceId, what: whatOfCondition(data.code) });
    } else if (type === 'lanewatch.alarm.raised' && data.evidence.kind !== 'condition' && counts(data)) {
      raised.push({ laneId: data.laneId, deviceId: data.deviceId, what: whatOf(data) });
    }
  }
  return raised;
}

function chatters(state: DeskState, context: DeskContext, alarm: Alarm, raised: readonly Raised[]): boolean {
  const { count, withinS } = context.alarms.chattering;
  const { deviceId } = alarm;
  const what = whatOf(alarm);
  const here = raised.filter((one) => one.deviceId === deviceId && one.what === what).length;
  const before = getIn(state.raises.sources, deviceId, what);
  return here + countRecent(before, withinS, context.nowMs, count - here) >= count;
}

/** The flood that begins here, if one does. */
function flood(state: DeskState, context: DeskContext, position: string, raised: readonly Raised[]) {
  const { beginsAbove } = context.alarms.flood;
  const here = raised.filter(
    ({ laneId }) => context.lanes.has(laneId) && positionOf(context.alarms, laneId) === position,
  );
  const load = here.length + loadOf(state, context, position, beginsAbove + 1);
  return load > beginsAbove ? [floodBegan(context, position, load)] : [];
}

function isAlarmDraft(draft: Draft): draft is AlarmDraft {
  return draft.type.startsWith('lanewatch.alarm.');
}

/** Held off the board, where it was not on it and its lane or device is not in service. */
function held(state: DeskState, former: Alarm | undefined, alarm: Alarm): Alarm {
  const comesUp = alarm.state !== 'normal' && (former?.state ?? 'normal') === 'normal';
  const service = comesUp ? holdOn(state.services, alarm) : null;
  return service === null ? alarm : { ...alarm, service, state: stateOf({ ...alarm, service }), waitingSince: null };
}

function marked(alarm: Alarm, marks: readonly AlarmMark[]): Alarm {
  const fresh = marks.filter((mark) => !alarm.marks?.includes(mark));
  return fresh.length === 0 ? alarm : { ...alarm, marks: [...(alarm.marks ?? []), ...fresh] };
}
