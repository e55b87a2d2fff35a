import type { Examination } from '../examination.ts';
import type { Passage } from '../passage.ts';
import type { Mode } from '../words.ts';
import type { DeskContext } from './decision.ts';
import { examinationChanged, isOpen } from './examination-machine.ts';
import { isOfTarget } from './examination-stages.ts';
import type { DeskState } from './state.ts';

/** The newest passage of a mode, still open, in which the target is matched. */
export function presentPassage(state: DeskState, targetId: string, mode: Mode): Passage | undefined {
  return [...state.openPlaces]
    .map(({ passage }) => passage)
    .findLast(
      (passage) =>
        passage.mode === mode && passage.matches.some((match) => match.targetId === targetId && isOfTarget(match)),
    );
}

/** Examinations requested for a target before it came, as soon as it is here: from then on its passage shows them. */
export function* arrivals(state: DeskState, context: DeskContext): Generator<Examination> {
  if (state.targetExaminations.size === 0) return;
  for (const { passage } of state.openPlaces) {
    for (const match of passage.matches) {
      if (!isOfTarget(match)) continue;
      for (const id of state.targetExaminations.get(match.targetId) ?? []) {
        const examination = state.examinations.get(id);
        if (examination === undefined || !isOpen(examination) || examination.passageId !== null) continue;
        // What was asked for in earnest is not met by an exercise.
        if (examination.mode !== passage.mode) continue;
        const entry = { what: 'place', by: null, role: null, at: context.at, note: passage.laneId };
        yield examinationChanged(examination, { passageId: passage.id, laneId: passage.laneId }, entry);
      }
    }
  }
}
