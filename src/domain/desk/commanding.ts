import { type Alarm, dispositionCodes } from '../alarm.ts';
import type { Actor, Command } from '../command.ts';
import type { AlarmEventType } from '../event.ts';
import type { Match } from '../match.ts';
import { type AlarmVerb, changed, forbids } from './alarm-machine.ts';
import { type Decision, type DeskContext, type DeskInput, isoTime, type Refusal } from './decision.ts';
import { alarmsIn, changePassage, draftsOf, putAlarm, workOn } from './passage-work.ts';
import { prioritise, rankOf } from './priority.ts';
import type { DeskState } from './state.ts';
import { putTarget, withdrawTarget } from './targeting.ts';

type AlarmCommand = Extract<Command, { alarmId: string }>;

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
      return answerAlarm(state, context, command, actor);
    case 'put-target':
      return putTarget(state, context, command);
    case 'withdraw-target':
      return withdrawTarget(state, context, command);
    case 'judge-match':
      return judgeMatch(state, context, command, actor);
    default:
      return command satisfies never;
  }
}

const eventOf: Readonly<Record<AlarmCommand['type'], AlarmEventType>> = {
  acknowledge: 'lanewatch.alarm.acknowledged',
  comment: 'lanewatch.alarm.commented',
  dispose: 'lanewatch.alarm.disposed',
};

function answerAlarm(state: DeskState, context: DeskContext, command: AlarmCommand, actor: Actor): Decision {
  const alarm = state.alarms.get(command.alarmId);
  if (alarm === undefined) return refuse({ code: 'not-found', detail: `there is no alarm ${command.alarmId}` });
  if (command.ifVersion !== undefined && command.ifVersion !== alarm.version) {
    return refuse({
      code: 'stale-version',
      detail: `alarm ${alarm.id} is at version ${alarm.version}, not ${command.ifVersion}`,
    });
  }
  const verb: AlarmVerb = command.type;
  const refusal = forbids(alarm, verb) ?? (command.type === 'dispose' ? unknownCode(command) : null);
  if (refusal !== null) return refuse(refusal);
  const at = isoTime(context.nowMs);
  const data = changed(alarm, answer(alarm, command, actor, at), at);
  return { drafts: [{ type: eventOf[command.type], data, subject: `alarms/${alarm.id}` }] };
}

function answer(alarm: Alarm, command: AlarmCommand, { by }: Actor, at: string): Partial<Alarm> {
  switch (command.type) {
    case 'acknowledge':
      return { acknowledged: { by, at, note: command.note ?? null } };
    case 'comment':
      return { comments: [...alarm.comments, { by, at, text: command.text }] };
    case 'dispose':
      return {
        disposition: { class: command.class, code: command.code, by, at, note: command.note ?? null },
        // Whoever gives the verdict has seen the alarm.
        acknowledged: alarm.acknowledged ?? { by, at, note: null },
      };
    default:
      return command satisfies never;
  }
}

function unknownCode(command: Extract<AlarmCommand, { type: 'dispose' }>): Refusal | null {
  const allowed: readonly string[] = dispositionCodes[command.class];
  if (allowed.includes(command.code)) return null;
  return {
    code: 'unknown-code',
    detail: `${command.code} is no code of class ${command.class}: ${allowed.join(', ')}`,
    extra: { allowed },
  };
}

/** The verdict on a match is kept apart from the alarm's; a confirmed match raises its alarms one step. */
function judgeMatch(
  state: DeskState,
  context: DeskContext,
  command: Extract<Command, { type: 'judge-match' }>,
  { by }: Actor,
): Decision {
  const match = state.matches.get(command.matchId);
  const passage = state.passages.get(match?.passageId ?? '');
  const lane = context.lanes.get(match?.laneId ?? '');
  if (match === undefined || passage === undefined || lane === undefined) {
    return refuse({ code: 'not-found', detail: `there is no match ${command.matchId} within the retroactive window` });
  }
  const at = isoTime(context.nowMs);
  const verdict = { verdict: command.verdict, by, at, note: command.note ?? null };
  const judged: Match = { ...match, version: match.version + 1, verdict };
  const work = workOn(state, context, lane, passage);
  work.matches.set(judged.id, judged);
  const matches = passage.matches.map((other) => (other.id === judged.id ? judged : other));
  changePassage(work, { matches });
  const confirmed = matches.some((other) => other.verdict?.verdict === 'confirmed');
  for (const alarm of alarmsIn(work)) {
    const fresh = prioritise(alarm, confirmed, context.rules);
    const rises = rankOf(fresh.priority) > rankOf(alarm.priority) && alarm.disposition === null;
    const change = {
      matches: matches.map((other) => ({ ...other, alarmId: alarm.id })),
      ...(rises ? { ...fresh, acknowledged: null } : {}),
    };
    putAlarm(work, 'lanewatch.alarm.updated', changed(alarm, change, at));
  }
  return { drafts: draftsOf(work) };
}

function refuse(refusal: Refusal): Decision {
  return { drafts: [], refusal };
}
