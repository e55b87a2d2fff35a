import type { Alarm } from '../alarm.ts';
import { stateOf } from './alarm-machine.ts';
import type { Draft } from './decision.ts';
import { holdOn } from './servicing.ts';
import type { DeskState } from './state.ts';

/**
 * What every alarm passes on its way to the board, whatever raised it: one of a lane or device that is not in service
 * is held from its beginning.
 */
export function presented(state: DeskState, drafts: readonly Draft[]): readonly Draft[] {
  if (state.services.size === 0) return drafts;
  return drafts.map((draft) => {
    if (!isAlarmDraft(draft) || !comesUp(state, draft.data)) return draft;
    const service = holdOn(state.services, draft.data);
    return service === null
      ? draft
      : { ...draft, data: { ...draft.data, service, state: stateOf({ ...draft.data, service }) } };
  });
}

type AlarmDraft = Extract<Draft, { type: `lanewatch.alarm.${string}` }>;

function isAlarmDraft(draft: Draft): draft is AlarmDraft {
  return draft.type.startsWith('lanewatch.alarm.');
}

/** It was not on the board, and now it is. */
function comesUp(state: DeskState, alarm: Alarm): boolean {
  return alarm.state !== 'normal' && (state.alarms.get(alarm.id)?.state ?? 'normal') === 'normal';
}
