import { type DomainEvent, sequenceText } from '../event.ts';
import { isoTime } from '../iso-time.ts';
import type { DeskContext, Draft } from './decision.ts';

/**
 * A decision's facts as the events that `apply` and the journal take: numbered from the one after `last`, recorded at the
 * time of the decision. A resource gets the number of the event that leaves it so: it was made by the decision, and nobody
 * else has it yet.
 */
export function numbered(drafts: readonly Draft[], last: number, context: DeskContext): readonly DomainEvent[] {
  return drafts.map((draft, index) => eventOf(draft, last + 1 + index, context));
}

function eventOf({ type, data, subject, timeMs }: Draft, sequence: number, context: DeskContext): DomainEvent {
  const { nowMs, at } = context;
  if ('sequence' in data) data.sequence = sequenceText(sequence);
  return {
    type,
    data,
    subject,
    id: context.newId(),
    sequence,
    time: timeMs === undefined || timeMs === nowMs ? at : isoTime(timeMs),
    recordedAt: at,
  } as DomainEvent;
}
