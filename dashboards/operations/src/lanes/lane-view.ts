import type { Alarm, DeviceStatus, Lane, Passage } from '../contract/resources.ts';
import { isOpen } from '../state/apply-events.ts';
import { isReal, worstFirst } from '../state/board.ts';

/** What is in a lane now, what was last, and the worst it has to say. */
export interface LaneView {
  readonly lane: Lane;
  readonly devices: readonly DeviceStatus[];
  /** The newest open passage. */
  readonly now: Passage | undefined;
  /** The newest closed passage. */
  readonly last: Passage | undefined;
  /** The worst open detection alarm; equipment has its own place on the tile. */
  readonly worst: Alarm | undefined;
}

export function laneView(
  lane: Lane,
  devices: ReadonlyMap<string, DeviceStatus>,
  passages: ReadonlyMap<string, Passage>,
  alarms: ReadonlyMap<string, Alarm>,
): LaneView {
  const here = <T extends { readonly laneId: string }>(all: ReadonlyMap<string, T>) =>
    [...all.values()].filter((item) => item.laneId === lane.id);
  const byAge = here(passages).sort((a, b) => (a.openedAt < b.openedAt ? 1 : -1));
  const detections = here(alarms).filter((alarm) => isOpen(alarm) && alarm.signal !== 'condition');
  return {
    lane,
    devices: here(devices),
    now: byAge.find((passage) => passage.closedAt === null),
    last: byAge.find((passage) => passage.closedAt !== null),
    worst: detections.sort((a, b) => Number(isReal(b)) - Number(isReal(a)) || worstFirst(a, b))[0],
  };
}
