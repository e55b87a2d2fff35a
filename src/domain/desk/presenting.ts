import type { Alarm, AlarmMark } from '../alarm.ts';
import { isUnanswered, stateOf } from './alarm-machine.ts';
import type { DeskContext, Draft } from './decision.ts';
import { floodBegan, loadOf, positionOf } from './flooding.ts';
import { countRecent, counts, sourceOf, whatOf, whatOfCondition } from './raises.ts';
import { holdOn } from './servicing.ts';
import type { DeskState } from './state.ts';

type AlarmDraft = Extract<Draft, { type: `lanewatch.alarm.${string}` }>;

/**
 * What every alarm passes on its way to the board, whatever raised it: one of a lane or device that is not in service is
 * held from its beginning; one that comes again and again is marked chattering; one too many for the operator who gets
 * it is part of a flood. The alarms are the decision's own: they are changed where they are.
 */
export function presented(state: DeskState, context: DeskContext, drafts: readonly Draft[]): readonly Draft[] {
  if (!drafts.some(isAlarmDraft)) return drafts;
  const raised = raisedIn(drafts);
  const presented: Draft[] = [];
  const flooded = (position: string) =>
    state.floods.has(position) ||
    presented.some(({ type, data }) => type === 'lanewatch.flood.began' && data.position === position);
  for (const draft of drafts) {
    if (!isAlarmDraft(draft)) {
      presented.push(draft);
      continue;
    }
    const alarm = draft.data;
    const former = state.alarms.get(alarm.id);
    hold(state, former, alarm);
    const anew = draft.type === 'lanewatch.alarm.raised' || (former?.active === false && alarm.active);
    if (anew && counts(alarm)) {
      if (chatters(state, context, alarm, raised)) mark(alarm, 'chattering');
      if (isUnanswered(alarm.state)) {
        const position = positionOf(context.alarms, alarm.laneId);
        if (!flooded(position)) presented.push(...flood(state, context, position, raised));
        if (flooded(position)) mark(alarm, 'flood');
      }
    }
    presented.push(draft);
  }
  return presented;
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
  const { laneId, deviceId } = alarm;
  const what = whatOf(alarm);
  const here = raised.filter((one) => one.laneId === laneId && one.deviceId === deviceId && one.what === what).length;
  const before = sourceOf(state, laneId, deviceId, what);
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
function hold(state: DeskState, former: Alarm | undefined, alarm: Alarm): void {
  const comesUp = alarm.state !== 'normal' && (former?.state ?? 'normal') === 'normal';
  const service = comesUp ? holdOn(state.services, alarm) : null;
  if (service === null) return;
  alarm.service = service;
  alarm.state = stateOf(alarm);
  alarm.waitingSince = null;
}

function mark(alarm: Alarm, anew: AlarmMark): void {
  const { marks = [] } = alarm;
  if (!marks.includes(anew)) alarm.marks = marks.concat(anew);
}
