import type { Alarm } from '../domain/alarm.ts';

/** What stands on some lanes now, as far as an output must know it. */
export interface Standing {
  /** Alarms that are not normal. */
  readonly alarms: readonly Pick<Alarm, 'priority' | 'state' | 'signal' | 'mode'>[];
  /** Somebody or something is in a portal. */
  readonly occupied: boolean;
  /** A device that watches these lanes is not online: nobody can say that there is no alarm. */
  readonly blind: boolean;
}

/** The present state of lanes, for what is driven by it: light towers, relays, barriers. */
export interface LaneBoard {
  standing(laneIds: readonly string[]): Standing;
}
