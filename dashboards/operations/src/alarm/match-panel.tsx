import type { Alarm, Match } from '../contract/resources.ts';
import { Moment } from '../parts/ago.tsx';
import { PriorityMark } from '../parts/priority-mark.tsx';
import { identityWords } from '../words/identity.ts';
import { Fact } from './alarm-header.tsx';
import { JudgeForm } from './judge-form.tsx';

/** Targets that the subject was matched with; a person decides whether each is right. */
export function MatchPanel({ alarm }: { readonly alarm: Alarm }) {
  return (
    <div data-testid="alarm-matches" className="matches">
      {alarm.matches.map((match) => (
        <MatchCard key={match.id} match={match} alarmId={alarm.id} />
      ))}
    </div>
  );
}

function MatchCard({ match, alarmId }: { readonly match: Match; readonly alarmId: string }) {
  const { target, verdict } = match;
  return (
    <section className="panel match" data-verdict={verdict?.verdict ?? 'none'}>
      <header>
        <h2>
          Target {target.reference}
          {target.name !== null && `: ${target.name}`}
        </h2>
        <span className="match-risk">
          Risk <PriorityMark priority={target.risk} solid={false} />
        </span>
      </header>
      <p className="match-action">
        <b>{requests[target.requestedAction] ?? target.requestedAction}</b> {target.instructions}
      </p>
      <dl className="facts">
        <Fact name="Wanted by">{target.originator}</Fact>
        <Fact name="Because">{target.reasons.join('; ') || 'no reason given'}</Fact>
        <Fact name="Match">{`${match.method}, score ${match.score.toFixed(2)}`}</Fact>
        <Fact name="Found">
          <Moment at={match.proposedAt} />
        </Fact>
      </dl>
      <ul className="match-reasons" aria-label="What agreed">
        {match.reasons.map((reason) => (
          <li key={`${reason.field} ${reason.read} ${reason.source}`}>
            {reason.field === 'name' ? 'Name' : identityWords[reason.field]} read{' '}
            <b className="subject">{reason.read}</b>, targeted <b className="subject">{reason.target}</b>
            <small>{`${reason.how}, score ${reason.score.toFixed(2)}`}</small>
          </li>
        ))}
      </ul>
      {verdict !== null && (
        <p className="verdict">
          <b>{verdict.verdict}</b> by {verdict.by}, <Moment at={verdict.at} />
          {verdict.note !== null && `: ${verdict.note}`}
        </p>
      )}
      <JudgeForm matchId={match.id} alarmId={alarmId} verdict={verdict?.verdict ?? null} />
    </section>
  );
}

const requests: Readonly<Record<string, string>> = {
  examine: 'Examine.',
  notify: 'Notify the originator.',
  refer: 'Refer.',
  observe: 'Observe only.',
};
