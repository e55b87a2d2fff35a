import { isoTime } from '../iso-time.ts';
import { obey } from './commanding.ts';
import { conditionChanged, conditionSet } from './conditions.ts';
import type { Decision, DeskContext, DeskInput, Draft, Observed } from './decision.ts';
import { linkChanged } from './linking.ts';
import { detection, occupancyClosed, occupancyOpened } from './occupancies.ts';
import { occupancyReport } from './occupancy-report.ts';
import { presented } from './presenting.ts';
import { identityRead, scan } from './reads.ts';
import { onRecord } from './recording-access.ts';
import type { DeskState } from './state.ts';
import { started, tick } from './ticking.ts';

/**
 * What an input means in the present state: facts to be recorded, or a refusal. Pure: reads the state, changes
 * nothing, asks nobody. Feeding its facts through `apply` gives the next state.
 */
export function decide(state: DeskState, input: DeskInput, context: DeskContext): Decision {
  const decision = meaningOf(state, input, context);
  return decision.refusal === undefined ? { drafts: presented(state, context, decision.drafts) } : decision;
}

function meaningOf(state: DeskState, input: DeskInput, context: DeskContext): Decision {
  switch (input.type) {
    case 'observation':
      return { drafts: observed(state, input, context) };
    case 'link':
      return { drafts: linkChanged(state, context, input) };
    case 'refused': {
      const data = input.refused;
      return { drafts: [{ type: 'lanewatch.message.refused', data, subject: `devices/${data.deviceId}` }] };
    }
    case 'access': {
      const type = input.granted ? 'lanewatch.access.granted' : 'lanewatch.access.denied';
      return { drafts: [{ type, data: input.access, subject: 'access' }] };
    }
    case 'started':
      return { drafts: started(state, context, input.config) };
    case 'tick':
      return { drafts: tick(state, context) };
    case 'command':
      return onRecord(obey(state, context, input), input);
    default:
      return input satisfies never;
  }
}

function observed(state: DeskState, input: Observed, context: DeskContext): readonly Draft[] {
  const lane = context.lanes.get(input.laneId);
  if (lane === undefined) return [];
  const { observation, deviceId, laneId, raw } = input;
  switch (observation.type) {
    case 'occupancy-opened':
      return occupancyOpened(state, context, lane, input, observation);
    case 'occupancy-closed':
      return occupancyClosed(state, context, lane, input, observation);
    case 'detection':
      return detection(state, context, lane, input, observation);
    case 'identity':
      return identityRead(state, context, lane, input, observation);
    case 'scan':
      return scan(state, context, lane, input, observation);
    case 'condition': {
      const { code, severity, active, text, observedAtMs } = observation;
      return conditionChanged(state, context, {
        deviceId,
        laneId,
        code,
        severity,
        active,
        text,
        atMs: observedAtMs,
        raw,
      });
    }
    case 'condition-set':
      return conditionSet(state, context, { deviceId, laneId, raw, ...observation });
    case 'occupancy-report':
      return occupancyReport(state, context, lane, input, observation);
    case 'occupancy-missed': {
      const { missed, counter, observedAtMs } = observation;
      const data = { deviceId, laneId, missed, counter, observedAt: isoTime(observedAtMs) };
      return [{ type: 'lanewatch.occupancy.missed', data, subject: `devices/${deviceId}`, timeMs: observedAtMs }];
    }
    default:
      return observation satisfies never;
  }
}
