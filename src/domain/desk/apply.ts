import type { Alarm } from '../alarm.ts';
import type { ConditionFact, DomainEvent } from '../event.ts';
import { msOf } from '../iso-time.ts';
import type { Match } from '../match.ts';
import type { Passage } from '../passage.ts';
import { rejectionKeys } from './agreement.ts';
import { noteUnsettled } from './annunciating.ts';
import { noteUnexamined, putExamination } from './examination-stages.ts';
import { forgetAlarm, forgetOld } from './forget.ts';
import { letTargetsGo, putTarget } from './held-targets.ts';
import { setIn } from './nested.ts';
import { eachMessage, follow, joinedSince, type Place, placeOf } from './place.ts';
import { countAlarm, countCondition } from './raises.ts';
import { type DeskState, type DeviceKnowledge, index, isHeld, keyOf } from './state.ts';
import { enter, readKnownBy } from './subject-index.ts';
import { putUnmasking } from './unmasking.ts';
import { wait } from './waiting.ts';

/**
 * Brings the state to what it is after `event`; the only place where state changes. Deterministic: it looks at nothing
 * but the state and the event, so that live running and replay end in the same state.
 */
export function apply(state: DeskState, event: DomainEvent): DeskState {
  state.sequence = event.sequence;
  switch (event.type) {
    case 'lanewatch.alarm.raised':
      countAlarm(state, event.data, true);
      putAlarm(state, event.data);
      return state;
    case 'lanewatch.alarm.updated':
    case 'lanewatch.alarm.cleared':
    case 'lanewatch.alarm.acknowledged':
    case 'lanewatch.alarm.commented':
    case 'lanewatch.alarm.shelved':
    case 'lanewatch.alarm.unshelved':
    case 'lanewatch.alarm.suppressed':
    case 'lanewatch.alarm.unsuppressed':
    case 'lanewatch.alarm.disposed':
    case 'lanewatch.alarm.reopened':
      putAlarm(state, event.data);
      return state;
    case 'lanewatch.passage.opened':
      openPassage(state, event.data, event.sequence, msOf(event.recordedAt));
      return state;
    case 'lanewatch.passage.identified':
    case 'lanewatch.passage.updated':
    case 'lanewatch.passage.closed': {
      const place = state.places.get(event.data.id);
      if (place !== undefined) putPassage(state, event.data, place, msOf(event.recordedAt));
      return state;
    }
    case 'lanewatch.target.added':
    case 'lanewatch.target.changed':
    case 'lanewatch.target.activated':
    case 'lanewatch.target.withdrawn':
    case 'lanewatch.target.expired':
      putTarget(state, event.data, msOf(event.recordedAt));
      return state;
    case 'lanewatch.match.proposed':
    case 'lanewatch.match.judged':
      putMatch(state, event.data);
      return state;
    case 'lanewatch.examination.requested':
    case 'lanewatch.examination.assigned':
    case 'lanewatch.examination.placed':
    case 'lanewatch.examination.accepted':
    case 'lanewatch.examination.started':
    case 'lanewatch.examination.resulted':
    case 'lanewatch.examination.delivered':
    case 'lanewatch.examination.cancelled':
    case 'lanewatch.examination.overdue':
    case 'lanewatch.examination.escalated':
    case 'lanewatch.examination.missed':
      putExamination(state, event.data, event.recordedAt);
      return state;
    case 'lanewatch.device.online':
      deviceOf(state, event.data.deviceId).link = 'online';
      return state;
    case 'lanewatch.device.offline':
      deviceOf(state, event.data.deviceId).link = 'offline';
      return state;
    case 'lanewatch.device.stale':
      deviceOf(state, event.data.deviceId).link = 'stale';
      return state;
    case 'lanewatch.condition.raised':
    case 'lanewatch.condition.changed':
    case 'lanewatch.condition.cleared':
      putCondition(state, event.data, event.type !== 'lanewatch.condition.cleared');
      return state;
    case 'lanewatch.flood.began':
      state.floods.set(event.data.position, event.data);
      return state;
    case 'lanewatch.flood.ended':
      state.floods.delete(event.data.position);
      return state;
    case 'lanewatch.service.changed':
      state.services[event.data.scope].set(event.data.id, event.data);
      return state;
    case 'lanewatch.unmasking.changed':
      putUnmasking(state, event.data, event.recordedAt);
      return state;
    case 'lanewatch.subscription.changed':
      if (event.data.state === 'deleted') state.subscriptions.delete(event.data.id);
      else state.subscriptions.set(event.data.id, event.data);
      return state;
    case 'lanewatch.config.changed':
      // The service has started: what it knew of links before is the past.
      for (const device of state.devices.values()) device.link = null;
      dropUnknown(state);
      return state;
    case 'lanewatch.occupancy.missed':
    case 'lanewatch.message.refused':
    case 'lanewatch.access.granted':
    case 'lanewatch.access.denied':
    case 'lanewatch.interdiction.noticed':
      return state;
    default:
      event satisfies never;
      return state;
  }
}

/** An alarm that is normal, and whose passage the desk has let go of, leaves with this. */
function putAlarm(state: DeskState, alarm: Alarm): void {
  const { evidence, deviceId, passageId } = alarm;
  wait(state, state.alarms.get(alarm.id), alarm);
  if (alarm.state === 'normal' && (passageId === null || !isHeld(state, passageId))) forgetAlarm(state, alarm);
  else state.alarms.set(alarm.id, alarm);
  if (evidence.kind !== 'condition') return;
  noteConditionAlarm(state, alarm, keyOf(deviceId, evidence.code));
  noteUnsettled(state, deviceId, evidence.code);
}

/** An old alarm that is reopened does not take the place of the one that has come since. */
function noteConditionAlarm({ conditionAlarms }: DeskState, { id, state }: Alarm, key: string): void {
  const holder = conditionAlarms.get(key);
  if (state !== 'normal') conditionAlarms.set(key, holder ?? id);
  else if (holder === id) conditionAlarms.delete(key);
}

function putCondition(state: DeskState, fact: ConditionFact, present: boolean): void {
  const { conditions, past } = deviceOf(state, fact.deviceId);
  const former = conditions.get(fact.code) ?? past.get(fact.code);
  if (former !== undefined) countCondition(state, former, false);
  countCondition(state, fact, true);
  conditions.delete(fact.code);
  past.delete(fact.code);
  if (present) conditions.set(fact.code, fact);
  else if (fact.raises !== undefined) past.set(fact.code, fact);
  else dropUnknown(state);
  noteUnsettled(state, fact.deviceId, fact.code);
}

function openPassage(state: DeskState, passage: Passage, sequence: number, recordedMs: number): void {
  forgetOld(state, recordedMs);
  letTargetsGo(state, recordedMs);
  const place = placeOf(passage, sequence);
  state.places.set(passage.id, place);
  const places = state.lanePlaces.get(passage.laneId);
  if (places === undefined) state.lanePlaces.set(passage.laneId, [place]);
  else places.push(place);
  state.openPlaces.add(place);
  putPassage(state, passage, place, recordedMs);
}

function putPassage(state: DeskState, passage: Passage, place: Place, recordedMs: number): void {
  const { id, occupancy } = passage;
  const joined = joinedSince(passage, state.passages.get(id));
  state.passages.set(id, passage);
  follow(place, passage, joined);
  place.activityMs = recordedMs;
  if (passage.closedAt !== null) state.openPlaces.delete(place);
  if (occupancy !== null) {
    if (occupancy.endedAt === null) state.occupied.set(occupancy.deviceId, id);
    else if (state.occupied.get(occupancy.deviceId) === id) state.occupied.delete(occupancy.deviceId);
  }
  for (const read of joined.reads) enter(state.passageIndex, id, readKnownBy(read));
  eachMessage(joined, (deviceId, message) => setIn(state.seen, deviceId, message, id));
  noteUnexamined(state, passage);
}

function putMatch(state: DeskState, match: Match): void {
  if (isHeld(state, match.passageId)) state.matches.set(match.id, match);
  const target = state.targets.get(match.targetId);
  // One that has ended is matched no more, and comes back as another version.
  if (match.verdict === null || target?.state !== 'active') return;
  const { verdict, targetVersion } = { verdict: match.verdict.verdict, targetVersion: match.targetVersion };
  const rejected = verdict === 'rejected' && (targetVersion ?? target.version) === target.version;
  for (const key of rejectionKeys(match)) index(state.rejections, match.targetId, key, rejected);
}

function deviceOf(state: DeskState, deviceId: string): DeviceKnowledge {
  const known = state.devices.get(deviceId);
  if (known !== undefined) return known;
  const fresh: DeviceKnowledge = { link: null, conditions: new Map(), past: new Map() };
  state.devices.set(deviceId, fresh);
  return fresh;
}

/** A device of which nothing stands is one that was never heard of. */
function dropUnknown(state: DeskState): void {
  for (const [id, { link, conditions, past }] of state.devices) {
    if (link === null && conditions.size + past.size === 0) state.devices.delete(id);
  }
}
