import type { Examination, OverdueEnd } from '../examination.ts';
import type { ExaminationPolicy } from '../examination-policy.ts';
import { isoTime, msOf } from '../iso-time.ts';
import type { Passage } from '../passage.ts';
import type { DeskContext, Draft } from './decision.ts';
import { examinationChanged, isFinished } from './examination-machine.ts';
import { arrivals } from './examination-placing.ts';
import { newExamination } from './examination-request.ts';
import { type Stage, stagesOf, type Waiting } from './examination-stages.ts';
import { type ExaminationFact, examinationDrafts, subjectsOf } from './examination-work.ts';
import { journey } from './journey.ts';
import { type DeskState, dueIds, partsOf } from './state.ts';

/** So many in one tick: after a long stop many are due, and each is an event or three. */
const mostAtOnce = 500;

/** A change that time brings: the fact, and the examination after it. */
type Step = readonly [ExaminationFact, Examination];

/**
 * What a tick brings about for examinations: overdue at either end, escalated, missed; its subject has come. `touched` are the subjects
 * that this tick has changed already: what is about one of them waits for the next tick, 50 ms later, since every
 * event carries its whole resource. One step an examination and tick.
 */
export function examinationsDue(state: DeskState, context: DeskContext, touched: Set<string>): readonly Draft[] {
  const drafts: Draft[] = [];
  let taken = 0;
  const take = (examination: Examination, fact: ExaminationFact): void => {
    const subjects = subjectsOf(examination);
    if (taken === mostAtOnce || subjects.some((subject) => touched.has(subject))) return;
    taken += 1;
    for (const subject of subjects) touched.add(subject);
    drafts.push(...examinationDrafts(state, context, fact, examination));
  };
  for (const [stage, minutes] of state.examinationStages) {
    const afterS = secondsUntil(context.examinations, stage as Stage);
    if (afterS === null) continue;
    const afterMs = afterS * 1000;
    const aheadMs = isOurTime(stage as Stage) ? context.nowMs + afterMs : undefined;
    for (const id of dueIds(minutes, context.nowMs - afterMs, aheadMs)) {
      const examination = state.examinations.get(id);
      const step = examination === undefined ? null : nextStep(state, context, examination);
      if (step !== null) take(step[1], step[0]);
    }
  }
  for (const examination of arrivals(state, context)) take(examination, 'placed');
  for (const examination of unrequested(state, context)) take(examination, 'missed');
  return drafts;
}

/** How long after its moment a stage is due; null: never. */
function secondsUntil(policy: ExaminationPolicy, stage: Stage): number | null {
  if (stage === 'overdue') return 0;
  if (stage === 'miss') return policy.missedAfterS;
  if (stage === 'deliver') return policy.deliveryS;
  return policy.escalation[Number(stage.slice('escalate-'.length))]?.afterS ?? null;
}

/**
 * Does it count from when we took note of something? A clock that was set back since must not hold it: it comes once the
 * time has gone by either way. What counts from a time that was asked for, or cannot be taken back, comes by the clock.
 */
function isOurTime(stage: Stage): boolean {
  return stage !== 'overdue' && stage !== 'miss';
}

function nextStep(state: DeskState, context: DeskContext, examination: Examination): Step | null {
  for (const waiting of stagesOf(examination)) {
    const afterS = secondsUntil(context.examinations, waiting.stage);
    if (afterS === null) continue;
    const passage = state.passages.get(examination.passageId ?? '');
    const fromMs = waiting.stage === 'miss' ? leftMs(state, passage, waiting.fromMs) : waiting.fromMs;
    const passedMs = context.nowMs - fromMs;
    const waitedMs = isOurTime(waiting.stage) ? Math.abs(passedMs) : passedMs;
    const dueMs = Math.min(fromMs + afterS * 1000, context.nowMs);
    if (waitedMs >= afterS * 1000) return step(examination, context, waiting, dueMs);
  }
  return null;
}

/** A subject that still stands there is not missed: the grace counts from when it was due and gone. */
function leftMs(state: DeskState, passage: Passage | undefined, dueMs: number): number {
  const last = passage === undefined ? undefined : journey(state, passage, 'wentOn').at(-1);
  if (last === undefined) return dueMs;
  return last.closedAt === null ? Number.POSITIVE_INFINITY : Math.max(dueMs, msOf(last.closedAt));
}

function step(examination: Examination, context: DeskContext, { stage }: Waiting, dueMs: number): Step {
  const { at } = context;
  const write = (what: string, change: Partial<Examination>, note: string | null) =>
    examinationChanged(examination, change, { what, by: null, role: null, at, note });
  if (stage === 'overdue' || stage === 'deliver') {
    const end: OverdueEnd = stage === 'overdue' ? 'examination' : 'delivery';
    const overdueAt = { ...examination.overdueAt, [end]: isoTime(dueMs) };
    return ['overdue', write('overdue', { overdueAt }, end)];
  }
  if (stage === 'miss') return ['missed', write('miss', { state: 'missed' }, 'not started in time')];
  const level = Number(stage.slice('escalate-'.length));
  const { role = null, unit = null } = context.examinations.escalation[level] ?? {};
  const end: OverdueEnd = examination.state === 'resulted' ? 'delivery' : 'examination';
  const escalation = { end, level: level + 1, role, unit, at };
  return ['escalated', write('escalate', { escalation }, role ?? unit)];
}

/**
 * A target that was to be examined has passed, and nobody so much as asked for it: the miss is put on record, as an
 * examination that targeting had requested with the target.
 */
function* unrequested(state: DeskState, context: DeskContext): Generator<Examination> {
  const { missedAfterS, units } = context.examinations;
  const told = new Set<string>();
  for (const [key, sinceMs] of state.unexamined) {
    if (sinceMs + missedAfterS * 1000 > context.nowMs) continue;
    const [passageId = '', targetId = ''] = partsOf(key);
    const passage = state.passages.get(passageId);
    const match = passage?.matches.find((one) => one.targetId === targetId);
    if (passage === undefined || match === undefined || wasAsked(state, targetId, passage)) continue;
    // A subject that has gone on to another lane has not left.
    if (leftMs(state, passage, sinceMs) + missedAfterS * 1000 > context.nowMs) continue;
    // Due at once with its other passages: one miss says it.
    if (told.has(targetId)) continue;
    told.add(targetId);
    // As the match knows it: the target itself may have ended, and been let go of, while its subject was here.
    const target = { ...match.target, id: targetId, mode: passage.mode };
    const request = {
      reason: 'targeting-recommendation',
      kind: 'other',
      unit: units[0] ?? 'unassigned',
      dueAt: passage.closedAt ?? isoTime(sinceMs),
      requestedBy: target.originator,
    };
    const actor = { by: target.originator, role: 'targeting' };
    const examination = newExamination(context, { target, alarm: undefined, passage }, request, actor);
    const { at } = context;
    const history = [
      {
        what: 'miss',
        state: 'missed',
        by: null,
        role: null,
        at,
        note: 'left, and no examination was requested',
      } as const,
    ];
    yield { ...examination, state: 'missed', requested: { ...actor, at: match.proposedAt }, history };
  }
}

/**
 * An examination of the target, wherever: one that goes on, or came to its end while the subject was here or since; or
 * of any passage that the subject came from or went on to.
 */
function wasAsked(state: DeskState, targetId: string, passage: Passage): boolean {
  const way = [...journey(state, passage, 'cameFrom'), ...journey(state, passage, 'wentOn')];
  if (way.flatMap(({ examinations = [] }) => examinations).some((asks) => asks.state !== 'missed')) return true;
  const { openedAt, mode } = passage;
  return [...(state.targetExaminations.get(targetId) ?? [])].some((id) => {
    const examination = state.examinations.get(id);
    if (examination?.mode !== mode) return false;
    return !isFinished(examination) || examination.updatedAt >= openedAt;
  });
}
