import { useEffect, useState } from 'react';
import { ApiError } from '../contract/api.ts';
import type { Alarm } from '../contract/resources.ts';
import { useParts, useSelected } from '../shell/context.ts';
import { Link } from '../shell/link.tsx';
import { usePassage } from '../sync/use-passage.ts';
import { AlarmHeader } from './alarm-header.tsx';
import { AlarmHistory } from './alarm-history.tsx';
import { Answer } from './answer.tsx';
import { EvidencePanel } from './evidence-panel.tsx';
import { MatchPanel } from './match-panel.tsx';
import { PassagePanel } from './passage-panel.tsx';
import { SpectrumPanel } from './spectrum-panel.tsx';

/** One alarm: why it was raised, who it is about, what to do, and what was done. Follows the live stream. */
export function AlarmPage({ alarmId }: { readonly alarmId: string }) {
  const { api, store } = useParts();
  const alarm = useSelected((state) => state.alarms.get(alarmId));
  const passage = usePassage(alarm?.passageId ?? null);
  const [error, setError] = useState<string | null>(null);
  const missing = alarm === undefined;

  useEffect(() => {
    if (!missing) return;
    const stopper = new AbortController();
    api.get<Alarm>(`/alarms/${encodeURIComponent(alarmId)}`, stopper.signal).then(
      (found) => store.dispatch({ type: 'answered', alarms: [found] }),
      (thrown: unknown) => {
        if (stopper.signal.aborted) return;
        setError(thrown instanceof ApiError ? thrown.message : String(thrown));
      },
    );
    return () => stopper.abort();
  }, [missing, alarmId, api, store]);

  if (alarm === undefined) {
    return (
      <p className="quiet" role={error === null ? undefined : 'alert'}>
        {error ?? 'Loading the alarm …'} <Link to="/">To the alarm board</Link>
      </p>
    );
  }
  return (
    <article className="alarm-page">
      <AlarmHeader alarm={alarm} passage={passage} />
      <div className="alarm-columns">
        <div className="alarm-why">
          <MatchPanel alarm={alarm} />
          <EvidencePanel alarm={alarm} subject={passage?.subject ?? null} />
          <SpectrumPanel passage={passage} />
          <PassagePanel alarm={alarm} passage={passage} />
        </div>
        <div className="alarm-do">
          <section className="panel to-do">
            <h2>What to do</h2>
            <ol className="guidance">
              {alarm.guidance.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
          </section>
          <Answer alarm={alarm} />
          <AlarmHistory alarm={alarm} />
        </div>
      </div>
    </article>
  );
}
