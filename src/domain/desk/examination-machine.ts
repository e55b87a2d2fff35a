import type { Examination, HistoryEntry } from '../examination.ts';
import type { ExaminationState } from '../examination-summary.ts';
import type { Refusal } from './decision.ts';

export type ExaminationVerb = 'accept' | 'assign' | 'start' | 'result' | 'deliver' | 'cancel' | 'miss';

/**
 * Where each verb leads from each state; what is not here is forbidden. A result may come from `accepted`: an examiner
 * with a box open forgets to press start, and a result that waits for it is late for nothing.
 */
export const moves: Readonly<Record<ExaminationVerb, Readonly<Partial<Record<ExaminationState, ExaminationState>>>>> = {
  accept: { requested: 'accepted' },
  assign: { requested: 'requested', accepted: 'accepted', started: 'started' },
  start: { accepted: 'started' },
  result: { accepted: 'resulted', started: 'resulted' },
  deliver: { resulted: 'delivered' },
  cancel: { requested: 'cancelled', accepted: 'cancelled', started: 'cancelled' },
  miss: { requested: 'missed', accepted: 'missed' },
};

const open: ReadonlySet<ExaminationState> = new Set(['requested', 'accepted', 'started']);
const finished: ReadonlySet<ExaminationState> = new Set(['delivered', 'cancelled', 'missed']);
const mostHistory = 100;

/** Does somebody still have to examine? */
export function isOpen({ state }: Pick<Examination, 'state'>): boolean {
  return open.has(state);
}

/** Nothing can happen to it any more. */
export function isFinished({ state }: Pick<Examination, 'state'>): boolean {
  return finished.has(state);
}

/** The state after the verb, or why the present one does not allow it. */
export function moved(examination: Examination, verb: ExaminationVerb): ExaminationState | Refusal {
  const { id, state } = examination;
  const detail = `cannot ${verb} examination ${id}: it is ${state}`;
  return moves[verb][state] ?? { code: 'forbidden-transition', detail, extra: { state, verb } };
}

/** The examination with `change` made and written down, one version on. */
export function examinationChanged(
  examination: Examination,
  change: Partial<Examination>,
  entry: Omit<HistoryEntry, 'state'>,
): Examination {
  const next = { ...examination, ...change, version: examination.version + 1, updatedAt: entry.at };
  const late = isOpen(next) ? next.overdueAt.examination : next.state === 'resulted' ? next.overdueAt.delivery : null;
  const history = [...next.history, { ...entry, state: next.state }].slice(-mostHistory);
  // Whom a thing was brought to matters while it is late; afterwards the history knows.
  return { ...next, overdue: late !== null, escalation: late === null ? null : next.escalation, history };
}
