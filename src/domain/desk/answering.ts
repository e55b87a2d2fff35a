import { type Alarm, dispositionCodes } from '../alarm.ts';
import type { AlarmPolicy } from '../alarm-policy.ts';
import type { Actor, Command } from '../command.ts';
import type { AlarmEventType } from '../event.ts';
import { askedAnew, changed, forbids } from './alarm-machine.ts';
import { type Decision, type DeskContext, type Refusal, refuse, unknownCode } from './decision.ts';
import { confirmsAlone, disposed } from './disposing.ts';
import { shelvingFault, unshelved } from './shelving.ts';
import type { DeskState } from './state.ts';

type AlarmCommand = Extract<Command, { alarmId: string }>;

const eventOf: Readonly<Record<AlarmCommand['type'], AlarmEventType>> = {
  acknowledge: 'lanewatch.alarm.acknowledged',
  comment: 'lanewatch.alarm.commented',
  dispose: 'lanewatch.alarm.disposed',
  shelve: 'lanewatch.alarm.shelved',
  unshelve: 'lanewatch.alarm.unshelved',
  reopen: 'lanewatch.alarm.reopened',
};

/** What a person says to an alarm: a fact, or why the state does not allow it. */
export function answerAlarm(state: DeskState, context: DeskContext, command: AlarmCommand, actor: Actor): Decision {
  const alarm = state.alarms.get(command.alarmId);
  if (alarm === undefined) return refuse({ code: 'not-found', detail: `there is no alarm ${command.alarmId}` });
  if (command.ifVersion !== undefined && command.ifVersion !== alarm.version) {
    return refuse({
      code: 'stale-version',
      detail: `alarm ${alarm.id} is at version ${alarm.version}, not ${command.ifVersion}`,
    });
  }
  const refusal = forbids(alarm, command.type) ?? fault(alarm, command, context, actor);
  if (refusal !== null) return refuse(refusal);
  const { at } = context;
  const data = changed(alarm, answer(alarm, command, actor, at, context.alarms), at);
  const waits = command.type === 'dispose' && data.disposition === null;
  return {
    drafts: [{ type: waits ? 'lanewatch.alarm.updated' : eventOf[command.type], data, subject: `alarms/${alarm.id}` }],
  };
}

function answer(alarm: Alarm, command: AlarmCommand, { by }: Actor, at: string, policy: AlarmPolicy): Partial<Alarm> {
  switch (command.type) {
    case 'acknowledge':
      return { acknowledged: { by, at, note: command.note ?? null } };
    case 'comment':
      return { comments: [...alarm.comments, { by, at, text: command.text }] };
    case 'dispose':
      return disposed(alarm, command, by, at, policy);
    case 'shelve':
      return { shelved: { by, at, reason: command.reason, until: command.until } };
    case 'unshelve':
      return unshelved(alarm, by, at, 'asked for');
    case 'reopen':
      return { ...askedAnew, disposition: null, reopened: { by, at, note: command.note ?? null } };
    default:
      return command satisfies never;
  }
}

/** What is wrong with the command itself. */
function fault(alarm: Alarm, command: AlarmCommand, context: DeskContext, { by }: Actor): Refusal | null {
  if (command.type === 'dispose') return codeFault(command) ?? confirmsAlone(alarm, command, by);
  return command.type === 'shelve' ? shelvingFault(alarm, command.until, context) : null;
}

function codeFault(command: Extract<AlarmCommand, { type: 'dispose' }>): Refusal | null {
  const allowed: readonly string[] = dispositionCodes[command.class];
  return allowed.includes(command.code) ? null : unknownCode('code', command.code, allowed);
}
