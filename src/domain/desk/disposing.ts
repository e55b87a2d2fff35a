import type { Alarm } from '../alarm.ts';
import type { AlarmPolicy } from '../alarm-policy.ts';
import type { Command } from '../command.ts';
import type { Refusal } from './decision.ts';

type Dispose = Extract<Command, { type: 'dispose' }>;

/**
 * The verdict as it stands after `command`. Where the policy asks for two persons the first one's waits on the board until
 * another person gives the same; any other verdict takes its place and waits anew, so that nobody overrules it alone.
 */
export function disposed(alarm: Alarm, command: Dispose, by: string, at: string, policy: AlarmPolicy): Partial<Alarm> {
  const verdict = { class: command.class, code: command.code, by, at, note: command.note ?? null };
  // Whoever gives the verdict has seen the alarm.
  const acknowledged = alarm.acknowledged ?? { by, at, note: null };
  const alone = !needsTwo(alarm, command, policy);
  if (alone || isSame(alarm, command)) return { acknowledged, disposition: verdict };
  return { acknowledged, proposedDisposition: verdict };
}

/** Nobody confirms his own verdict. */
export function confirmsAlone(alarm: Alarm, command: Dispose, by: string): Refusal | null {
  if (!isSame(alarm, command) || alarm.proposedDisposition?.by !== by) return null;
  return {
    code: 'forbidden-transition',
    detail: `another person than ${by} must confirm that alarm ${alarm.id} is ${command.class}, ${command.code}`,
    extra: { state: alarm.state, verb: 'dispose' },
  };
}

function needsTwo(alarm: Alarm, command: Dispose, { twoPersons }: AlarmPolicy): boolean {
  if (alarm.proposedDisposition != null) return true;
  if (command.class === 'real') return twoPersons.real;
  const matched = alarm.matches.some(({ verdict }) => verdict?.verdict !== 'rejected');
  return command.class === 'innocent' && twoPersons.innocentOnMatch && matched;
}

function isSame({ proposedDisposition }: Alarm, command: Dispose): boolean {
  return proposedDisposition?.class === command.class && proposedDisposition.code === command.code;
}
