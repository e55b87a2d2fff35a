import type { DeskInput } from '../../src/domain/desk/decision.ts';
import type { DomainEvent } from '../../src/domain/event.ts';
import type { BareDesk } from './bare-desk.ts';

/** What passes a desk, round by round. */
export interface Traffic {
  readonly desk: BareDesk;
  /** The next subjects are there; what the devices say that raises an alarm each, not fed yet. */
  arrive(): readonly DeskInput[];
  /** Everybody answers, and the subjects leave: all that follows on the events that raised the alarms. */
  finish(raised: readonly DomainEvent[]): readonly DomainEvent[];
}
