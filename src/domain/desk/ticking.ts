import type { ConfigFact } from '../event.ts';
import type { Lane } from '../site.ts';
import { timedAlarms } from './alarm-timers.ts';
import { conditionChanged, settledConditions } from './conditions.ts';
import type { DeskContext, Draft } from './decision.ts';
import { clear } from './detecting.ts';
import { examinationsDue } from './examination-timing.ts';
import { endedFloods } from './flooding.ts';
import { isConveyance } from './joining.ts';
import { endOccupancy } from './occupancies.ts';
import { alarmsIn, changePassage, draftsOf, workOn } from './passage-work.ts';
import { expiredService } from './servicing.ts';
import { expiredShelvings } from './shelving.ts';
import type { DeskState } from './state.ts';
import { dueTargets } from './target-times.ts';

/**
 * What time alone brings about: passages that have settled close, targets' validity begins and ends, conditions are
 * announced or over after their delay, shelvings, suspensions of service and floods end, alarms escalate and grow stale,
 * examinations become overdue or are missed. What touches one resource twice takes two ticks, because both would begin
 * from the same version.
 */
export function tick(state: DeskState, context: DeskContext): readonly Draft[] {
  const service = expiredService(state, context);
  if (service.length > 0) return service;
  const settled = settledPassages(state, context);
  const touched = new Set(settled.map(({ subject }) => subject));
  const timed = [
    ...settledConditions(state, context),
    ...expiredShelvings(state, context),
    ...timedAlarms(state, context),
  ].filter(({ subject }) => {
    const free = !touched.has(subject);
    touched.add(subject);
    return free;
  });
  const examinations = examinationsDue(state, context, touched);
  const targets = dueTargets(state, context, touched);
  return [...settled, ...timed, ...targets, ...examinations, ...endedFloods(state, context)];
}

function settledPassages(state: DeskState, context: DeskContext): readonly Draft[] {
  const drafts: Draft[] = [];
  for (const { passage, left, activityMs } of state.openPlaces) {
    const { laneId, occupancy } = passage;
    const lane = context.lanes.get(laneId);
    // A lane taken out of the configuration has nobody left to end its passages.
    if (lane !== undefined && occupancy !== null && !left) continue;
    const { settleS, beforeS } = lane?.join ?? { settleS: 0, beforeS: 0 };
    const waits = lane !== undefined && occupancy === null && isConveyance(lane);
    // Either way: a clock that was set back must not keep passages open.
    const quietMs = Math.abs(context.nowMs - activityMs);
    if (quietMs < (waits ? Math.max(settleS, beforeS) : settleS) * 1000) continue;
    const work = workOn(state, context, lane ?? orphanLane(laneId), passage);
    changePassage(work, { closedAt: context.at, closeReason: 'settled' }, 'closed');
    for (const alarm of alarmsIn(work)) clear(work, alarm);
    drafts.push(...draftsOf(work));
  }
  return drafts;
}

function orphanLane(id: string): Lane {
  const join = { beforeS: 0, afterS: 0, settleS: 0, handoverS: 0 };
  return { id, name: id, kind: 'cargo', direction: 'both', join, rearReaders: [] };
}

/**
 * The service has started: what its devices were occupied by when it stopped has passed unseen, so those occupancies
 * end here and say why. Conditions of a device that nobody watches any more go with it. The configuration it runs under
 * becomes part of the record.
 */
export function started(state: DeskState, context: DeskContext, config: ConfigFact): readonly Draft[] {
  const ended = [...state.occupied].flatMap(([deviceId, passageId]) => {
    const laneId = state.passages.get(passageId)?.laneId ?? '';
    const lane = context.lanes.get(laneId) ?? orphanLane(laneId);
    return endOccupancy(state, context, lane, deviceId, 'restart', context.nowMs);
  });
  const unwatched = [...state.devices].flatMap(([deviceId, { conditions }]) =>
    context.deviceIds.has(deviceId)
      ? []
      : [...conditions.values()].flatMap((condition) =>
          conditionChanged(state, context, { ...condition, active: false, atMs: context.nowMs, raw: null }),
        ),
  );
  return [
    { type: 'lanewatch.config.changed', data: config, subject: `sites/${context.site.id}` },
    ...ended,
    ...unwatched,
  ];
}
