import { useSelected } from './context.ts';

/** Tells a screen reader about new alarms, one sentence for a burst. */
export function Announcer() {
  const { number, text } = useSelected((state) => state.announcement);
  return (
    <div className="only-read" aria-live="assertive" aria-atomic="true" data-testid="announcer">
      <span key={number}>{text}</span>
    </div>
  );
}
