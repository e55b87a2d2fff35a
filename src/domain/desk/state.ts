import type { Alarm } from '../alarm.ts';
import type { ConditionFact, FloodFact } from '../event.ts';
import type { Examination } from '../examination.ts';
import type { Match } from '../match.ts';
import type { Passage } from '../passage.ts';
import type { ServiceScope, ServiceState } from '../service.ts';
import type { Subscription } from '../subscription.ts';
import type { Target } from '../target.ts';
import type { Unmasking } from '../unmasking.ts';
import type { Nested } from './nested.ts';
import type { Place } from './place.ts';
import type { Source } from './raises.ts';
import { Schedule } from './schedule.ts';
import { emptyIndex, type SubjectIndex } from './subject-index.ts';
import { nobodyWaits, type Waiting } from './waiting.ts';

/** What the desk last knew of a device. */
export interface DeviceKnowledge {
  link: 'online' | 'offline' | 'stale' | null;
  readonly conditions: Map<string, ConditionFact>;
  /** Those that are over, with the times at which they were raised lately. */
  readonly past: Map<string, ConditionFact>;
}

/**
 * The live operational state: everything a decision may look at. Changed only by `apply`, so that replaying the
 * journal rebuilds it. Closed passages, and with them their alarms, leave after `keepMs`; the journal keeps them.
 */
export interface DeskState {
  sequence: number;
  readonly keepMs: number;
  readonly alarms: Map<string, Alarm>;
  /** (device, code) → the alarm of that condition. */
  readonly conditionAlarms: Map<string, string>;
  readonly waiting: Waiting;
  /** Lane → what of it has raised something of late. */
  readonly raises: Map<string, Source[]>;
  /** Operators' positions in a flood of alarms. */
  readonly floods: Map<string, FloodFact>;
  readonly passages: Map<string, Passage>;
  /** Of each passage that is held, what joining asks. */
  readonly places: Map<string, Place>;
  /** Those of a lane, oldest first; and the open ones, in the order in which they opened. */
  readonly lanePlaces: Map<string, Place[]>;
  readonly openPlaces: Set<Place>;
  /** Device → passage it is occupied by. */
  readonly occupied: Map<string, string>;
  /** Device, then its own message id → passage: redelivery changes nothing. */
  readonly seen: Nested<string>;
  readonly devices: Map<string, DeviceKnowledge>;
  /** Conditions whose alarm does not say the same as their fact: announced, or over, only after a time. */
  readonly unsettled: Map<string, { readonly deviceId: string; readonly code: string }>;
  /** Lane or device → whether it is in service; none: it is. */
  readonly services: Readonly<Record<ServiceScope, Map<string, ServiceState>>>;
  /** Webhooks, whether enabled or not. */
  readonly subscriptions: Map<string, Subscription>;
  /** Of the last day. */
  readonly unmaskings: Map<string, Unmasking>;
  /** Those on the list, and for a while those that have left it (held-targets.ts). */
  readonly targets: Map<string, Target>;
  /** (originator, reference) → target. */
  readonly targetRefs: Map<string, string>;
  /** Held targets that are withdrawn or expired → when that was recorded, oldest first. */
  readonly endedTargets: Map<string, number>;
  /** Active targets, and passages, by what they are known by; no snapshot keeps them (kept-state.ts). */
  readonly targetIndex: SubjectIndex;
  readonly passageIndex: SubjectIndex;
  /** Active targets whose validity is to begin or to end. */
  readonly targetTimes: Schedule;
  /** Target as it is → what a person has said it is not (agreement.ts, `rejectionKeys`). */
  readonly rejections: Map<string, Set<string>>;
  readonly matches: Map<string, Match>;
  readonly examinations: Map<string, Examination>;
  /** Those to which nothing can happen any more → when that was recorded, oldest first. */
  readonly finishedExaminations: Map<string, number>;
  /** What time may do next → minute from which it counts → examinations; see examination-stages.ts. */
  readonly examinationStages: Map<string, Minutes>;
  /** Target → its examinations. */
  readonly targetExaminations: Map<string, Set<string>>;
  /** (passage, target to be examined) that left, no examination of the passage requested → since when. Few, for a while. */
  readonly unexamined: Map<string, number>;
}

export function emptyState(keepMs: number): DeskState {
  return {
    sequence: 0,
    keepMs,
    alarms: new Map(),
    conditionAlarms: new Map(),
    waiting: nobodyWaits(),
    raises: new Map(),
    floods: new Map(),
    passages: new Map(),
    places: new Map(),
    lanePlaces: new Map(),
    openPlaces: new Set(),
    occupied: new Map(),
    seen: new Map(),
    devices: new Map(),
    unsettled: new Map(),
    services: { lane: new Map(), device: new Map() },
    subscriptions: new Map(),
    unmaskings: new Map(),
    targets: new Map(),
    targetRefs: new Map(),
    endedTargets: new Map(),
    targetIndex: emptyIndex(),
    passageIndex: emptyIndex(),
    targetTimes: new Schedule(),
    rejections: new Map(),
    matches: new Map(),
    examinations: new Map(),
    finishedExaminations: new Map(),
    examinationStages: new Map(),
    targetExaminations: new Map(),
    unexamined: new Map(),
  };
}

/** One key out of several parts, none of which can run into the next: each stands behind its length. */
export function keyOf(...parts: readonly string[]): string {
  let key = '';
  for (const part of parts) key += `${part.length}:${part}`;
  return key;
}

/** The parts of a key again. */
export function partsOf(key: string): readonly string[] {
  const parts: string[] = [];
  for (let at = 0; at < key.length; ) {
    const from = key.indexOf(':', at) + 1;
    at = from + Number(key.slice(at, from - 1));
    parts.push(key.slice(from, at));
  }
  return parts;
}

export function minuteOf(ms: number): number {
  return Math.floor(ms / 60_000);
}

/** Minute → what counts from a time within it. */
export type Minutes = Map<number, Set<string>>;

/** What an index by minute holds up to a time, or from another one on: the minutes of both times included. */
export function dueIds(minutes: Minutes, untilMs: number, fromMs = Number.POSITIVE_INFINITY): readonly string[] {
  const [last, first] = [minuteOf(untilMs), minuteOf(fromMs)];
  return [...minutes].filter(([minute]) => minute <= last || minute >= first).flatMap(([, ids]) => [...ids]);
}

/**
 * Is it a passage that the desk has not let go of? One out of the records, lent for one decision, is not: what is said of
 * it goes into the journal and the records, and does not bring it back.
 */
export function isHeld(state: DeskState, passageId: string): boolean {
  return state.places.has(passageId);
}

/** Adds to the set under `key`, or removes from it and drops it when empty. */
export function index<K>(map: Map<K, Set<string>>, key: K, value: string, present: boolean): void {
  const set = map.get(key);
  if (present) {
    if (set === undefined) map.set(key, new Set([value]));
    else set.add(value);
  } else if (set?.delete(value) && set.size === 0) {
    map.delete(key);
  }
}
