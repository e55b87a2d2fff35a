import { dispositionChoices } from '../contract/disposition-codes.ts';
import type { Alarm } from '../contract/resources.ts';
import { stateWords } from '../words/alarm-words.ts';

export interface HistoryStep {
  readonly at: string;
  readonly what: string;
  /** Null: the device, or the service itself. */
  readonly by: string | null;
  readonly note: string | null;
}

/** The steps an alarm carries with it, oldest first. */
export function historyOf(alarm: Alarm): readonly HistoryStep[] {
  const { acknowledged, shelved, disposition, clearedAt } = alarm;
  const steps: HistoryStep[] = [{ at: alarm.raisedAt, what: 'Raised', by: null, note: null }];
  if (clearedAt !== null) steps.push({ at: clearedAt, what: 'Cause gone', by: null, note: null });
  if (acknowledged !== null) steps.push({ ...acknowledged, what: 'Acknowledged' });
  if (shelved !== null) steps.push({ ...shelved, what: 'Shelved', note: shelved.reason });
  const { unshelved, reopened, service, proposedDisposition: proposed } = alarm;
  if (unshelved != null) steps.push({ ...unshelved, what: 'Unshelved', note: unshelved.reason });
  if (service != null) {
    steps.push({
      ...service,
      what: `${service.scope} ${stateWords[service.service].toLowerCase()}`,
      note: service.reason,
    });
  }
  if (proposed != null) {
    steps.push({ ...proposed, what: `First verdict: ${proposed.class}, ${codeWord(proposed.code)}` });
  }
  if (reopened != null) steps.push({ ...reopened, what: 'Reopened' });
  for (const { at, by, text } of alarm.comments) steps.push({ at, what: 'Comment', by, note: text });
  for (const { verdict, target } of alarm.matches) {
    if (verdict !== null) steps.push({ ...verdict, what: `Match with ${target.reference} ${verdict.verdict}` });
  }
  if (disposition !== null) {
    steps.push({ ...disposition, what: `Disposed: ${disposition.class}, ${codeWord(disposition.code)}` });
  }
  return steps.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function codeWord(code: string): string {
  const known = dispositionChoices.flatMap((choice) => choice.codes).find((choice) => choice.value === code);
  return known?.label.toLowerCase() ?? code;
}
