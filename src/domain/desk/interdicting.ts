import type { Interdiction } from '../interdiction.ts';
import type { Match } from '../match.ts';
import type { Passage } from '../passage.ts';

/**
 * Is the lane to be told of this match? Of a sure one, or of a candidate that a person has confirmed; once; and not where
 * the target is to be let run (`observe`), nor where a sensor has alarmed: that alarm tells already.
 */
export function isToBeNoticed(match: Match, passage: Passage): boolean {
  if (passage.alarmIds.length > 0 || (match.noticedAt ?? null) !== null) return false;
  if (match.target.requestedAction === 'observe' || match.verdict?.verdict === 'rejected') return false;
  return match.method !== 'candidate' || match.verdict?.verdict === 'confirmed';
}

export function noticeOf(match: Match, passage: Passage, noticedAt: string): Interdiction {
  return {
    matchId: match.id,
    targetId: match.targetId,
    passageId: passage.id,
    laneId: passage.laneId,
    requestedAction: match.target.requestedAction,
    match,
    subject: passage.subject,
    identities: passage.identities,
    openedAt: passage.openedAt,
    present: passage.closedAt === null,
    mode: passage.mode,
    noticedAt,
  };
}
