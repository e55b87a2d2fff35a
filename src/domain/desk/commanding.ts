import { answerAlarm } from './answering.ts';
import type { Decision, DeskContext, DeskInput } from './decision.ts';
import { requestExamination } from './examination-request.ts';
import { moveExamination } from './examining.ts';
import { judgeMatch } from './judging.ts';
import { setService } from './servicing.ts';
import type { DeskState } from './state.ts';
import { changeSubscription, putSubscription } from './subscribing.ts';
import { putTarget, withdrawTarget } from './targeting.ts';
import { askUnmasking, decideUnmasking } from './unmasking.ts';

/** What a person or the targeting system told the desk: facts, or the reason why not. */
export function obey(
  state: DeskState,
  context: DeskContext,
  { command, actor }: Extract<DeskInput, { type: 'command' }>,
): Decision {
  switch (command.type) {
    case 'acknowledge':
    case 'comment':
    case 'dispose':
    case 'shelve':
    case 'unshelve':
    case 'reopen':
      return answerAlarm(state, context, command, actor);
    case 'set-service':
      return setService(state, context, command, actor);
    case 'put-target':
      return putTarget(state, context, command);
    case 'withdraw-target':
      return withdrawTarget(state, context, command);
    case 'judge-match':
      return judgeMatch(state, context, command, actor);
    case 'put-subscription':
      return putSubscription(state, context, command, actor);
    case 'change-subscription':
      return changeSubscription(state, context, command, actor);
    case 'ask-unmasking':
      return askUnmasking(state, context, command, actor);
    case 'decide-unmasking':
      return decideUnmasking(state, context, command, actor);
    case 'request-examination':
      return requestExamination(state, context, command.request, actor);
    case 'accept-examination':
    case 'assign-examination':
    case 'start-examination':
    case 'result-examination':
    case 'cancel-examination':
    case 'acknowledge-delivery':
      return moveExamination(state, context, command, actor);
    default:
      return command satisfies never;
  }
}
