import { describe, expect, test } from 'vitest';
import { deskBench, examinationRequest, only, targetInput } from '../../../tests/support/desk-bench.ts';
import type { Command } from '../command.ts';
import { ResultInput } from '../examination.ts';
import { ExaminationState } from '../examination-summary.ts';
import { type ExaminationVerb, moves } from './examination-machine.ts';

const examiner = { by: 'eva', role: 'examiner' };
const targeting = { by: 'tu', role: 'targeting' };

/** How each state is reached. */
const ways: Readonly<Record<ExaminationState, readonly ExaminationVerb[]>> = {
  requested: [],
  accepted: ['accept'],
  started: ['accept', 'start'],
  resulted: ['accept', 'start', 'result'],
  delivered: ['accept', 'start', 'result', 'deliver'],
  cancelled: ['cancel'],
  missed: ['miss'],
};
/** Written out again, not read from the machine: what must be. */
const expected: Readonly<Record<ExaminationVerb, Partial<Record<ExaminationState, ExaminationState>>>> = {
  accept: { requested: 'accepted' },
  assign: { requested: 'requested', accepted: 'accepted', started: 'started' },
  start: { accepted: 'started' },
  result: { accepted: 'resulted', started: 'resulted' },
  deliver: { resulted: 'delivered' },
  cancel: { requested: 'cancelled', accepted: 'cancelled', started: 'cancelled' },
  miss: { requested: 'missed', accepted: 'missed' },
};

function commandFor(verb: Exclude<ExaminationVerb, 'miss'>, examinationId: string): Command {
  switch (verb) {
    case 'accept':
      return { type: 'accept-examination', examinationId };
    case 'assign':
      return { type: 'assign-examination', examinationId, assignee: 'otto' };
    case 'start':
      return { type: 'start-examination', examinationId, place: 'bay 2' };
    case 'result':
      return { type: 'result-examination', examinationId, result: ResultInput.parse({ code: 'norm' }) };
    case 'deliver':
      return { type: 'acknowledge-delivery', examinationId };
    case 'cancel':
      return { type: 'cancel-examination', examinationId, reason: 'sent by mistake' };
    default:
      return verb satisfies never;
  }
}

function examinationIn(state: ExaminationState) {
  const bench = deskBench();
  bench.tell({ type: 'put-target', target: targetInput() });
  const targetId = only(bench.targets()).id;
  bench.tell({ type: 'request-examination', request: examinationRequest({ targetId }) }, targeting);
  const { id } = only([...bench.state.examinations.values()]);
  const at = () => only([...bench.state.examinations.values()]);
  const say = (verb: ExaminationVerb) => {
    if (verb !== 'miss') return bench.tell(commandFor(verb, id), verb === 'deliver' ? targeting : examiner);
    // Time does it: an hour until it is due, half an hour of grace; one step a tick.
    bench.atS = 3_600 + 1_800;
    return [1, 2, 3].flatMap(() => bench.feed({ type: 'tick' }));
  };
  for (const verb of ways[state]) say(verb);
  return { bench, id, say, at };
}

describe('every verb in every state', () => {
  const table = (Object.keys(expected) as ExaminationVerb[]).flatMap((verb) =>
    ExaminationState.options.map((state) => ({ verb, state, next: expected[verb][state] })),
  );
  test.each(table)('$verb when $state: $next', ({ verb, state, next }) => {
    const { bench, id, say, at } = examinationIn(state);
    expect(at().state).toBe(state);
    const { version } = at();
    if (next !== undefined) {
      say(verb);
      expect(at()).toMatchObject({ id, state: next });
      expect(at().version).toBeGreaterThan(version);
    } else if (verb === 'miss') {
      say(verb);
      expect(at().state).toBe(state);
    } else {
      expect(bench.refusal(commandFor(verb, id), targeting)).toMatchObject({
        code: 'forbidden-transition',
        detail: expect.stringContaining(state),
        extra: { state, verb },
      });
    }
  });

  test('is what the machine says', () => {
    expect(moves).toEqual(expected);
  });
});

test('a stale version is refused, an unknown examination is not found', () => {
  const { bench, id, at } = examinationIn('requested');
  const stale = { ...commandFor('accept', id), ifVersion: at().version + 1 } as Command;
  expect(bench.refusal(stale).code).toBe('stale-version');
  expect(bench.refusal(commandFor('accept', 'nobody')).code).toBe('not-found');
});

test('each step says who and when, and the history tells it all', () => {
  const { at } = examinationIn('delivered');
  expect(at()).toMatchObject({
    requestedBy: 'tu',
    requested: { by: 'tu', role: 'targeting' },
    assignee: 'eva',
    accepted: { by: 'eva' },
    started: { by: 'eva', place: 'bay 2' },
    result: { code: 'norm', niem: 'NORM', examiner: 'eva', place: 'bay 2', by: 'eva' },
    delivered: { by: 'tu' },
    overdue: false,
  });
  expect(at().history.map(({ what, state, by, role }) => [what, state, by, role])).toEqual([
    ['request', 'requested', 'tu', 'targeting'],
    ['accept', 'accepted', 'eva', 'examiner'],
    ['start', 'started', 'eva', 'examiner'],
    ['result', 'resulted', 'eva', 'examiner'],
    ['deliver', 'delivered', 'tu', 'targeting'],
  ]);
});
