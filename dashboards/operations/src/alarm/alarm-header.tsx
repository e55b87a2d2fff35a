import type { Alarm, Passage } from '../contract/resources.ts';
import { Ago, Moment } from '../parts/ago.tsx';
import { AlarmMarks } from '../parts/alarm-marks.tsx';
import { MatchBadge } from '../parts/match-badge.tsx';
import { PriorityMark } from '../parts/priority-mark.tsx';
import { useSelected } from '../shell/context.ts';
import { Link } from '../shell/link.tsx';
import { needsAcknowledgement } from '../state/board.ts';
import { hazardWord, signalWord, stateWords } from '../words/alarm-words.ts';
import { subjectText } from '../words/identity.ts';

interface AlarmHeaderProps {
  readonly alarm: Alarm;
  readonly passage: Passage | undefined;
}

/** What it is, where, about whom, since when, and whether anyone has answered. */
export function AlarmHeader({ alarm, passage }: AlarmHeaderProps) {
  const lane = useSelected((state) => state.lanes.find((candidate) => candidate.id === alarm.laneId));
  const waiting = needsAcknowledgement(alarm);
  return (
    <header className="alarm-header panel" data-priority={alarm.priority} data-waiting={waiting}>
      <Link to="/" className="back">
        ← All alarms
      </Link>
      <div className="alarm-title">
        <PriorityMark priority={alarm.priority} solid={waiting} />
        <h1>
          {signalWord(alarm)} <small>{hazardWord(alarm)}</small>
        </h1>
        <span className="alarm-state" data-testid="alarm-state" data-state={alarm.state}>
          {stateWords[alarm.state]}
        </span>
        <MatchBadge matches={alarm.matches} />
        <AlarmMarks alarm={alarm} />
      </div>
      <dl className="facts">
        <Fact name="Lane">{lane?.name ?? alarm.laneId}</Fact>
        <Fact name="Subject">
          {subjectText(alarm, passage) ?? (alarm.passageId === null ? 'none' : 'not identified')}
        </Fact>
        <Fact name="Device">{alarm.deviceId}</Fact>
        <Fact name="First sample">
          <Moment at={alarm.observedAt} />
        </Fact>
        <Fact name="Raised">
          <Moment at={alarm.raisedAt} /> (<Ago at={alarm.raisedAt} /> ago)
        </Fact>
        <Fact name="Cause">
          {alarm.active ? (
            'present now'
          ) : alarm.clearedAt === null ? (
            'gone'
          ) : (
            <>
              gone since <Moment at={alarm.clearedAt} />
            </>
          )}
        </Fact>
        <Fact name="Alarming samples">{alarm.count}</Fact>
        <Fact name="Priority by rule">{alarm.rule}</Fact>
      </dl>
    </header>
  );
}

export function Fact({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
