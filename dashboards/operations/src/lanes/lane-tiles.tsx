import { useSelected } from '../shell/context.ts';
import { LaneTile } from './lane-tile.tsx';
import { laneView } from './lane-view.ts';

/** All lanes of the post. */
export function LaneTiles() {
  const lanes = useSelected((state) => state.lanes);
  const devices = useSelected((state) => state.devices);
  const passages = useSelected((state) => state.passages);
  const alarms = useSelected((state) => state.alarms);
  return (
    <section className="lane-tiles" aria-label="Lanes">
      {lanes.map((lane) => (
        <LaneTile key={lane.id} {...laneView(lane, devices, passages, alarms)} />
      ))}
    </section>
  );
}
