import type { Alarm } from '../alarm.ts';
import type { Evidence } from '../evidence.ts';
import { guidanceFor } from '../guidance.ts';
import { msOf } from '../iso-time.ts';
import type { Hazard, Mode, Signal } from '../words.ts';
import { askedAnew, changed } from './alarm-machine.ts';
import { isWithinDeadband, termsFor } from './annunciating.ts';
import { modeOf } from './modes.ts';
import { newAlarm } from './new-alarm.ts';
import { alarmsIn, changePassage, type PassageWork, putAlarm } from './passage-work.ts';
import { isDeclared, prioritise, rankOf } from './priority.ts';
import { risen, updateOf } from './shelving.ts';

/** A lasting alarm is brought up to date this often; its peak is never lost, the last word comes when it clears. */
const updateEveryMs = 1_000;

/** What a device detected in a passage, ready to become an alarm. */
export interface Detected {
  readonly deviceId: string;
  readonly signal: Exclude<Signal, 'condition'>;
  readonly hazard: Hazard;
  readonly evidence: Evidence;
  readonly observedAtMs: number;
  readonly historical: boolean;
  readonly mode: Mode | null;
  /** Alarming samples so far; null: one more than before. */
  readonly count: number | null;
}

/** The passage's alarm of that device and signal. */
export function alarmFor(work: PassageWork, deviceId: string, signal: Signal): Alarm | undefined {
  return alarmsIn(work).find((alarm) => alarm.deviceId === deviceId && alarm.signal === signal);
}

/** Raises the alarm at its first sample, brings it up to date with every further one. */
export function detect(work: PassageWork, detected: Detected): void {
  const existing = alarmFor(work, detected.deviceId, detected.signal);
  if (existing === undefined) raise(work, detected);
  else renew(work, existing, detected);
}

function raise(work: PassageWork, detected: Detected): void {
  const { context, passage, lane } = work;
  const { deviceId, signal, hazard, evidence, historical, observedAtMs } = detected;
  const alarm = newAlarm(context, {
    laneId: lane.id,
    deviceId,
    passageId: passage.id,
    signal,
    hazard,
    evidence,
    observedAtMs,
    historical,
    // Nobody is at the lane any more where the passage is over.
    active: passage.closedAt === null,
    latched: true,
    mode: modeOf(context, lane, deviceId, detected.mode),
    firstOut: passage.alarmIds.length === 0,
    count: detected.count ?? 1,
    matches: passage.matches,
    declared: isDeclared(passage),
  });
  changePassage(work, { alarmIds: passage.alarmIds.concat(alarm.id) });
  if (alarm.firstOut) tieMatches(work, alarm.id);
  putAlarm(work, 'lanewatch.alarm.raised', alarm, observedAtMs);
}

/** The passage's matches become the first alarm's. */
function tieMatches(work: PassageWork, alarmId: string): void {
  if (work.passage.matches.length === 0) return;
  const matches = work.passage.matches.map((match) =>
    match.alarmId === null ? { ...match, alarmId, version: match.version + 1 } : match,
  );
  for (const match of matches) work.matches.set(match.id, match);
  changePassage(work, { matches });
}

/** Another sample of a known alarm: re-alarms when it had returned or its priority rises; else waits its turn. */
function renew(work: PassageWork, alarm: Alarm, detected: Detected): void {
  const { context, passage } = work;
  const confirmed = alarm.matches.some((match) => match.verdict?.verdict === 'confirmed');
  const fresh = prioritise({ ...detected, declared: isDeclared(passage) }, confirmed, context.alarms.priorities);
  const rises = rankOf(fresh.priority) > rankOf(alarm.priority);
  const { signal, deviceId, laneId } = alarm;
  const terms = termsFor(context.alarms, { signal, code: null, deviceId, laneId });
  const hovers = !alarm.active && !rises && terms.deadbandPercent > 0 && isWithinDeadband(detected.evidence, terms);
  const active = passage.closedAt === null && !hovers;
  const again = rises || (active && !alarm.active);
  // Either way: a clock that was set back must not hold updates up.
  const due = Math.abs(context.nowMs - msOf(alarm.updatedAt)) >= updateEveryMs;
  if (!again && !due && detected.count !== null) return;
  const { at } = context;
  const change: Partial<Alarm> = {
    evidence: detected.evidence,
    count: detected.count ?? alarm.count + 1,
    active,
    ...(active ? { clearedAt: null } : {}),
    ...(again ? askedAnew : {}),
    ...(rises
      ? { ...fresh, hazard: detected.hazard, guidance: guidanceFor(context.guidance, alarm.signal, detected.hazard) }
      : {}),
    ...(rises ? risen(alarm, at) : {}),
  };
  const next = changed(alarm, change, at);
  putAlarm(work, updateOf(alarm, next), next, detected.observedAtMs);
}

/** A declaration was read after the alarm: where the policy makes less of declared goods, so does the alarm. */
export function declare(work: PassageWork): void {
  const { at } = work.context;
  for (const alarm of alarmsIn(work)) {
    const confirmed = alarm.matches.some((match) => match.verdict?.verdict === 'confirmed');
    const fresh = prioritise({ ...alarm, declared: true }, confirmed, work.context.alarms.priorities);
    if (alarm.disposition !== null || rankOf(fresh.priority) >= rankOf(alarm.priority)) continue;
    putAlarm(work, 'lanewatch.alarm.updated', changed(alarm, fresh, at));
  }
}

/** The cause is gone: the alarm returns, and stays on the board until it has been answered and disposed of. */
export function clear(work: PassageWork, alarm: Alarm, last: Partial<Pick<Alarm, 'evidence' | 'count'>> = {}): void {
  const { at } = work.context;
  if (alarm.active) {
    putAlarm(work, 'lanewatch.alarm.cleared', changed(alarm, { ...last, active: false, clearedAt: at }, at));
  } else if (last.evidence !== undefined) {
    putAlarm(work, 'lanewatch.alarm.updated', changed(alarm, last, at));
  }
}
