import { Button } from '@mantine/core';
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';
import type { Alarm } from '../contract/resources.ts';
import { Refused } from '../parts/refused.tsx';
import { useSelected } from '../shell/context.ts';
import { needsAcknowledgement } from '../state/board.ts';
import { AlarmRow, rowLinkId } from './alarm-row.tsx';
import { boardKey, movedTo } from './selection.ts';
import { useAcknowledge } from './use-acknowledge.ts';

/** Rows drawn at once; the worst are on top, and nobody reads further before answering those. */
const step = 100;

const columns = ['Priority', 'State', 'Signal', 'Lane', 'Subject', 'What', 'Device', 'Age', 'Count', 'Marks', 'Answer'];

/** The open alarms as a table one can work through by keyboard alone. */
export function AlarmBoard({ alarms }: { readonly alarms: readonly Alarm[] }) {
  const lanes = useSelected((state) => state.lanes);
  const { pending, error, acknowledge } = useAcknowledge();
  const [selected, setSelected] = useState<string | null>(null);
  const [limit, setLimit] = useState(step);
  const body = useRef<HTMLTableSectionElement>(null);
  const select = useCallback((alarmId: string) => setSelected(alarmId), []);

  const drawn = alarms.slice(0, limit);
  const ids = drawn.map((alarm) => alarm.id);
  const current = selected !== null && ids.includes(selected) ? selected : null;
  const reachable = current ?? ids[0];

  // When the page opens, and when the row with the focus has gone, the first row takes it: the keyboard always works.
  const lost = current === null;
  useEffect(() => {
    if (lost && document.activeElement === document.body) {
      body.current?.querySelector('a')?.focus({ preventScroll: true });
    }
  }, [lost]);

  function onKeyDown(press: KeyboardEvent) {
    const key = boardKey(press);
    if (key === null || reachable === undefined) return;
    press.preventDefault();
    if (key === 'acknowledge') {
      const alarm = drawn.find((candidate) => candidate.id === reachable);
      if (press.repeat || alarm === undefined || !needsAcknowledgement(alarm)) return;
      acknowledge(alarm.id);
    }
    // An acknowledged row sinks; the officer stays with those that wait.
    const next = movedTo(ids, reachable, key === 'acknowledge' ? 'down' : key);
    if (next !== null) document.getElementById(rowLinkId(next))?.focus();
  }

  return (
    <div className="alarm-board">
      <Refused error={error} />
      <table aria-label="Open alarms" aria-rowcount={alarms.length + 1} onKeyDown={onKeyDown}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {drawn.map((alarm) => (
            <AlarmRow
              key={alarm.id}
              alarm={alarm}
              laneName={lanes.find((lane) => lane.id === alarm.laneId)?.name ?? alarm.laneId}
              selected={alarm.id === current}
              reachable={alarm.id === reachable}
              pending={pending.has(alarm.id)}
              onSelect={select}
              onAcknowledge={acknowledge}
            />
          ))}
        </tbody>
      </table>
      {alarms.length > drawn.length && (
        <p className="more">
          {alarms.length - drawn.length} more, less urgent.{' '}
          <Button size="xs" variant="default" onClick={() => setLimit(limit + step)}>
            Show {Math.min(step, alarms.length - drawn.length)} more
          </Button>
        </p>
      )}
    </div>
  );
}
