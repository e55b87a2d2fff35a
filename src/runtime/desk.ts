import type { Actor, Command, CommandResult } from '../domain/command.ts';
import { apply } from '../domain/desk/apply.ts';
import { decide } from '../domain/desk/decide.ts';
import { contextAt, type DeskInput, type DeskSettings } from '../domain/desk/decision.ts';
import { numbered } from '../domain/desk/numbering.ts';
import { type DeskState, keyOf } from '../domain/desk/state.ts';
import type { DomainEvent } from '../domain/event.ts';
import type { Target } from '../domain/target.ts';
import { LanewatchError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { CommandPort, Idempotency } from '../ports/desk.ts';
import type { Journal, Records } from '../ports/journal.ts';
import type { Snapshots } from '../ports/snapshots.ts';
import { borrow, isBorrowed } from './borrow.ts';
import type { Committer } from './committer.ts';
import { startingState } from './desk-state.ts';

/** Closed passages stay at hand this much longer than a new target, or a missed examination, may look back. */
const keepBeyondMs = 600_000;
/** A command waits this long for the journal before it is told so. */
const commandDeadlineMs = 10_000;

export interface DeskParts {
  readonly journal: Journal;
  readonly snapshots: Pick<Snapshots, 'load'>;
  readonly records: Records;
  readonly committer: Committer;
  readonly clock: Clock;
  readonly context: DeskSettings;
}

/** The only holder of live operational state: decides, applies, hands on to the committer, in that order. */
export interface Desk extends CommandPort {
  /** Takes in what is not a command. Throws `journal-unavailable` when it cannot be kept. */
  take(input: Exclude<DeskInput, { type: 'command' }>): void;
  readonly state: DeskState;
}

/** Opens the desk with the state in which the journal left it. */
export function openDesk({ journal, snapshots, records, committer, clock, context }: DeskParts): Desk {
  const lookBackMs = Math.max(context.matching.retroactiveS * 1000, context.examinations.missedAfterS * 1000);
  const state = startingState(journal, snapshots, lookBackMs + keepBeyondMs);

  const settle = (input: DeskInput): readonly DomainEvent[] => {
    const now = contextAt(context, clock.now());
    const decision = decide(state, input, now);
    if (decision.refusal !== undefined) {
      const { code, detail, extra } = decision.refusal;
      throw new LanewatchError(code, detail, extra === undefined ? {} : { extra });
    }
    return numbered(decision.drafts, state.sequence, now);
  };
  const keep = (events: readonly DomainEvent[]): void => {
    for (const event of events) apply(state, event);
  };
  const carryOut = <C extends Command>(command: C, actor: Actor, idempotency?: Idempotency): CommandResult<C> => {
    using _borrowed = borrow(state, records, command);
    const events = settle({ type: 'command', command, actor });
    const result = resultOf(state, command, events);
    const receiptFor = (asked: Idempotency) => {
      return { ...asked, status: result.created ? 201 : 200, body: JSON.stringify(result.resource) };
    };
    committer.add(events, idempotency === undefined ? [] : [receiptFor(idempotency)]);
    keep(events);
    return result as CommandResult<C>;
  };

  const carriedOutOrRefused = <C extends Command>(command: C, actor: Actor): CommandResult<C> | Error => {
    try {
      return carryOut(command, actor);
    } catch (error) {
      if (!(error instanceof LanewatchError) || error.status >= 500) throw error;
      return error;
    }
  };

  return {
    state,
    take: (input) => {
      const events = settle(input);
      if (events.length === 0) return;
      committer.add(events, []);
      keep(events);
    },
    command: async (command, actor, idempotency) => {
      refuseWithout(committer);
      // What the live state has let go of is read from the records, which do not have what is being written yet.
      while (isBorrowed(state, command) && !committer.settled()) await durableWithin(committer, clock);
      const result = carryOut(command, actor, idempotency);
      await durableWithin(committer, clock);
      return result;
    },
    commands: async <C extends Command>(commands: readonly C[], actor: Actor) => {
      refuseWithout(committer);
      const results = records.atOnce(() => commands.map((command) => carriedOutOrRefused(command, actor)));
      await durableWithin(committer, clock);
      return results;
    },
    answered: async (idempotency, status, body) => {
      committer.add([], [{ ...idempotency, status, body }]);
      await durableWithin(committer, clock);
    },
  };
}

/** The resource a command is about, as its events leave it. */
function resultOf(state: DeskState, command: Command, events: readonly DomainEvent[]) {
  const event = events.find((candidate) => isAbout(candidate, command));
  const resource = event?.data ?? unchangedTarget(state, command);
  if (resource === undefined) throw new LanewatchError('internal', `${command.type} left no resource`);
  return { resource, created: event !== undefined && isNew(event) };
}

function isNew(event: DomainEvent): boolean {
  if (event.type === 'lanewatch.subscription.changed') return event.data.change === 'created';
  if (event.type === 'lanewatch.unmasking.changed') return event.data.version === 1;
  return event.type === 'lanewatch.target.added' || event.type === 'lanewatch.examination.requested';
}

/** Only a command about a target may change nothing: sent again as it was, or withdrawn already. */
function unchangedTarget(state: DeskState, command: Command): Target | undefined {
  if (command.type === 'withdraw-target') return state.targets.get(command.targetId);
  if (command.type !== 'put-target') return undefined;
  const { originator, reference } = command.target;
  return state.targets.get(state.targetRefs.get(keyOf(originator, reference)) ?? '');
}

function isAbout(event: DomainEvent, command: Command): boolean {
  if ('alarmId' in command) return event.subject === `alarms/${command.alarmId}`;
  if (command.type === 'set-service') return event.subject === `${command.scope}s/${command.id}`;
  if (command.type === 'change-subscription') return event.subject === `subscriptions/${command.subscriptionId}`;
  if (command.type === 'put-subscription') return event.subject.startsWith('subscriptions/');
  if (command.type === 'decide-unmasking') return event.subject === `unmaskings/${command.unmaskingId}`;
  if (command.type === 'ask-unmasking') return event.subject.startsWith('unmaskings/');
  if (command.type === 'judge-match') return event.subject === `matches/${command.matchId}`;
  if ('examinationId' in command) return event.subject === `examinations/${command.examinationId}`;
  if (command.type === 'request-examination') return event.subject.startsWith('examinations/');
  return event.subject.startsWith('targets/');
}

function refuseWithout(committer: Committer): void {
  const failure = committer.failure();
  if (failure !== null) throw new LanewatchError('journal-unavailable', failure);
}

async function durableWithin(committer: Committer, clock: Clock): Promise<void> {
  const waiting = new AbortController();
  const late = clock.sleep(commandDeadlineMs, waiting.signal).then(
    () => true,
    () => false,
  );
  const durable = committer.durable().then(() => false);
  try {
    if (await Promise.race([durable, late])) {
      const detail = 'not durable yet: ask again, with the same Idempotency-Key';
      throw new LanewatchError('journal-unavailable', detail, { extra: { pending: true } });
    }
  } finally {
    waiting.abort();
    durable.catch(() => undefined);
  }
}
