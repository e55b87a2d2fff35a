import type { Actor, Command } from '../command.ts';
import { isoTime } from '../iso-time.ts';
import { type Unmasking, unmaskingLastsMs } from '../unmasking.ts';
import { type Decision, type DeskContext, refuse } from './decision.ts';
import type { DeskState } from './state.ts';

type Ask = Extract<Command, { type: 'ask-unmasking' }>;
type Decide = Extract<Command, { type: 'decide-unmasking' }>;

/** What waits or was decided lately; the journal has all. */
const keepMs = 24 * 3_600_000;
const mostAsked = 1_000;

export function askUnmasking(state: DeskState, context: DeskContext, { asked }: Ask, { by }: Actor): Decision {
  if (state.unmaskings.size >= mostAsked) {
    return refuse({ code: 'forbidden-transition', detail: `${mostAsked} unmaskings wait already: decide those first` });
  }
  return recorded({
    ...asked,
    id: context.newId(),
    sequence: '',
    version: 1,
    state: 'asked',
    askedBy: by,
    askedAt: context.at,
    decidedBy: null,
    decidedAt: null,
    endsAt: null,
  });
}

/** Another person than who asked agrees, or does not. */
export function decideUnmasking(state: DeskState, context: DeskContext, command: Decide, { by }: Actor): Decision {
  const { unmaskingId, approve } = command;
  const former = state.unmaskings.get(unmaskingId);
  if (former === undefined) return refuse({ code: 'not-found', detail: `there is no unmasking ${unmaskingId}` });
  const extra = { state: former.state };
  if (former.state !== 'asked') {
    return refuse({
      code: 'forbidden-transition',
      detail: `unmasking ${unmaskingId} is ${former.state} already`,
      extra,
    });
  }
  if (former.askedBy === by) {
    return refuse({ code: 'forbidden-transition', detail: `another person than ${by} must decide`, extra });
  }
  return recorded({
    ...former,
    version: former.version + 1,
    state: approve ? 'approved' : 'refused',
    decidedBy: by,
    decidedAt: context.at,
    endsAt: approve ? isoTime(context.nowMs + unmaskingLastsMs) : null,
  });
}

function recorded(data: Unmasking): Decision {
  return { drafts: [{ type: 'lanewatch.unmasking.changed', data, subject: `unmaskings/${data.id}` }] };
}

/** Keeps it, and lets go of those that have long been decided. */
export function putUnmasking(state: DeskState, unmasking: Unmasking, recordedAt: string): void {
  state.unmaskings.set(unmasking.id, unmasking);
  const before = Date.parse(recordedAt) - keepMs;
  for (const { id, askedAt } of state.unmaskings.values()) {
    if (Date.parse(askedAt) < before) state.unmaskings.delete(id);
  }
}

/** What `by` may see whole now. */
export function unmaskedFor(state: DeskState, by: string, nowMs: number): readonly string[] {
  return [...state.unmaskings.values()]
    .filter(({ askedBy, endsAt }) => askedBy === by && endsAt !== null && nowMs < Date.parse(endsAt))
    .map(({ subject }) => subject);
}
