import type { Actor, Command } from '../command.ts';
import type { Decision } from './decision.ts';

/** A command that was carried out goes on the record of access too, in the commit of what it changed. */
export function onRecord(
  decision: Decision,
  { command, actor: { by, role, origin } }: { readonly command: Command; readonly actor: Actor },
): Decision {
  if (decision.refusal !== undefined || origin === undefined) return decision;
  const data = {
    by,
    role,
    ...origin,
    action: command.type,
    subjects: [subjectOf(command) ?? decision.drafts[0]?.subject ?? []].flat(),
    version: 'ifVersion' in command ? (command.ifVersion ?? null) : null,
    detail: null,
  };
  return { drafts: [...decision.drafts, { type: 'lanewatch.access.granted', data, subject: 'access' }] };
}

function subjectOf(command: Command): string | null {
  if ('alarmId' in command) return `alarms/${command.alarmId}`;
  if ('examinationId' in command) return `examinations/${command.examinationId}`;
  if ('matchId' in command) return `matches/${command.matchId}`;
  if ('targetId' in command && command.targetId !== undefined) return `targets/${command.targetId}`;
  if (command.type === 'set-service') return `${command.scope}s/${command.id}`;
  return null;
}
