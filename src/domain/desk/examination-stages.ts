import type { Examination } from '../examination.ts';
import { msOf } from '../iso-time.ts';
import type { Match } from '../match.ts';
import type { Passage } from '../passage.ts';
import { isFinished, isOpen } from './examination-machine.ts';
import { type DeskState, index, keyOf, minuteOf } from './state.ts';

/** What an examination waits for when nobody does anything; how long, the policy says. */
export type Stage = 'overdue' | 'miss' | 'deliver' | `escalate-${number}`;

/** A stage, and the moment from which it counts. */
export interface Waiting {
  readonly stage: Stage;
  readonly fromMs: number;
}

/** What time alone may still do to it, the first thing first. Follows from the record: no policy, no clock. */
export function stagesOf(examination: Examination): readonly Waiting[] {
  const { state, overdueAt, result, escalation } = examination;
  const waiting: Waiting[] = [];
  const dueMs = msOf(examination.dueAt);
  if (isOpen(examination) && overdueAt.examination === null) waiting.push({ stage: 'overdue', fromMs: dueMs });
  if (state === 'requested' || state === 'accepted') waiting.push({ stage: 'miss', fromMs: dueMs });
  if (state === 'resulted' && result !== null && overdueAt.delivery === null) {
    waiting.push({ stage: 'deliver', fromMs: msOf(result.at) });
  }
  const since = isOpen(examination) ? overdueAt.examination : overdueAt.delivery;
  if (examination.overdue && since !== null) {
    waiting.push({ stage: `escalate-${escalation?.level ?? 0}`, fromMs: msOf(since) });
  }
  return waiting;
}

/** Part of `apply`: the examination as it is now, with everything by which it is found again. */
export function putExamination(state: DeskState, examination: Examination, recordedAt: string): void {
  const { id, targetId } = examination;
  const recordedMs = msOf(recordedAt);
  forgetFinished(state, recordedMs);
  const former = state.examinations.get(id);
  if (former !== undefined) indexStages(state, former, false);
  state.examinations.set(id, examination);
  indexStages(state, examination, true);
  if (isFinished(examination)) state.finishedExaminations.set(id, recordedMs);
  if (targetId !== null) index(state.targetExaminations, targetId, id, true);
}

function indexStages(state: DeskState, examination: Examination, present: boolean): void {
  for (const { stage, fromMs } of stagesOf(examination)) {
    const minutes = state.examinationStages.get(stage) ?? new Map<number, Set<string>>();
    state.examinationStages.set(stage, minutes);
    index(minutes, minuteOf(fromMs), examination.id, present);
    if (minutes.size === 0) state.examinationStages.delete(stage);
  }
}

/** Finished ones leave as closed passages do; a command that comes all the same finds them in the records. */
function forgetFinished(state: DeskState, nowMs: number): void {
  for (const [id, finishedMs] of state.finishedExaminations) {
    if (finishedMs > nowMs - state.keepMs) return;
    const targetId = state.examinations.get(id)?.targetId;
    if (targetId != null) index(state.targetExaminations, targetId, id, false);
    state.examinations.delete(id);
    state.finishedExaminations.delete(id);
  }
}

/** Part of `apply`: which targets that were to be examined have left with this passage, for which nobody asked. */
export function noteUnexamined(state: DeskState, { id, closedAt, matches, examinations = [] }: Passage): void {
  if (closedAt === null) return;
  for (const match of matches) {
    const key = keyOf(id, match.targetId);
    // Whoever asks to examine the passage means all of it; a miss is one target's.
    const asked = examinations.some((asks) => asks.state !== 'missed' || asks.targetId === match.targetId);
    if (asked || match.target.requestedAction !== 'examine' || !isOfTarget(match)) state.unexamined.delete(key);
    else state.unexamined.set(key, Math.max(...[closedAt, match.proposedAt, match.verdict?.at ?? closedAt].map(msOf)));
  }
}

/** Is it the target that passes, as far as anyone can tell? A candidate counts once a person has confirmed it. */
export function isOfTarget({ method, verdict }: Match): boolean {
  return method === 'candidate' ? verdict?.verdict === 'confirmed' : verdict?.verdict !== 'rejected';
}
