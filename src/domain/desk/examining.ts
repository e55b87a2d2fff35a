import type { Actor, ExaminationCommand } from '../command.ts';
import type { Examination } from '../examination.ts';
import { type Decision, type DeskContext, type Refusal, refuse } from './decision.ts';
import { type ExaminationVerb, examinationChanged, moved } from './examination-machine.ts';
import { resultFaults, resultOf } from './examination-result.ts';
import { type ExaminationFact, examinationDrafts } from './examination-work.ts';
import type { DeskState } from './state.ts';

const verbs: Readonly<Record<ExaminationCommand['type'], readonly [ExaminationVerb, ExaminationFact]>> = {
  'accept-examination': ['accept', 'accepted'],
  'assign-examination': ['assign', 'assigned'],
  'start-examination': ['start', 'started'],
  'result-examination': ['result', 'resulted'],
  'cancel-examination': ['cancel', 'cancelled'],
  'acknowledge-delivery': ['deliver', 'delivered'],
};

/** What the unit that examines, or the one that asked, says to an examination: a fact, or why it cannot be. */
export function moveExamination(
  state: DeskState,
  context: DeskContext,
  command: ExaminationCommand,
  actor: Actor,
): Decision {
  const { examinationId, ifVersion } = command;
  const examination = state.examinations.get(examinationId);
  if (examination === undefined) {
    return refuse({ code: 'not-found', detail: `there is no examination ${examinationId}` });
  }
  const { version } = examination;
  if (ifVersion !== undefined && ifVersion !== version) {
    const detail = `examination ${examinationId} is at version ${version}, not ${ifVersion}`;
    return refuse({ code: 'stale-version', detail });
  }
  const [verb, fact] = verbs[command.type];
  const next = moved(examination, verb);
  if (typeof next === 'object') return refuse(next);
  const refusal = faultOf(examination, context, command, actor);
  if (refusal !== null) return refuse(refusal);
  const { at } = context;
  const [change, note] = changeOf(examination, command, actor, at);
  const entry = { what: verb, by: actor.by, role: actor.role, at, note };
  const data = examinationChanged(examination, { ...change, state: next }, entry);
  return { drafts: examinationDrafts(state, context, fact, data) };
}

function faultOf(
  examination: Examination,
  context: DeskContext,
  command: ExaminationCommand,
  { role }: Actor,
): Refusal | null {
  if (command.type === 'result-examination') return resultFaults(examination, context, command.result);
  // The requester's side says that it has the result: whoever asked at the post cannot say so for targeting.
  const theirs = role === 'targeting' || role === 'administrator' || examination.requested.role !== 'targeting';
  if (command.type !== 'acknowledge-delivery' || theirs) return null;
  return { code: 'not-allowed', detail: `examination ${examination.id} was requested by targeting: it acknowledges` };
}

/** What the command changes, and the note for the history. */
function changeOf(
  examination: Examination,
  command: ExaminationCommand,
  actor: Actor,
  at: string,
): readonly [Partial<Examination>, string | null] {
  const { by } = actor;
  switch (command.type) {
    case 'accept-examination': {
      const assignee = command.assignee ?? examination.assignee ?? by;
      return [{ accepted: { by, at }, assignee }, assignee];
    }
    case 'assign-examination':
      return [{ assignee: command.assignee }, command.assignee];
    case 'start-examination':
      return [{ started: { by, at, place: command.place ?? null } }, command.place ?? null];
    case 'result-examination': {
      const result = resultOf(examination, command.result, by, at);
      const begun = result.startedAt === null ? null : { by, at: result.startedAt, place: result.place };
      return [{ result, started: examination.started ?? begun }, result.code];
    }
    case 'cancel-examination':
      return [{ cancelled: { by, at, reason: command.reason } }, command.reason];
    case 'acknowledge-delivery':
      return [{ delivered: { by, at } }, null];
    default:
      return command satisfies never;
  }
}
