import type { Command } from '../domain/command.ts';
import { type DeskState, keyOf } from '../domain/desk/state.ts';
import type { Target } from '../domain/target.ts';
import type { Records } from '../ports/journal.ts';

/** Is the command about something that the live state has let go of? The records must have the last word of it then. */
export function isBorrowed(state: DeskState, command: Command): boolean {
  if ('alarmId' in command) return !state.alarms.has(command.alarmId);
  if ('examinationId' in command) return !state.examinations.has(command.examinationId);
  return 'matchId' in command && !state.matches.has(command.matchId);
}

const nothingLent: Disposable = { [Symbol.dispose]: () => undefined };

/** What a command is about and the live state holds no more is looked up, and lent for the length of one decision. */
export function borrow(state: DeskState, records: Records, command: Command): Disposable {
  const ended = command.type === 'put-target' ? endedBefore(state, records, command.target) : undefined;
  // So it is with nearly each of a list of a million.
  if (command.type === 'put-target' && command.targetId === undefined && ended === undefined) return nothingLent;
  const back: (() => void)[] = [];
  const lend = <T>(held: Map<string, T>, id: string | undefined, find: (id: string) => T | undefined): void => {
    const old = id === undefined || held.has(id) ? undefined : find(id);
    if (id === undefined || old === undefined) return;
    held.set(id, old);
    back.push(() => {
      if (held.get(id) === old) held.delete(id);
    });
  };
  const lendTarget = (target: Target | undefined): void => {
    // Of one that is held, the records may not have the last word yet.
    if (target === undefined || state.targets.has(target.id)) return;
    const { id, originator, reference } = target;
    const ref = keyOf(originator, reference);
    lend(state.targets, id, () => target);
    state.targetRefs.set(ref, id);
    back.push(() => {
      if (!state.targets.has(id)) state.targetRefs.delete(ref);
    });
  };
  const asked = command.type === 'request-examination' ? command.request : command;
  if ('alarmId' in asked) lend(state.alarms, asked.alarmId, records.alarm);
  if ('passageId' in asked) lend(state.passages, asked.passageId, records.passage);
  if ('targetId' in asked && asked.targetId !== undefined && !state.targets.has(asked.targetId)) {
    lendTarget(records.target(asked.targetId));
  }
  lendTarget(ended);
  if ('examinationId' in asked) lend(state.examinations, asked.examinationId, records.examination);
  if ('matchId' in asked) {
    lend(state.matches, asked.matchId, records.match);
    const passageId = state.matches.get(asked.matchId)?.passageId;
    lend(state.passages, passageId, records.passage);
    // Each of them shows the verdict.
    for (const id of state.passages.get(passageId ?? '')?.alarmIds ?? []) lend(state.alarms, id, records.alarm);
  }
  return {
    [Symbol.dispose]: () => {
      for (const giveBack of back) giveBack();
    },
  };
}

/** The target that its originator knows by this reference, where it has ended and the desk has let go of it. */
function endedBefore(
  state: DeskState,
  records: Records,
  { originator, reference }: Pick<Target, 'originator' | 'reference'>,
): Target | undefined {
  if (state.targetRefs.has(keyOf(originator, reference))) return undefined;
  return records.endedTarget(originator, reference);
}
