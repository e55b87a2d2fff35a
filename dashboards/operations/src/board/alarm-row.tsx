import { Button } from '@mantine/core';
import { memo, useState } from 'react';
import type { Alarm } from '../contract/resources.ts';
import { Ago } from '../parts/ago.tsx';
import { AlarmMarks } from '../parts/alarm-marks.tsx';
import { MatchBadge } from '../parts/match-badge.tsx';
import { PriorityMark } from '../parts/priority-mark.tsx';
import { useParts } from '../shell/context.ts';
import { Link } from '../shell/link.tsx';
import { alarmAddress } from '../shell/router.ts';
import { isReal, needsAcknowledgement } from '../state/board.ts';
import { usePassage } from '../sync/use-passage.ts';
import { hazardWord, measureWord, priorityWords, signalWord, stateWords } from '../words/alarm-words.ts';
import { subjectText } from '../words/identity.ts';

export interface AlarmRowProps {
  readonly alarm: Alarm;
  readonly laneName: string;
  readonly selected: boolean;
  /** In the tab order: one row is, and the arrow keys move between rows. */
  readonly reachable: boolean;
  readonly pending: boolean;
  readonly onSelect: (alarmId: string) => void;
  readonly onAcknowledge: (alarmId: string) => void;
}

/** The row's link holds the focus for the whole row. */
export function rowLinkId(alarmId: string): string {
  return `row-${alarmId}`;
}

/** A row that is this young when it is first drawn is shown as new. */
const newForMs = 5_000;

/** One alarm of the board. Drawn again only when it changed itself. */
export const AlarmRow = memo(function AlarmRow(props: AlarmRowProps) {
  const { alarm, laneName, selected, reachable, pending, onSelect, onAcknowledge } = props;
  const { ticker } = useParts();
  const [isNew] = useState(() => ticker.nowMs() - Date.parse(alarm.raisedAt) < newForMs);
  const subject = subjectText(alarm, usePassage(alarm.passageId));
  const waiting = needsAcknowledgement(alarm);
  return (
    <tr
      className="alarm-row"
      data-testid={`alarm-${alarm.id}`}
      data-priority={alarm.priority}
      data-waiting={waiting}
      data-kind={alarm.signal === 'condition' ? 'condition' : 'detection'}
      data-new={isNew}
      data-real={isReal(alarm)}
      aria-current={selected || undefined}
      onFocus={() => onSelect(alarm.id)}
    >
      <td className="cell-priority">
        <PriorityMark priority={alarm.priority} solid={waiting} />
      </td>
      <td className="cell-state">{stateWords[alarm.state]}</td>
      <td className="cell-signal">
        <Link
          to={alarmAddress(alarm.id)}
          id={rowLinkId(alarm.id)}
          className="row-link"
          tabIndex={reachable ? 0 : -1}
          label={`${signalWord(alarm)}, ${priorityWords[alarm.priority]}, ${laneName}`}
        >
          {signalWord(alarm)}
        </Link>
        <small>{hazardWord(alarm)}</small>
      </td>
      <td className="cell-lane">{laneName}</td>
      <td className="cell-subject">
        {subject === null ? (
          <span className="quiet">{alarm.passageId === null ? '–' : 'not identified'}</span>
        ) : (
          <span className="subject">{subject}</span>
        )}
        <MatchBadge matches={alarm.matches} />
      </td>
      <td className="cell-what">{measureWord(alarm.evidence)}</td>
      <td className="cell-device">{alarm.deviceId}</td>
      <td className="cell-age">
        <Ago at={alarm.raisedAt} />
      </td>
      <td className="cell-count" aria-label={`${alarm.count} alarming samples`}>
        ×{alarm.count}
      </td>
      <td className="cell-marks">
        <AlarmMarks alarm={alarm} />
      </td>
      <td className="cell-action">
        {waiting && (
          <Button
            size="xs"
            tabIndex={reachable ? 0 : -1}
            data-testid={`ack-${alarm.id}`}
            aria-label={`Acknowledge ${signalWord(alarm)}, ${laneName}`}
            loading={pending}
            onClick={() => onAcknowledge(alarm.id)}
          >
            Acknowledge
          </Button>
        )}
      </td>
    </tr>
  );
});
