import type { Alarm } from '../contract/resources.ts';
import { Moment } from '../parts/ago.tsx';
import { historyOf } from './history-of.ts';

/** What happened to the alarm, oldest first: who and when. */
export function AlarmHistory({ alarm }: { readonly alarm: Alarm }) {
  return (
    <section className="panel done">
      <h2>What was done</h2>
      <ol className="history">
        {historyOf(alarm).map((step) => (
          <li key={`${step.at} ${step.what}`}>
            <Moment at={step.at} /> <b>{step.what}</b>
            {step.by !== null && ` by ${step.by}`}
            {step.note !== null && <q>{step.note}</q>}
          </li>
        ))}
      </ol>
    </section>
  );
}
