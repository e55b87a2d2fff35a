import { useMemo } from 'react';
import { LaneTiles } from '../lanes/lane-tiles.tsx';
import { useAddress, useSelected } from '../shell/context.ts';
import { boardOrder } from '../state/board.ts';
import { AlarmBoard } from './alarm-board.tsx';
import { BoardFilters } from './board-filters.tsx';
import { isFiltered, passes, readFilter } from './filter.ts';

/** The control room's page: every lane, and every alarm that is open. */
export function BoardPage() {
  const address = useAddress();
  const filter = useMemo(() => readFilter(address), [address]);
  const alarms = useSelected((state) => state.alarms);
  const open = useMemo(() => boardOrder(alarms), [alarms]);
  const shown = useMemo(() => open.filter((alarm) => passes(alarm, filter)), [open, filter]);
  const mayRead = useSelected((state) => state.mayRead.board);
  return (
    <div className="board-page">
      <LaneTiles />
      <section className="board" aria-labelledby="board-title">
        <header className="board-header">
          <h1 id="board-title">
            Open alarms <b>{open.length}</b>
          </h1>
          {mayRead && <BoardFilters filter={filter} alarms={open} />}
          <p className="keys">
            <kbd>↑</kbd>
            <kbd>↓</kbd> move <kbd>a</kbd> acknowledge <kbd>Enter</kbd> open
          </p>
        </header>
        {shown.length > 0 ? <AlarmBoard alarms={shown} /> : <p className="quiet empty">{emptyText()}</p>}
      </section>
    </div>
  );

  function emptyText(): string {
    if (!mayRead) return 'Your role does not include alarms.';
    if (isFiltered(filter) && open.length > 0) return 'No open alarm fits the filter. Others are open.';
    return 'No open alarms.';
  }
}
