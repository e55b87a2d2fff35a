import { isStrong } from '../identifiers/index.ts';
import type { Match, MatchMethod, MatchReason } from '../match.ts';
import type { Passage, PassageIdentity } from '../passage.ts';
import type { Target } from '../target.ts';
import { isoTime } from './decision.ts';
import { changePassage, type PassageWork } from './passage-work.ts';
import { keyOf } from './state.ts';

const methods: readonly MatchMethod[] = ['candidate', 'probable', 'exact'];

interface Agreement {
  readonly method: MatchMethod;
  readonly reason: MatchReason;
}

/**
 * Does a read identifier agree with the target? Only equal normalised values do. Exact: a strong key, both sides with
 * a valid check digit, and for a travel document the issuing state too. Probable: a plate or another weak key, or a
 * document whose issuing state one side does not tell. Candidate: equal, but a check digit fails.
 */
export function agreement(identity: PassageIdentity, target: Target): Agreement | null {
  const key = target.keys.find((candidate) => candidate.kind === identity.kind && candidate.value === identity.value);
  if (key === undefined) return null;
  if (key.issuer !== null && identity.issuer !== null && key.issuer !== identity.issuer) return null;
  const issuerKnown = key.issuer !== null && identity.issuer !== null;
  const [method, score, how] = judge(identity, key.valid, issuerKnown);
  const reason = { field: identity.kind, read: identity.value, target: key.value, how, score, source: identity.source };
  return { method, reason };
}

function judge(identity: PassageIdentity, keyValid: boolean, issuerKnown: boolean): [MatchMethod, number, string] {
  if (!identity.valid || !keyValid) return ['candidate', 0.6, 'equal, but the check digit fails'];
  if (!isStrong(identity.kind)) {
    return issuerKnown
      ? ['probable', 0.95, 'equal value and issuer, no check digit']
      : ['probable', 0.9, 'equal value, no check digit'];
  }
  if (identity.kind !== 'travel-document') return ['exact', 1, 'equal value, check digit valid on both sides'];
  return issuerKnown
    ? ['exact', 1, 'equal number and issuing state, check digit valid']
    : ['probable', 0.85, 'equal number, issuing state not told by one side'];
}

/** May the target be matched with the passage now? One of an exercise or a test only within it. */
function isCurrent(target: Target, passage: Passage, nowMs: number): boolean {
  if (target.state !== 'active' || (target.mode !== 'operational' && target.mode !== passage.mode)) return false;
  const from = target.validFrom === undefined ? Number.NEGATIVE_INFINITY : Date.parse(target.validFrom);
  const until = target.validUntil === undefined ? Number.POSITIVE_INFINITY : Date.parse(target.validUntil);
  return from <= nowMs && nowMs < until;
}

/** Matches reads that have just joined against all targets. */
export function matchReads(work: PassageWork, reads: readonly PassageIdentity[]): void {
  const { state } = work;
  for (const read of reads) {
    for (const targetId of state.targetKeys.get(keyOf(read.kind, read.value)) ?? []) {
      const target = state.targets.get(targetId);
      if (target !== undefined) matchRead(work, read, target);
    }
  }
}

/** Matches one read against one target; every reason is kept, the best decides method and score. */
export function matchRead(work: PassageWork, read: PassageIdentity, target: Target): void {
  const { context, passage } = work;
  const found = isCurrent(target, passage, context.nowMs) ? agreement(read, target) : null;
  if (found === null) return;
  const former = passage.matches.find((match) => match.targetId === target.id);
  if (former?.reasons.some((reason) => reason.source === read.source && reason.read === read.value)) return;
  const match = former === undefined ? propose(work, target, found) : strengthen(former, found);
  work.matches.set(match.id, match);
  changePassage(work, { matches: [...passage.matches.filter((other) => other.id !== match.id), match] });
}

function propose(work: PassageWork, target: Target, { method, reason }: Agreement): Match {
  return {
    id: work.context.newId(),
    version: 1,
    targetId: target.id,
    alarmId: work.passage.alarmIds[0] ?? null,
    passageId: work.passage.id,
    laneId: work.passage.laneId,
    method,
    score: reason.score,
    reasons: [reason],
    verdict: null,
    target: {
      originator: target.originator,
      reference: target.reference,
      kind: target.kind,
      name: target.name ?? null,
      risk: target.risk,
      reasons: target.reasons,
      requestedAction: target.requestedAction,
      instructions: target.instructions ?? null,
    },
    proposedAt: isoTime(work.context.nowMs),
  };
}

function strengthen(match: Match, { method, reason }: Agreement): Match {
  const better = methods.indexOf(method) > methods.indexOf(match.method) ? method : match.method;
  const score = Math.max(match.score, reason.score);
  return { ...match, version: match.version + 1, method: better, score, reasons: [...match.reasons, reason] };
}
