import { AlarmPage } from '../alarm/alarm-page.tsx';
import { BoardPage } from '../board/board-page.tsx';
import { modeWords } from '../words/alarm-words.ts';
import { Announcer } from './announcer.tsx';
import { useAddress, useSelected } from './context.ts';
import { Link } from './link.tsx';
import { NotLiveBand, useFreshness } from './live-state.tsx';
import { pageOf } from './router.ts';
import { TopBar } from './top-bar.tsx';

/** The whole screen. */
export function App() {
  const page = pageOf(useAddress());
  const freshness = useFreshness();
  const mode = useSelected((state) => state.site?.mode ?? 'operational');
  const loaded = useSelected((state) => state.cursor !== null);
  return (
    <div className="screen" data-page={page.kind} data-mode={mode} data-old={freshness === 'not-live'}>
      <a className="skip" href="#content">
        Skip to the alarms
      </a>
      <TopBar />
      {mode !== 'operational' && (
        <p className="mode-band" role="note">
          {modeWords[mode].toUpperCase()}: what is raised now is marked so and is not real
        </p>
      )}
      <NotLiveBand />
      <Announcer />
      <main id="content" tabIndex={-1}>
        {!loaded && <p className="quiet">Loading the post …</p>}
        {loaded && page.kind === 'board' && <BoardPage />}
        {loaded && page.kind === 'alarm' && <AlarmPage key={page.id} alarmId={page.id} />}
        {page.kind === 'unknown' && (
          <p className="quiet">
            There is no such page. <Link to="/">To the alarm board</Link>
          </p>
        )}
      </main>
    </div>
  );
}
