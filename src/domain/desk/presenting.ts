import type { Alarm, AlarmMark } from '../alarm.ts';
import { isUnanswered, stateOf } from './alarm-machine.ts';
import type { DeskContext, Draft } from './decision.ts';
import { floodBegan, loadOf, positionOf } from './flooding.ts';
import { holdOn } from './servicing.ts';
import type { DeskState } from './state.ts';
import { counts, isOccurrence, recent, sourceOf } from './tracking.ts';

type AlarmDraft = Extract<Draft, { type: `lanewatch.alarm.${string}` }>;

/**
 * What every alarm passes on its way to the board, whatever raised it: one of a lane or device that is not in service is
 * held from its beginning; one that comes again and again is marked chattering; one too many for the operator who gets
 * it is part of a flood.
 */
export function presented(state: DeskState, context: DeskContext, drafts: readonly Draft[]): readonly Draft[] {
  if (!drafts.some(isAlarmDraft)) return drafts;
  /** What this decision itself has added so far. */
  const added = new Map<string, number>();
  const more = (key: string): number => {
    const count = (added.get(key) ?? 0) + 1;
    added.set(key, count);
    return count;
  };
  const flooded = new Set(state.floods.keys());
  return drafts.flatMap((draft): readonly Draft[] => {
    if (!isAlarmDraft(draft)) return [draft];
    const former = state.alarms.get(draft.data.id);
    const alarm = held(state, former, draft.data);
    if (!isOccurrence(former, alarm, draft.type === 'lanewatch.alarm.raised') || !counts(alarm)) {
      return [alarm === draft.data ? draft : { ...draft, data: alarm }];
    }
    const marks: AlarmMark[] = [];
    const { chattering, flood } = context.alarms;
    const source = sourceOf(alarm);
    const times = recent(state.occurrences.get(source), chattering.withinS, context.nowMs) + more(source);
    if (times >= chattering.count) marks.push('chattering');
    const before: Draft[] = [];
    if (isUnanswered(alarm.state)) {
      const position = positionOf(context.alarms, alarm.laneId);
      const load = flooded.has(position) ? 0 : loadOf(state, context, position) + more(position);
      if (load > flood.beginsAbove) {
        flooded.add(position);
        before.push(floodBegan(context, position, load));
      }
      if (flooded.has(position)) marks.push('flood');
    }
    return [...before, { ...draft, data: marked(alarm, marks) }];
  });
}

function isAlarmDraft(draft: Draft): draft is AlarmDraft {
  return draft.type.startsWith('lanewatch.alarm.');
}

/** Held off the board, where it was not on it and its lane or device is not in service. */
function held(state: DeskState, former: Alarm | undefined, alarm: Alarm): Alarm {
  const comesUp = alarm.state !== 'normal' && (former?.state ?? 'normal') === 'normal';
  const service = comesUp ? holdOn(state.services, alarm) : null;
  return service === null ? alarm : { ...alarm, service, state: stateOf({ ...alarm, service }) };
}

function marked(alarm: Alarm, marks: readonly AlarmMark[]): Alarm {
  const fresh = marks.filter((mark) => !alarm.marks?.includes(mark));
  return fresh.length === 0 ? alarm : { ...alarm, marks: [...(alarm.marks ?? []), ...fresh] };
}
