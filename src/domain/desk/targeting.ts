import { normaliseIdentifier } from '../identifiers/index.ts';
import { msOf } from '../iso-time.ts';
import type { Passage } from '../passage.ts';
import { isPending, type Target, type TargetInput } from '../target.ts';
import { type Decision, type DeskContext, type Draft, nothing, type Refusal, refuse } from './decision.ts';
import { matchRead } from './matching.ts';
import { draftsOf, spreadMatches, workOn } from './passage-work.ts';
import { type DeskState, keyOf } from './state.ts';
import { lookUp, targetKnownBy } from './subject-index.ts';

type PutTarget = {
  readonly target: TargetInput;
  readonly targetId?: string | undefined;
  readonly ifVersion?: number | undefined;
};

/**
 * Adds or changes a target, idempotent by (originator, reference), and matches it at once against what is present or
 * has passed within the retroactive window. Identifiers with a failing check digit are kept as weak, with a warning.
 */
export function putTarget(state: DeskState, context: DeskContext, command: PutTarget): Decision {
  const input = command.target;
  const refId = state.targetRefs.get(keyOf(input.originator, input.reference));
  const former = state.targets.get(command.targetId ?? refId ?? '');
  const refusal = refusePut(command, former, refId);
  if (refusal !== null) return refuse(refusal);
  const target = targetOf(input, former, context);
  if (former !== undefined && sameContent(former, target)) return nothing;
  const type = former === undefined ? 'lanewatch.target.added' : 'lanewatch.target.changed';
  const added: Draft = { type, data: target, subject: `targets/${target.id}` };
  return { drafts: [added, ...matchBack(state, context, target)] };
}

function refusePut(
  { target, targetId, ifVersion }: PutTarget,
  former: Target | undefined,
  refId: string | undefined,
): Refusal | null {
  if (targetId !== undefined && former === undefined)
    return { code: 'not-found', detail: `there is no target ${targetId}` };
  if (targetId !== undefined && refId !== undefined && refId !== targetId) {
    return {
      code: 'forbidden-transition',
      detail: `target ${targetId} cannot be ${target.reference} of ${target.originator}: that is target ${refId}`,
      extra: { state: former?.state, verb: 'put', conflictsWith: refId },
    };
  }
  return staleVersion(former, ifVersion);
}

function staleVersion(target: Target | undefined, ifVersion: number | undefined): Refusal | null {
  if (ifVersion === undefined || target === undefined || target.version === ifVersion) return null;
  return { code: 'stale-version', detail: `target ${target.id} is at version ${target.version}, not ${ifVersion}` };
}

function targetOf(input: TargetInput, former: Target | undefined, context: DeskContext): Target {
  const { at } = context;
  const read = input.identifiers.map(({ kind, value, issuer }) => normaliseIdentifier(kind, value, issuer));
  const expired = input.validUntil !== undefined && msOf(input.validUntil) <= context.nowMs;
  return {
    ...input,
    id: former?.id ?? context.newId(),
    sequence: '',
    version: (former?.version ?? 0) + 1,
    state: expired ? 'expired' : 'active',
    warnings: read.flatMap(({ kind, value, problem }) =>
      problem === null ? [] : [`${kind} ${value}: ${problem}; it can only match weakly`],
    ),
    keys: read.map(({ kind, value, issuer, valid }) => ({ kind, value, issuer, valid })),
    addedAt: former?.addedAt ?? at,
    sentAt: at,
    changedAt: at,
  };
}

/** Does sending it again change anything? */
function sameContent(former: Target, target: Target): boolean {
  const content = ({
    sequence: _sequence,
    version: _version,
    sentAt: _sentAt,
    changedAt: _changedAt,
    ...rest
  }: Target) => JSON.stringify(Object.entries(rest).sort());
  return content(former) === content(target);
}

/** Matches a target with what is present or has passed within the retroactive window. */
export function matchBack(state: DeskState, context: DeskContext, target: Target): readonly Draft[] {
  if (target.state !== 'active' || isPending(target)) return [];
  const ids = lookUp(state.passageIndex, targetKnownBy(target), context.matching);
  return [...ids].flatMap((id) => {
    const passage = state.passages.get(id);
    const lane = context.lanes.get(passage?.laneId ?? '');
    if (passage === undefined || lane === undefined || !isRecent(passage, context)) return [];
    const work = workOn(state, context, lane, passage);
    for (const read of passage.identities) matchRead(work, read, target);
    spreadMatches(work);
    return draftsOf(work);
  });
}

function isRecent(passage: Passage, { nowMs, matching }: DeskContext): boolean {
  return passage.closedAt === null || msOf(passage.closedAt) >= nowMs - matching.retroactiveS * 1000;
}

/** Takes a target off the list; what it matched stays in the record. */
export function withdrawTarget(
  state: DeskState,
  context: DeskContext,
  command: { readonly targetId: string; readonly ifVersion?: number | undefined },
): Decision {
  const target = state.targets.get(command.targetId);
  if (target === undefined) return refuse({ code: 'not-found', detail: `there is no target ${command.targetId}` });
  const refusal = staleVersion(target, command.ifVersion);
  if (refusal !== null) return refuse(refusal);
  if (target.state === 'withdrawn') return nothing;
  const data = {
    ...target,
    state: 'withdrawn',
    version: target.version + 1,
    changedAt: context.at,
  } as const;
  return { drafts: [{ type: 'lanewatch.target.withdrawn', data, subject: `targets/${target.id}` }] };
}
