import { msOf } from '../iso-time.ts';
import type { Match } from '../match.ts';
import type { Passage, PassageIdentity } from '../passage.ts';
import { isPending, type Target } from '../target.ts';
import { type Agreement, agreements, keyAgreement, onlyShared, rankOfMethod, rejectionKeys } from './agreement.ts';
import { type PassageWork, putMatch } from './passage-work.ts';
import type { DeskState } from './state.ts';
import { lookUp, readKnownBy } from './subject-index.ts';

/** Matches reads that have just joined against all targets. */
export function matchReads(work: PassageWork, reads: readonly PassageIdentity[]): void {
  const { state, context } = work;
  for (const read of reads) {
    for (const targetId of lookUp(state.targetIndex, readKnownBy(read), context.matching)) {
      const target = state.targets.get(targetId);
      if (target !== undefined) matchRead(work, read, target);
    }
  }
}

/** Matches one read against one target; every reason is kept, the best decides method and score. */
export function matchRead(work: PassageWork, read: PassageIdentity, target: Target): void {
  const { state, context, passage } = work;
  if (!isCurrent(target, passage, context.nowMs)) return;
  const former = passage.matches.find((match) => match.targetId === target.id && !isOutdated(match, target));
  const fresh = agreements(read, target, context.matching).filter(
    (agreement) => !isKnown(former, agreement) && !isRejected(state, target, agreement),
  );
  if (fresh.length === 0) return;
  if (former === undefined && fresh.every(({ shared }) => shared) && !onlyShared(target)) return;
  const match =
    former === undefined
      ? propose(work, target, [...fresh, ...support(work, read, target)])
      : strengthen(former, target, fresh);
  putMatch(work, match);
}

/** May the target be matched with the passage now? One of an exercise or a test only within it. */
function isCurrent(target: Target, passage: Passage, nowMs: number): boolean {
  if (target.state !== 'active' || isPending(target)) return false;
  if (target.mode !== 'operational' && target.mode !== passage.mode) return false;
  return target.validUntil === undefined || nowMs < msOf(target.validUntil);
}

function isKnown(match: Match | undefined, { reason }: Agreement): boolean {
  return (
    match?.reasons.some(
      ({ source, field, read }) => source === reason.source && field === reason.field && read === reason.read,
    ) ?? false
  );
}

/** A person rejected it, and the target has changed since: the question is another one. */
function isOutdated({ verdict, targetVersion }: Match, target: Target): boolean {
  return verdict?.verdict === 'rejected' && targetVersion !== undefined && targetVersion !== target.version;
}

/** A person has said that this is not that, and the target is as it was then. */
function isRejected(state: DeskState, target: Target, { reason }: Agreement): boolean {
  if (state.targets.get(target.id)?.version !== target.version) return false;
  const rejected = state.rejections.get(target.id);
  return rejected !== undefined && rejectionKeys({ reasons: [reason] }).some((key) => rejected.has(key));
}

/** What the passage's other reads share with the target, its flight for instance. */
function support(work: PassageWork, read: PassageIdentity, target: Target): readonly Agreement[] {
  return work.passage.identities.flatMap((other) => {
    const agreement = other === read ? null : keyAgreement(other, target, work.context.matching);
    return agreement?.shared === true ? [agreement] : [];
  });
}

function propose(work: PassageWork, target: Target, found: readonly Agreement[]): Match {
  const outdated = work.passage.matches.find((match) => match.targetId === target.id);
  const empty: Match = {
    id: outdated?.id ?? work.context.newId(),
    version: outdated?.version ?? 0,
    targetId: target.id,
    alarmId: work.passage.alarmIds[0] ?? null,
    passageId: work.passage.id,
    laneId: work.passage.laneId,
    method: 'candidate',
    score: 0,
    reasons: [],
    verdict: null,
    target: summaryOf(target),
    proposedAt: work.context.at,
    noticedAt: null,
  };
  return strengthen(empty, target, found);
}

function summaryOf(target: Target): Match['target'] {
  return {
    originator: target.originator,
    reference: target.reference,
    kind: target.kind,
    name: target.name ?? null,
    risk: target.risk,
    reasons: target.reasons,
    requestedAction: target.requestedAction,
    instructions: target.instructions ?? null,
    tlp: target.handling.tlp,
    release: target.handling.release,
  };
}

/** More reasons. Better ones than a person rejected put the question again. */
function strengthen(match: Match, target: Target, found: readonly Agreement[]): Match {
  const best = found.reduce(
    (method, agreement) => (rankOfMethod(agreement.method) > rankOfMethod(method) ? agreement.method : method),
    match.method,
  );
  const again = match.verdict?.verdict === 'rejected' && best !== match.method;
  return {
    ...match,
    version: match.version + 1,
    targetVersion: target.version,
    target: summaryOf(target),
    method: best,
    score: Math.max(match.score, ...found.map(({ reason }) => reason.score)),
    reasons: [...match.reasons, ...found.map(({ reason }) => reason)],
    verdict: again ? null : match.verdict,
  };
}
