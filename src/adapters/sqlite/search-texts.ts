import type { Alarm } from '../../domain/alarm.ts';
import { about, type DomainEvent } from '../../domain/event.ts';
import type { Passage } from '../../domain/passage.ts';
import type { Target } from '../../domain/target.ts';
import type { Sqlite } from './database.ts';

/** What free text searches look in, in lower case. */
export function alarmText(alarm: Alarm): string {
  const { evidence } = alarm;
  const seen = evidence.kind === 'trace' ? evidence.substances.map((substance) => substance.name) : [];
  const words = evidence.kind === 'condition' ? [evidence.code, evidence.text] : seen;
  const read = alarm.matches.flatMap((match) => [
    match.target.reference,
    ...match.reasons.flatMap((reason) => reason.read),
  ]);
  const said = alarm.comments.map((comment) => comment.text);
  return [alarm.id, alarm.deviceId, alarm.laneId, alarm.signal, alarm.hazard, ...words, ...read, ...said]
    .join(' ')
    .toLowerCase();
}

export function passageText({ id, identities }: Passage): string {
  return [id, ...identities.map(({ value }) => value)].join(' ').toLowerCase();
}

export function targetText(target: Target): string {
  const values = target.keys.map((key) => key.value);
  return [target.id, target.originator, target.reference, target.name ?? '', ...values].join(' ').toLowerCase();
}

/** Writes anew what is searched, where `event` is the newest about its resource: what has been erased is not found any more. */
export function openSearchRewriter(db: Sqlite): (event: DomainEvent) => void {
  const put = (table: 'alarms' | 'passages' | 'targets') =>
    db.prepare<[string, number]>(`UPDATE ${table} SET search = ? WHERE event = ?`);
  const [alarm, passage, target] = [put('alarms'), put('passages'), put('targets')];
  return (event) => {
    const { noun, data } = about(event);
    if (noun === 'alarm') alarm.run(alarmText(data), event.sequence);
    else if (noun === 'passage') passage.run(passageText(data), event.sequence);
    else if (noun === 'target') target.run(targetText(data), event.sequence);
  };
}
