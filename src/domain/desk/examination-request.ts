import type { Alarm } from '../alarm.ts';
import type { Actor } from '../command.ts';
import type { Examination, ExaminationRequest } from '../examination.ts';
import { codeOf, examinationKinds, referralReasons } from '../examination-codes.ts';
import { msOf } from '../iso-time.ts';
import type { Passage } from '../passage.ts';
import type { Target } from '../target.ts';
import type { Mode } from '../words.ts';
import { type Decision, type DeskContext, type Refusal, refuse, unknownCode } from './decision.ts';
import { presentPassage } from './examination-placing.ts';
import { examinationDrafts } from './examination-work.ts';
import type { DeskState } from './state.ts';

/** What an examination is about: as much of it as was named, and the passage of a named alarm. */
export interface About {
  readonly target:
    | (Pick<Target, 'id' | 'mode'> &
        NonNullable<Examination['target']> & { readonly instructions?: string | null | undefined })
    | undefined;
  readonly alarm: Alarm | undefined;
  readonly passage: Passage | undefined;
}

/** Targeting, or an officer, asks for an examination. It changes no alarm's state. */
export function requestExamination(
  state: DeskState,
  context: DeskContext,
  request: ExaminationRequest,
  actor: Actor,
): Decision {
  const alarm = state.alarms.get(request.alarmId ?? '');
  const target = state.targets.get(request.targetId ?? '');
  const passageId = request.passageId ?? alarm?.passageId;
  const present =
    target === undefined || passageId != null
      ? undefined
      : presentPassage(state, target.id, asReal(target.mode, context.site.mode));
  const about = {
    target: target && { ...target, ...target.handling },
    alarm,
    passage: state.passages.get(passageId ?? '') ?? present,
  };
  const refusal = missingThing(request, about) ?? unfit(context, request, about);
  if (refusal !== null) return refuse(refusal);
  const examination = newExamination(
    context,
    about,
    { ...request, requestedBy: request.requestedBy ?? actor.by },
    actor,
  );
  return { drafts: examinationDrafts(state, context, 'requested', examination) };
}

/** An examination as it is born, requested by `actor`. */
export function newExamination(
  context: DeskContext,
  { target, alarm, passage }: About,
  request: ExaminationRequest & { readonly requestedBy: string },
  { by, role }: Actor,
): Examination {
  const { at } = context;
  const passageId = passage?.id ?? alarm?.passageId ?? null;
  // A lane may be real on a post that is not, or the other way round: what was seen there is as real as the lane.
  const laneless = alarm === undefined && passage === undefined;
  return {
    id: context.newId(),
    sequence: '',
    version: 1,
    siteId: context.site.id,
    state: 'requested',
    overdue: false,
    overdueAt: { examination: null, delivery: null },
    targetId: target?.id ?? null,
    alarmId: alarm?.id ?? null,
    passageId,
    laneId: alarm?.laneId ?? passage?.laneId ?? null,
    target: target === undefined ? null : ownedBy(target),
    reason: request.reason,
    kind: request.kind,
    niem: {
      reason: codeOf(referralReasons, request.reason) ?? null,
      kind: codeOf(examinationKinds, request.kind) ?? null,
    },
    unit: request.unit,
    dueAt: request.dueAt,
    instructions: request.instructions ?? target?.instructions ?? null,
    requestedBy: request.requestedBy,
    requested: { by, role, at },
    assignee: null,
    accepted: null,
    started: null,
    result: null,
    delivered: null,
    cancelled: null,
    escalation: null,
    mode: asReal(alarm?.mode, passage?.mode, target?.mode, laneless ? context.site.mode : undefined),
    updatedAt: at,
    history: [{ what: 'request', state: 'requested', by, role, at, note: request.reason }],
  };
}

/** One part of an exercise or a test makes the whole one. */
function asReal(...modes: readonly (Mode | undefined)[]): Mode {
  return modes.find((mode) => mode !== undefined && mode !== 'operational') ?? 'operational';
}

function missingThing(request: ExaminationRequest, { target, alarm, passage }: About): Refusal | null {
  const absent =
    (request.targetId !== undefined && target === undefined && `target ${request.targetId}`) ||
    (request.alarmId !== undefined && alarm === undefined && `alarm ${request.alarmId}`) ||
    (request.passageId !== undefined && passage === undefined && `passage ${request.passageId}`);
  return absent === false ? null : { code: 'not-found', detail: `there is no ${absent}` };
}

function unfit(context: DeskContext, request: ExaminationRequest, { alarm }: About): Refusal | null {
  const { reason, kind, unit, dueAt, passageId } = request;
  const { units } = context.examinations;
  if (units.length > 0 && !units.includes(unit)) return unknownCode('unit', unit, units);
  if (codeOf(referralReasons, reason) === undefined) return unknownCode('reason', reason, Object.keys(referralReasons));
  if (codeOf(examinationKinds, kind) === undefined) return unknownCode('kind', kind, Object.keys(examinationKinds));
  if (msOf(dueAt) <= context.nowMs) return { code: 'invalid-request', detail: 'dueAt: must lie in the future' };
  if (alarm !== undefined && passageId !== undefined && alarm.passageId !== passageId) {
    return { code: 'invalid-request', detail: `passageId: alarm ${alarm.id} is of passage ${alarm.passageId}` };
  }
  return null;
}

function ownedBy({ originator, reference, tlp, release }: NonNullable<About['target']>): Examination['target'] {
  return { originator, reference, tlp, release };
}
