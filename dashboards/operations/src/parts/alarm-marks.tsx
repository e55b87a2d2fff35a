import type { Alarm } from '../contract/resources.ts';
import { markWords, modeWords } from '../words/alarm-words.ts';

/** What an officer must know before acting on it: late, not real, already judged, or the first of its passage. */
export function AlarmMarks({ alarm }: { readonly alarm: Alarm }) {
  return (
    <>
      {alarm.mode !== 'operational' && <span className="mark mark-mode">{modeWords[alarm.mode].toUpperCase()}</span>}
      {alarm.historical && (
        <span className="mark mark-late" title="Reported late: the cause lies in the past">
          HISTORICAL
        </span>
      )}
      {alarm.firstOut && (
        <span className="mark" title="The first alarm of this passage">
          FIRST
        </span>
      )}
      {(alarm.marks ?? []).map((mark) => (
        <span key={mark} className="mark" title={markWords[mark]}>
          {mark.toUpperCase()}
        </span>
      ))}
      {alarm.escalation != null && (
        <span className="mark" title="Nobody answered in time">
          TOLD {alarm.escalation.role.toUpperCase()}
        </span>
      )}
      {alarm.disposition === null && alarm.proposedDisposition != null && (
        <span className="mark" title={`${alarm.proposedDisposition.by} said ${alarm.proposedDisposition.class}`}>
          SECOND VERDICT
        </span>
      )}
      {alarm.disposition !== null && <span className="mark">DISPOSED</span>}
    </>
  );
}
