import { useNowMs, useTimeZone } from '../shell/context.ts';
import { ageText, momentText } from '../words/time.ts';

/** How long ago, growing; the moment itself in the title. */
export function Ago({ at }: { readonly at: string }) {
  const nowMs = useNowMs();
  const timeZone = useTimeZone();
  return (
    <time dateTime={at} title={momentText(at, nowMs, timeZone)}>
      {ageText(nowMs - Date.parse(at))}
    </time>
  );
}

/** A moment in the site's time zone. */
export function Moment({ at }: { readonly at: string }) {
  const nowMs = useNowMs();
  return <time dateTime={at}>{momentText(at, nowMs, useTimeZone())}</time>;
}
