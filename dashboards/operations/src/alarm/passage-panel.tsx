import type { Alarm, Passage, PassageScan } from '../contract/resources.ts';
import { Moment } from '../parts/ago.tsx';
import { useSelected } from '../shell/context.ts';
import { Link } from '../shell/link.tsx';
import { alarmAddress } from '../shell/router.ts';
import { priorityWords, signalWord, stateWords } from '../words/alarm-words.ts';
import { Fact } from './alarm-header.tsx';
import { IdentityTable } from './identity-table.tsx';

interface PassagePanelProps {
  readonly alarm: Alarm;
  readonly passage: Passage | undefined;
}

/** Who or what passed: identities, scans and samples, occupancy, and the other alarms of the same passage. */
export function PassagePanel({ alarm, passage }: PassagePanelProps) {
  if (alarm.passageId === null) return null;
  if (passage === undefined) {
    return (
      <section className="panel passage">
        <h2>Passage</h2>
        <p className="quiet">Loading the passage …</p>
      </section>
    );
  }
  const { occupancy, speedKmh } = passage;
  return (
    <section className="panel passage">
      <h2>Passage of a {passage.subject}</h2>
      <dl className="facts">
        <Fact name="Began">
          <Moment at={passage.openedAt} />
        </Fact>
        <Fact name="Ended">{passage.closedAt === null ? 'still in the lane' : <Moment at={passage.closedAt} />}</Fact>
        {occupancy?.durationS != null && <Fact name="Occupied for">{`${occupancy.durationS.toFixed(1)} s`}</Fact>}
        {speedKmh !== null && <Fact name="Speed">{`${speedKmh.toFixed(1)} km/h`}</Fact>}
        {passage.direction !== null && <Fact name="Direction">{passage.direction}</Fact>}
        {!passage.complete && <Fact name="Caution">its beginning was not seen</Fact>}
      </dl>
      <IdentityTable identities={passage.identities} />
      <Scans title="Scans" scans={passage.scans} />
      <Scans title="Samples" scans={passage.samples} />
      <Siblings alarm={alarm} alarmIds={passage.alarmIds} />
    </section>
  );
}

function Scans({ title, scans }: { readonly title: string; readonly scans: readonly PassageScan[] }) {
  if (scans.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul className="scans">
        {scans.map((scan) => (
          <li key={scan.id}>
            <Moment at={scan.at} /> {scan.deviceId}:{' '}
            <b data-decision={scan.decision}>{scan.summary || scan.decision}</b>
            {scan.source !== '' && ` (${scan.source.toLowerCase()})`}
          </li>
        ))}
      </ul>
    </>
  );
}

function Siblings({ alarm, alarmIds }: { readonly alarm: Alarm; readonly alarmIds: readonly string[] }) {
  const alarms = useSelected((state) => state.alarms);
  const others = alarmIds.filter((id) => id !== alarm.id);
  if (others.length === 0) return null;
  return (
    <>
      <h3>Other alarms of this passage</h3>
      <ul className="scans">
        {others.map((id) => {
          const other = alarms.get(id);
          const words = other && `${priorityWords[other.priority]}: ${signalWord(other)}, ${stateWords[other.state]}`;
          return (
            <li key={id}>
              <Link to={alarmAddress(id)}>{words ?? `Alarm ${id}`}</Link>
            </li>
          );
        })}
      </ul>
    </>
  );
}
