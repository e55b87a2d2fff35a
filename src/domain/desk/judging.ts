import type { Actor, Command } from '../command.ts';
import type { Match } from '../match.ts';
import { changed } from './alarm-machine.ts';
import { type Decision, type DeskContext, refuse } from './decision.ts';
import { alarmsIn, draftsOf, putAlarm, putMatch, workOn } from './passage-work.ts';
import { isDeclared, prioritise, rankOf } from './priority.ts';
import { risen, updateOf } from './shelving.ts';
import type { DeskState } from './state.ts';

/** The verdict on a match is kept apart from the alarm's; a confirmed match raises its alarms one step. */
export function judgeMatch(
  state: DeskState,
  context: DeskContext,
  command: Extract<Command, { type: 'judge-match' }>,
  { by }: Actor,
): Decision {
  const match = state.matches.get(command.matchId);
  const passage = state.passages.get(match?.passageId ?? '');
  const lane = context.lanes.get(match?.laneId ?? '');
  if (match === undefined || passage === undefined || lane === undefined) {
    return refuse({ code: 'not-found', detail: `there is no match ${command.matchId} on a lane in use` });
  }
  if (command.ifVersion !== undefined && command.ifVersion !== match.version) {
    const detail = `match ${match.id} is at version ${match.version}, not ${command.ifVersion}`;
    return refuse({ code: 'stale-version', detail });
  }
  const { at } = context;
  const verdict = { verdict: command.verdict, by, at, note: command.note ?? null };
  const judged: Match = { ...match, version: match.version + 1, verdict };
  const work = workOn(state, context, lane, passage);
  putMatch(work, judged);
  const { matches } = work.passage;
  const confirmed = matches.some((other) => other.verdict?.verdict === 'confirmed');
  for (const alarm of alarmsIn(work)) {
    const fresh = prioritise({ ...alarm, declared: isDeclared(passage) }, confirmed, context.alarms.priorities);
    const rises = rankOf(fresh.priority) > rankOf(alarm.priority) && alarm.disposition === null;
    const change = {
      matches: matches.map((other) => ({ ...other, alarmId: alarm.id })),
      ...(rises ? { ...fresh, ...risen(alarm, at) } : {}),
    };
    const next = changed(alarm, change, at);
    putAlarm(work, updateOf(alarm, next), next);
  }
  return { drafts: draftsOf(work) };
}
