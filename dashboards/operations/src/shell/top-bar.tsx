import { PriorityShape } from '../parts/priority-mark.tsx';
import { priorities, unacknowledgedCounts } from '../state/board.ts';
import { modeWords, priorityWords } from '../words/alarm-words.ts';
import { dateText, timeText } from '../words/time.ts';
import { useNowMs, useSelected, useTimeZone } from './context.ts';
import { Link } from './link.tsx';
import { LiveState } from './live-state.tsx';
import { ThemeSwitch } from './theme-switch.tsx';
import { Who } from './who.tsx';

/** Where, whether it is live, what waits for an answer, what time it is, and who is looking. */
export function TopBar() {
  const site = useSelected((state) => state.site);
  return (
    <header className="top-bar">
      <Link to="/" className="brand">
        {site?.name ?? 'Lanewatch'}
      </Link>
      {site !== null && (
        <span className="site-mode" data-mode={site.mode}>
          {modeWords[site.mode]}
        </span>
      )}
      <LiveState />
      <Waiting />
      <Clock />
      <ThemeSwitch />
      <Who />
    </header>
  );
}

/** Unacknowledged alarms by priority; each leads to its part of the board. */
function Waiting() {
  const alarms = useSelected((state) => state.alarms);
  const counts = unacknowledgedCounts(alarms);
  return (
    <nav className="waiting" aria-label="Unacknowledged alarms">
      {priorities.map((priority) => (
        <Link
          key={priority}
          to={`/?priority=${priority}&state=unacknowledged,returned`}
          className={`waiting-count priority-${priority}`}
          data-none={counts[priority] === 0}
          label={`${counts[priority]} unacknowledged, ${priorityWords[priority]}`}
        >
          <PriorityShape priority={priority} />
          <b>{counts[priority]}</b>
          <span className="waiting-word">{priorityWords[priority]}</span>
        </Link>
      ))}
    </nav>
  );
}

function Clock() {
  const nowMs = useNowMs();
  const timeZone = useTimeZone();
  return (
    <time className="clock" title={timeZone}>
      <b>{timeText(nowMs, timeZone)}</b>
      <span>{dateText(nowMs, timeZone)}</span>
    </time>
  );
}
