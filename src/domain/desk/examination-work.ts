import type { ExaminationEventType } from '../event.ts';
import type { Examination } from '../examination.ts';
import type { ExaminationSummary } from '../examination-summary.ts';
import { changed } from './alarm-machine.ts';
import type { DeskContext, Draft } from './decision.ts';
import { type DeskState, isHeld } from './state.ts';

/** An alarm and a passage show this many of their examinations, the newest; all are found by `?alarm=` and `?passage=`. */
const mostShown = 20;

export type ExaminationFact = ExaminationEventType extends `lanewatch.examination.${infer Verb}` ? Verb : never;

/**
 * The events of one change of an examination: its own, then those of the passage and the alarm that show it, where what
 * they show changes. What the desk holds no more (passages leave, see forget.ts) is left as it was recorded.
 */
export function examinationDrafts(
  state: DeskState,
  context: DeskContext,
  fact: ExaminationFact,
  examination: Examination,
): readonly Draft[] {
  const type: ExaminationEventType = `lanewatch.examination.${fact}`;
  const drafts: Draft[] = [{ type, data: examination, subject: `examinations/${examination.id}` }];
  const passage = state.passages.get(examination.passageId ?? '');
  if (passage !== undefined && isHeld(state, passage.id)) {
    const examinations = shown(passage.examinations, examination);
    const data = { ...passage, examinations, version: passage.version + 1 };
    if (examinations !== null)
      drafts.push({
        type: 'lanewatch.passage.updated',
        data: { ...data, examinations },
        subject: `passages/${passage.id}`,
      });
  }
  const alarm = state.alarms.get(examination.alarmId ?? '');
  if (alarm !== undefined) {
    const examinations = shown(alarm.examinations, examination);
    const subject = `alarms/${alarm.id}`;
    if (examinations !== null) {
      const data = changed(alarm, { examinations }, context.at);
      drafts.push({ type: 'lanewatch.alarm.updated', data, subject });
    }
  }
  return drafts;
}

/** What of the state a change of the examination changes: its drafts are made from these as they are now. */
export function subjectsOf({ id, passageId, alarmId }: Examination): readonly string[] {
  return [
    `examinations/${id}`,
    ...(passageId === null ? [] : [`passages/${passageId}`]),
    ...(alarmId === null ? [] : [`alarms/${alarmId}`]),
  ];
}

/** The list with the examination in it as it is now, or null when it shows the same already. */
function shown(list: readonly ExaminationSummary[] = [], examination: Examination): ExaminationSummary[] | null {
  const { id, state, kind, unit, targetId, dueAt, overdue, result } = examination;
  const summary = { id, state, kind, unit, targetId, dueAt, overdue, code: result?.code ?? null };
  const former = list.find((other) => other.id === id);
  if (JSON.stringify(former) === JSON.stringify(summary)) return null;
  if (former !== undefined) return list.map((other) => (other.id === id ? summary : other));
  return [...list, summary].slice(-mostShown);
}
