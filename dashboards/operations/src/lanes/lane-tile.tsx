import { memo } from 'react';
import type { Alarm, DeviceStatus, Lane, Passage } from '../contract/resources.ts';
import { Ago, Moment } from '../parts/ago.tsx';
import { AlarmMarks } from '../parts/alarm-marks.tsx';
import { DeviceHealth } from '../parts/device-health.tsx';
import { MatchBadge } from '../parts/match-badge.tsx';
import { PriorityMark } from '../parts/priority-mark.tsx';
import { Link } from '../shell/link.tsx';
import { alarmAddress } from '../shell/router.ts';
import { needsAcknowledgement } from '../state/board.ts';
import { signalWord } from '../words/alarm-words.ts';
import { subjectText } from '../words/identity.ts';
import { CountRate } from './count-rate.tsx';

interface LaneTileProps {
  readonly lane: Lane;
  readonly devices: readonly DeviceStatus[];
  readonly now: Passage | undefined;
  readonly last: Passage | undefined;
  readonly worst: Alarm | undefined;
}

/** One lane at a glance: its worst alarm, who or what is in it, its count rate, and how its devices are. */
export const LaneTile = memo(function LaneTile({ lane, devices, now, last, worst }: LaneTileProps) {
  const conditions = devices.flatMap((device) => device.conditions.map((condition) => ({ ...condition, device })));
  return (
    <article
      className="lane-tile"
      data-testid={`lane-${lane.id}`}
      data-priority={worst?.priority ?? 'none'}
      data-answered={worst !== undefined && !needsAcknowledgement(worst)}
      aria-label={`Lane ${lane.name}`}
    >
      <header>
        <h2>{lane.name}</h2>
        <span className="lane-kind">{[lane.kind, lane.direction].filter(Boolean).join(' · ')}</span>
      </header>
      {worst === undefined ? (
        <p className="lane-worst quiet">No open detection</p>
      ) : (
        <Link to={alarmAddress(worst.id)} className="lane-worst">
          <PriorityMark priority={worst.priority} solid={needsAcknowledgement(worst)} />
          <span className="lane-signal">{signalWord(worst)}</span>
          <MatchBadge matches={worst.matches} />
          <AlarmMarks alarm={worst} />
        </Link>
      )}
      <Occupant now={now} last={last} />
      {devices.map((device) => (
        <CountRate key={device.id} device={device} />
      ))}
      <ul className="devices" aria-label="Devices">
        {devices.map((device) => (
          <DeviceHealth key={device.id} device={device} />
        ))}
      </ul>
      {conditions.length > 0 && (
        <ul className="conditions" aria-label="Equipment conditions">
          {conditions.map((condition) => (
            <li key={`${condition.device.id} ${condition.code}`} data-severity={condition.severity}>
              <b>Equipment</b> {condition.device.id}: {condition.text} · <Ago at={condition.since} />
            </li>
          ))}
        </ul>
      )}
    </article>
  );
});

function Occupant({ now, last }: { readonly now: Passage | undefined; readonly last: Passage | undefined }) {
  if (now === undefined) {
    return (
      <p className="occupant" data-occupied="false">
        <b>Empty</b>
        {last?.closedAt && (
          <span>
            last {subjectText(null, last) ?? last.subject}, <Ago at={last.closedAt} /> ago
          </span>
        )}
      </p>
    );
  }
  const ended = now.occupancy !== null && now.occupancy.endedAt !== null;
  return (
    <p className="occupant" data-occupied={!ended}>
      <b>{ended ? 'Leaving' : now.occupancy === null ? 'Present' : 'Occupied'}</b>
      <span>
        <b className="subject">{subjectText(null, now) ?? `${now.subject}, not identified`}</b> since{' '}
        <Moment at={now.openedAt} />
      </span>
    </p>
  );
}
