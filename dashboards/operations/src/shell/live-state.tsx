import { Button } from '@mantine/core';
import type { Connection } from '../state/state.ts';
import { ageText, timeText } from '../words/time.ts';
import { useNowMs, useParts, useSelected, useTimeZone } from './context.ts';

/** A loss this short is called reconnecting: most mend themselves before anyone needs to act on it. */
const graceMs = 3_000;

export type Freshness = 'connecting' | 'live' | 'reconnecting' | 'not-live';

export function freshnessOf(connection: Connection, nowMs: number): Freshness {
  if (connection.kind !== 'lost') return connection.kind;
  return nowMs - connection.sinceMs < graceMs ? 'reconnecting' : 'not-live';
}

export function useFreshness(): Freshness {
  return freshnessOf(
    useSelected((state) => state.connection),
    useNowMs(),
  );
}

const words: Readonly<Record<Freshness, string>> = {
  connecting: 'Connecting',
  live: 'Live',
  reconnecting: 'Reconnecting',
  'not-live': 'NOT LIVE',
};

/** The small indicator in the top bar. */
export function LiveState() {
  const freshness = useFreshness();
  const connection = useSelected((state) => state.connection);
  const timeZone = useTimeZone();
  return (
    <span className="live-state" data-freshness={freshness} data-testid="live-state" role="status">
      <span className="live-dot" aria-hidden="true" />
      {words[freshness]}
      {freshness === 'not-live' && connection.kind === 'lost' && ` since ${timeText(connection.sinceMs, timeZone)}`}
    </span>
  );
}

/** The band nobody can overlook while the picture is old. */
export function NotLiveBand() {
  const connection = useSelected((state) => state.connection);
  const timeZone = useTimeZone();
  const nowMs = useNowMs();
  const { sync } = useParts();
  if (connection.kind !== 'lost' || freshnessOf(connection, nowMs) !== 'not-live') return null;
  const retryS = Math.max(0, Math.ceil((connection.retryAtMs - nowMs) / 1000));
  return (
    <div className="not-live" role="alert">
      <strong>NOT LIVE since {timeText(connection.sinceMs, timeZone)}</strong>
      <span aria-live="off">
        What you see is {ageText(nowMs - connection.sinceMs)} old and may be wrong. Watch the lanes themselves.
        {retryS > 0 ? ` Trying again in ${retryS} s.` : ' Trying again now.'}
      </span>
      <Button size="xs" variant="white" color="dark" onClick={() => sync.retryNow()}>
        Try now
      </Button>
    </div>
  );
}
