import type { Alarm, AlarmMark } from '../alarm.ts';
import { isUnanswered, stateOf } from './alarm-machine.ts';
import type { DeskContext, Draft } from './decision.ts';
import { floodBegan, loadOf, positionOf } from './flooding.ts';
import { counts, laneKey, recentRaises, sourceOf } from './raises.ts';
import { holdOn } from './servicing.ts';
import { type DeskState, keyOf } from './state.ts';

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
    const marks: AlarmMark[] = chatters(state, context, sourceOf(alarm), raised) ? ['chattering'] : [];
    if (!isUnanswered(alarm.state)) return [{ ...draft, data: marked(alarm, marks) }];
    const position = positionOf(context.alarms, alarm.laneId);
    const before = flooded.has(position) ? [] : flood(state, context, position, raised);
    if (before.length > 0) flooded.add(position);
    if (flooded.has(position)) marks.push('flood');
    return [...before, { ...draft, data: marked(alarm, marks) }];
  });
}

/** What this decision itself raises: of each source and lane how many times. */
function raisedIn(drafts: readonly Draft[]): ReadonlyMap<string, number> {
  const raised = new Map<string, number>();
  const add = (key: string) => raised.set(key, (raised.get(key) ?? 0) + 1);
  for (const { type, data } of drafts) {
    if (type === 'lanewatch.condition.raised') {
      add(keyOf('source', data.deviceId, `condition:${data.code}`));
      add(laneKey(data.laneId));
    } else if (type === 'lanewatch.alarm.raised' && data.evidence.kind !== 'condition' && counts(data)) {
      add(sourceOf(data));
      add(laneKey(data.laneId));
    }
  }
  return raised;
}

function chatters(state: DeskState, context: DeskContext, source: string, raised: ReadonlyMap<string, number>) {
  const { count, withinS } = context.alarms.chattering;
  let times = raised.get(source) ?? 0;
  for (const _raise of recentRaises(state, source, withinS, context.nowMs)) {
    if (times >= count) break;
    times += 1;
  }
  return times >= count;
}

/** The flood that begins here, if one does. */
function flood(state: DeskState, context: DeskContext, position: string, raised: ReadonlyMap<string, number>) {
  const { beginsAbove } = context.alarms.flood;
  let load = loadOf(state, context, position, beginsAbove + 1);
  for (const laneId of context.lanes.keys()) {
    if (positionOf(context.alarms, laneId) === position) load += raised.get(laneKey(laneId)) ?? 0;
  }
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
