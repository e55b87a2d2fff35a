import type { DeskState } from '../domain/desk/state.ts';
import type { Clock } from '../ports/clock.ts';
import type { LaneBoard, Standing } from '../ports/lane-board.ts';

/** A busy desk is looked through no more often than this. */
const lookEveryMs = 100;

interface WatchingDevice {
  readonly id: string;
  readonly laneId: string;
}

/** Looks at the desk's state, once for all outputs. `watching`: the enabled devices that are no outputs themselves. */
export function createLaneBoard(state: DeskState, watching: readonly WatchingDevice[], clock: Clock): LaneBoard {
  let lanes = new Map<string, Standing>();
  let lookedAtMs = Number.NEGATIVE_INFINITY;
  let sequence = -1;

  const look = (): void => {
    const alarms = Map.groupBy(
      [...state.alarms.values()].filter((alarm) => alarm.state !== 'normal'),
      (alarm) => alarm.laneId,
    );
    const devices = Map.groupBy(watching, ({ laneId }) => laneId);
    const occupied = new Set([...state.occupied.values()].map((id) => state.passages.get(id)?.laneId));
    const ids = new Set([...alarms.keys(), ...devices.keys()]);
    lanes = new Map(
      [...ids].map((id) => {
        const blind = (devices.get(id) ?? []).some((device) => state.devices.get(device.id)?.link !== 'online');
        return [id, { alarms: alarms.get(id) ?? [], occupied: occupied.has(id), blind }] as const;
      }),
    );
  };
  return {
    standing: (laneIds) => {
      if (state.sequence !== sequence && Math.abs(clock.now() - lookedAtMs) >= lookEveryMs) {
        look();
        sequence = state.sequence;
        lookedAtMs = clock.now();
      }
      const standings = laneIds.flatMap((id) => lanes.get(id) ?? []);
      return {
        alarms: standings.flatMap(({ alarms }) => alarms),
        occupied: standings.some(({ occupied }) => occupied),
        blind: standings.some(({ blind }) => blind),
      };
    },
  };
}
