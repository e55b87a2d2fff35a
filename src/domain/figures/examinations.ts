import { isOpen } from '../desk/examination-machine.ts';
import { hitCodes, selectedReasons } from '../examination-codes.ts';
import type { ExaminationState } from '../examination-summary.ts';
import type { ExaminationFigures, PeriodFigures } from './figures.ts';
import { shareOf, spreadOf } from './shares.ts';

/** What counts of an examination. Times in milliseconds. */
export interface ExaminationCase {
  readonly state: ExaminationState;
  readonly requestedMs: number;
  readonly dueMs: number;
  /** When its result came, and what it says. */
  readonly resultMs: number | null;
  readonly code: string | null;
  readonly deliveryLate: boolean;
  readonly reason: string;
  readonly laneId: string | null;
  readonly originator: string | null;
  /** The reasons of its target. */
  readonly criteria: readonly string[];
}

/** A post may have thousands of criteria: those by which most was examined. */
const mostNames = 100;

/** Nobody has looked, or it was no real case. */
const notExamined: ReadonlySet<string> = new Set(['not-examined', 'test']);
const hits: ReadonlySet<string> = new Set(hitCodes);

/** How examinations went, in all and by what they were chosen for. `nowMs` tells the late from the open. */
export function examinationFigures(cases: readonly ExaminationCase[], nowMs: number): PeriodFigures['examinations'] {
  const by = (namesOf: (one: ExaminationCase) => readonly (string | null)[]) => {
    const groups = new Map<string, ExaminationCase[]>();
    for (const one of cases) {
      for (const name of new Set(namesOf(one))) {
        if (name === null) continue;
        const group = groups.get(name);
        if (group === undefined) groups.set(name, [one]);
        else group.push(one);
      }
    }
    return [...groups]
      .map(([name, own]) => ({ name, ...counted(own, nowMs) }))
      .toSorted((one, other) => other.examined - one.examined || (one.name < other.name ? -1 : 1))
      .slice(0, mostNames);
  };
  return {
    ...counted(cases, nowMs),
    byCriterion: by(({ criteria }) => criteria),
    byOriginator: by(({ originator }) => [originator]),
    byLane: by(({ laneId }) => [laneId]),
    byReason: by(({ reason }) => [reason]),
    bySelection: by((one) => [selectionOf(one)]),
  };
}

/** How the subject was chosen: by somebody's targeting, by chance, or by what was seen at the post. */
export function selectionOf({ reason, originator }: Pick<ExaminationCase, 'reason' | 'originator'>): string {
  if (reason === 'random') return 'random';
  return originator !== null || selectedReasons.includes(reason) ? 'targeted' : 'other';
}

function counted(cases: readonly ExaminationCase[], nowMs: number): ExaminationFigures {
  const results = cases.filter(({ resultMs }) => resultMs !== null);
  const onTime = results.filter(({ resultMs, dueMs }) => resultMs !== null && resultMs <= dueMs).length;
  const inState = (state: ExaminationState) => cases.filter((one) => one.state === state);
  const [missed, cancelled] = [inState('missed').length, inState('cancelled').length];
  const unsettled = cases.filter(isOpen);
  const late = unsettled.filter(({ dueMs }) => dueMs < nowMs).length;
  const delivered = inState('delivered');
  const deliveredInTime = delivered.filter(({ deliveryLate }) => !deliveryLate).length;
  const examined = results.filter(({ code }) => code !== null && !notExamined.has(code));
  const found = examined.filter(({ code }) => code !== null && hits.has(code)).length;
  return {
    examinations: cases.length,
    results: results.length,
    onTime,
    missed,
    cancelled,
    late,
    open: unsettled.length - late,
    onTimeShare: shareOf(onTime, results.length + missed + late),
    timeToResult: spreadOf(
      results.map(({ resultMs, requestedMs }) => (resultMs === null ? 0 : Math.max(0, resultMs - requestedMs))),
    ),
    delivered: delivered.length,
    deliveredInTime,
    deliveredInTimeShare: shareOf(
      deliveredInTime,
      cases.filter(({ state, deliveryLate }) => state === 'delivered' || deliveryLate).length,
    ),
    examined: examined.length,
    hits: found,
    hitRate: shareOf(found, examined.length),
  };
}
