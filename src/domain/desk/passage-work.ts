import type { Alarm } from '../alarm.ts';
import type { AlarmEventType, PassageEventType } from '../event.ts';
import { isoTime } from '../iso-time.ts';
import type { Match } from '../match.ts';
import type { Passage } from '../passage.ts';
import type { Lane } from '../site.ts';
import { changed } from './alarm-machine.ts';
import type { DeskContext, Draft } from './decision.ts';
import { isToBeNoticed, noticeOf } from './interdicting.ts';
import { findPassage, type Seeking, subjectOf } from './joining.ts';
import { modeOf } from './modes.ts';
import type { DeskState } from './state.ts';

type PassageVerb = 'opened' | 'identified' | 'updated' | 'closed';

const eventOf: Readonly<Record<PassageVerb, PassageEventType>> = {
  opened: 'lanewatch.passage.opened',
  identified: 'lanewatch.passage.identified',
  updated: 'lanewatch.passage.updated',
  closed: 'lanewatch.passage.closed',
};

/**
 * One decision's work on one passage: copies that are changed here and come out as at most one event for the passage,
 * each match and each alarm. The state itself is only read.
 */
export interface PassageWork {
  readonly state: DeskState;
  readonly context: DeskContext;
  readonly lane: Lane;
  /** A copy, changed by `changePassage`. */
  readonly passage: Passage;
  verb: PassageVerb | null;
  /** Passages of other lanes that this one changes. */
  readonly others: Passage[];
  readonly matches: Map<string, Match>;
  readonly alarms: Map<string, { readonly type: AlarmEventType; readonly alarm: Alarm; readonly timeMs: number }>;
}

/** Work on a passage that exists. */
export function workOn(state: DeskState, context: DeskContext, lane: Lane, passage: Passage): PassageWork {
  return begun(state, context, lane, { ...passage }, null);
}

function begun(
  state: DeskState,
  context: DeskContext,
  lane: Lane,
  passage: Passage,
  verb: PassageVerb | null,
): PassageWork {
  return { state, context, lane, passage, verb, others: [], matches: new Map(), alarms: new Map() };
}

/** Work on the passage a frame belongs to, opened if there is none. */
export function workFor(state: DeskState, context: DeskContext, lane: Lane, seeking: Seeking): PassageWork {
  const found = findPassage(state, lane, seeking);
  const mode = modeOf(context, lane, seeking.deviceId);
  if (found !== undefined) {
    const work = workOn(state, context, lane, found);
    // As real as whatever sees it.
    if (mode === 'operational' && found.mode !== mode) changePassage(work, { mode });
    return work;
  }
  const opened: Passage = {
    id: context.newId(),
    sequence: '',
    version: 0,
    siteId: context.site.id,
    laneId: lane.id,
    subject: subjectOf[lane.kind],
    openedAt: isoTime(seeking.atMs),
    closedAt: null,
    closeReason: null,
    complete: true,
    direction: null,
    speedKmh: null,
    identities: [],
    occupancy: null,
    scans: [],
    samples: [],
    profile: { gamma: [], neutron: [] },
    alarmIds: [],
    matches: [],
    mode,
  };
  return begun(state, context, lane, opened, 'opened');
}

/**
 * What stays in the passage is joined with `concat`, exactly as long as it is: a list that is spread and appended to keeps
 * room for sixteen more.
 */
export function changePassage(work: PassageWork, change: Partial<Passage>, verb: PassageVerb = 'updated'): void {
  Object.assign(work.passage, change);
  if (work.verb === null || (work.verb === 'updated' && verb !== 'updated') || verb === 'closed') work.verb = verb;
}

/** The match as it is now, in the work and in its passage. */
export function putMatch(work: PassageWork, match: Match): void {
  const { matches } = work.passage;
  const known = matches.some(({ id }) => id === match.id);
  work.matches.set(match.id, match);
  changePassage(work, {
    matches: known ? matches.map((other) => (other.id === match.id ? match : other)) : [...matches, match],
  });
}

/** The passage's alarms as they stand in this work. */
export function alarmsIn(work: PassageWork): readonly Alarm[] {
  const alarms: Alarm[] = [];
  for (const id of work.passage.alarmIds) {
    const alarm = work.alarms.get(id)?.alarm ?? work.state.alarms.get(id);
    if (alarm !== undefined) alarms.push(alarm);
  }
  return alarms;
}

export function putAlarm(work: PassageWork, type: AlarmEventType, alarm: Alarm, timeMs = work.context.nowMs): void {
  const former = work.alarms.get(alarm.id);
  // A later verb of the same decision replaces the former, except that a raised alarm stays raised.
  work.alarms.set(alarm.id, { type: former?.type === 'lanewatch.alarm.raised' ? former.type : type, alarm, timeMs });
}

/** The events of the work, which ends with them; the passage first: what follows refers to it. */
export function draftsOf(work: PassageWork): readonly Draft[] {
  const { passage, context } = work;
  const { at, nowMs: timeMs } = context;
  const noticed = [...work.matches.values()].filter((match) => isToBeNoticed(match, passage));
  for (const match of noticed) putMatch(work, { ...match, noticedAt: at });
  const drafts: Draft[] = [];
  if (work.verb !== null) {
    passage.version += 1;
    drafts.push({ type: eventOf[work.verb], data: passage, subject: `passages/${passage.id}`, timeMs });
  }
  for (const other of work.others) {
    const data = { ...other, version: other.version + 1 };
    drafts.push({ type: 'lanewatch.passage.updated', data, subject: `passages/${other.id}`, timeMs });
  }
  for (const match of work.matches.values()) {
    const type = match.verdict === null ? 'lanewatch.match.proposed' : 'lanewatch.match.judged';
    drafts.push({ type, data: match, subject: `matches/${match.id}`, timeMs });
    if (!noticed.some(({ id }) => id === match.id)) continue;
    const data = noticeOf(match, passage, at);
    drafts.push({ type: 'lanewatch.interdiction.noticed', data, subject: `interdictions/${match.id}`, timeMs });
  }
  for (const { type, alarm, timeMs: alarmMs } of work.alarms.values()) {
    drafts.push({ type, data: alarm, subject: `alarms/${alarm.id}`, timeMs: alarmMs });
  }
  return drafts;
}

/** Hands the passage's matches on to each of its alarms that does not show them yet. */
export function spreadMatches(work: PassageWork): void {
  if (work.passage.matches.length === 0) return;
  for (const alarm of alarmsIn(work)) {
    const matches = work.passage.matches.map((match) => ({ ...match, alarmId: alarm.id }));
    const versions = (list: readonly Match[]) => list.map((match) => `${match.id}@${match.version}`).join();
    if (versions(matches) === versions(alarm.matches)) continue;
    putAlarm(work, 'lanewatch.alarm.updated', changed(alarm, { matches }, work.context.at));
  }
}
