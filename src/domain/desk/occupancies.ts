import type { Evidence } from '../evidence.ts';
import { isoTime, msOf } from '../iso-time.ts';
import type { Detection, OccupancyClosed, OccupancyOpened } from '../observation.ts';
import type { Passage } from '../passage.ts';
import type { Lane } from '../site.ts';
import { termsFor } from './annunciating.ts';
import type { DeskContext, Draft, Observed } from './decision.ts';
import { alarmFor, clear, detect } from './detecting.ts';
import { alarmsIn, changePassage, draftsOf, type PassageWork, workFor, workOn } from './passage-work.ts';
import type { DeskState } from './state.ts';

/** A subject enters the portal: it joins the passage its identity opened, or opens one. */
export function occupancyOpened(
  state: DeskState,
  context: DeskContext,
  lane: Lane,
  { deviceId }: Observed,
  observation: OccupancyOpened,
): readonly Draft[] {
  const forgotten = endOccupancy(state, context, lane, deviceId, 'superseded', context.nowMs);
  const work = workFor(state, context, lane, {
    what: 'occupancy',
    atMs: observation.observedAtMs,
    deviceId,
    identifiers: [],
  });
  occupy(work, deviceId, observation.observedAtMs, observation.complete);
  return [...forgotten, ...draftsOf(work)];
}

function occupy(work: PassageWork, deviceId: string, atMs: number, complete: boolean): void {
  const startedAt = isoTime(atMs);
  const occupancy = { deviceId, counter: null, durationS: null, startedAt, endedAt: null, endReason: null };
  // A second portal that sees the same subject adds its alarms, not its occupancy.
  changePassage(work, work.passage.occupancy === null ? { occupancy, complete } : {});
}

/** The portal's alarm, sample by sample. */
export function detection(
  state: DeskState,
  context: DeskContext,
  lane: Lane,
  { deviceId, raw }: Observed,
  observation: Detection,
): readonly Draft[] {
  const { signal, hazard, active, count, finding, observedAtMs } = observation;
  const evidence: Evidence = { ...finding, raw };
  if (!active) {
    const present = presentAt(state, lane, deviceId);
    if (present === undefined) return [];
    const work = workOn(state, context, lane, present);
    const alarm = alarmFor(work, deviceId, signal);
    if (alarm !== undefined) clear(work, alarm, { evidence, count });
    return draftsOf(work);
  }
  const work = workAt(state, context, lane, deviceId, observedAtMs);
  const { repeatCount } = termsFor(context.alarms, { signal, code: null, deviceId, laneId: lane.id });
  if (count < repeatCount && alarmFor(work, deviceId, signal) === undefined) return draftsOf(work);
  detect(work, { deviceId, signal, hazard, evidence, observedAtMs, historical: false, mode: null, count });
  return draftsOf(work);
}

/**
 * The passage of what stands before the device: the one it is occupied by; of a second portal, whose occupancy is not the
 * passage's, the one in which it alarms.
 */
function presentAt(state: DeskState, { id: laneId }: Lane, deviceId: string): Passage | undefined {
  const occupied = state.passages.get(state.occupied.get(deviceId) ?? '');
  if (occupied !== undefined) return occupied;
  let newest: Passage | undefined;
  for (const { passage } of state.openPlaces) {
    if (passage.laneId !== laneId) continue;
    const alarms = passage.alarmIds.map((id) => state.alarms.get(id));
    if (alarms.some((alarm) => alarm?.deviceId === deviceId && alarm.active)) newest = passage;
  }
  return newest;
}

/** A detection without an occupancy begins one that was not seen whole. */
function workAt(state: DeskState, context: DeskContext, lane: Lane, deviceId: string, atMs: number): PassageWork {
  const present = presentAt(state, lane, deviceId);
  if (present !== undefined) return workOn(state, context, lane, present);
  const work = workFor(state, context, lane, { what: 'occupancy', atMs, deviceId, identifiers: [] });
  if (work.passage.occupancy === null) occupy(work, deviceId, atMs, false);
  return work;
}

export function occupancyClosed(
  state: DeskState,
  context: DeskContext,
  lane: Lane,
  { deviceId }: Observed,
  observation: OccupancyClosed,
): readonly Draft[] {
  return endOccupancy(state, context, lane, deviceId, observation.reason, observation.observedAtMs, observation);
}

/** Ends what the device is occupied by, if anything: its alarms return, the passage settles. */
export function endOccupancy(
  state: DeskState,
  context: DeskContext,
  lane: Lane,
  deviceId: string,
  reason: string,
  atMs: number,
  closed?: OccupancyClosed,
): readonly Draft[] {
  const passage = presentAt(state, lane, deviceId);
  if (passage === undefined) return [];
  const work = workOn(state, context, lane, passage);
  if (state.occupied.get(deviceId) === passage.id) leave(work, reason, atMs, closed);
  for (const alarm of alarmsIn(work)) if (alarm.deviceId === deviceId) clear(work, alarm);
  return draftsOf(work);
}

function leave(work: PassageWork, reason: string, atMs: number, closed: OccupancyClosed | undefined): void {
  const { passage } = work;
  if (passage.occupancy === null) return;
  const startedMs = msOf(passage.occupancy.startedAt);
  const occupancy: Passage['occupancy'] = {
    ...passage.occupancy,
    counter: closed?.counter ?? null,
    durationS: closed?.durationS ?? Math.max(0, (atMs - startedMs) / 1000),
    endedAt: isoTime(Math.max(atMs, startedMs)),
    endReason: reason,
  };
  changePassage(work, {
    occupancy,
    complete: passage.complete && reason === 'device',
    ...(closed === undefined
      ? {}
      : {
          direction: closed.direction,
          speedKmh: closed.speedKmh,
          profile: { gamma: [...closed.profile.gamma], neutron: [...closed.profile.neutron] },
        }),
  });
}
