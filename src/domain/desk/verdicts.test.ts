import { describe, expect, test } from 'vitest';
import {
  type DeskBench,
  deskBench,
  gamma,
  identity,
  keepMs,
  only,
  read,
  targetInput,
  typesOf,
} from '../../../tests/support/desk-bench.ts';
import { restartedState } from '../../../tests/support/restarted-desk.ts';
import type { Verdict } from '../match.ts';

const pass = (bench: DeskBench, id: string, plate = 'AB123C') =>
  bench.see('vehicle', 'anpr', identity(id, [read('plate', plate)], bench.nowMs()));
const leave = (bench: DeskBench) => {
  bench.atS += 120;
  bench.feed({ type: 'tick' });
};
const put = (bench: DeskBench, change: Parameters<typeof targetInput>[0] = {}) =>
  bench.tell({
    type: 'put-target',
    target: targetInput({ kind: 'vehicle', identifiers: [{ kind: 'plate', value: 'AB123C' }], ...change }),
  });
const judge = (bench: DeskBench, verdict: Verdict) =>
  bench.tell({ type: 'judge-match', matchId: [...bench.state.matches.keys()].at(-1) ?? '', verdict });
const proposed = (events: Parameters<typeof typesOf>[0]) => typesOf(events).includes('match.proposed');

describe('a verdict', () => {
  test.each([
    ['rejected', false],
    ['unsure', true],
    ['confirmed', true],
  ] as const)('%s: proposed again in the next passage: %s', (verdict, again) => {
    const bench = deskBench();
    put(bench);
    pass(bench, 'r1');
    judge(bench, verdict);
    leave(bench);
    expect(proposed(pass(bench, 'r2'))).toBe(again);
  });

  test('rejected holds for these identifiers only, and until the target changes', () => {
    const bench = deskBench();
    put(bench);
    pass(bench, 'r1');
    judge(bench, 'rejected');
    leave(bench);
    expect(proposed(pass(bench, 'r2', 'A8123C')), 'another plate').toBe(true);
    leave(bench);
    expect(proposed(pass(bench, 'r3'))).toBe(false);
    leave(bench);
    expect(put(bench)).toEqual([]);
    expect(proposed(pass(bench, 'r4')), 'sent again, the same').toBe(false);
    expect(proposed(put(bench, { risk: 'critical' })), 'changed').toBe(true);
    expect(bench.passages().map(({ matches }) => matches.map(({ verdict }) => verdict))).toEqual([
      [null],
      [null],
      [null],
      [null],
    ]);
    expect(bench.passages()[0]?.matches[0]).toMatchObject({ version: 3, target: { risk: 'critical' } });
  });

  test('is remembered over a restart long after its passage', async () => {
    const bench = deskBench();
    put(bench);
    put(bench, { reference: 'FT-2' });
    pass(bench, 'r1');
    const [first, second] = bench.state.matches.keys();
    bench.tell({ type: 'judge-match', matchId: first ?? '', verdict: 'rejected' });
    bench.tell({ type: 'judge-match', matchId: second ?? '', verdict: 'rejected' });
    bench.tell({ type: 'judge-match', matchId: second ?? '', verdict: 'unsure' });
    leave(bench);
    bench.atS += 4_000;
    pass(bench, 'r2', 'XY999Z');
    expect(bench.state.matches.size).toBe(0);
    const { rejections, matches } = await restartedState(bench.events, bench.events.length - 3, keepMs);
    expect({ rejections, matches }).toEqual({ rejections: bench.state.rejections, matches: new Map() });
    expect(rejections.size).toBe(1);
  });

  test('rejected is taken back by another verdict', () => {
    const bench = deskBench();
    put(bench);
    pass(bench, 'r1');
    judge(bench, 'rejected');
    judge(bench, 'unsure');
    leave(bench);
    expect(proposed(pass(bench, 'r2'))).toBe(true);
  });

  test('rejected on a name does not clear another document with that name', () => {
    const bench = deskBench();
    put(bench, { kind: 'passenger', name: 'Jon Doe', birthDate: '1980-01-01', identifiers: [] });
    const show = (id: string, value: string) => {
      const holder = { name: 'JON DOE', birthDate: '1980-01-01' };
      return bench.see(
        'pedestrian',
        'reader',
        identity(id, [read('travel-document', value, { holder })], bench.nowMs()),
      );
    };
    show('r1', 'A1234567');
    judge(bench, 'rejected');
    leave(bench);
    expect(proposed(show('r2', 'A1234567'))).toBe(false);
    leave(bench);
    expect(proposed(show('r3', 'B7654321'))).toBe(true);
  });

  test('rejected on a likeness asks again when an equal identifier is read', () => {
    const bench = deskBench();
    put(bench);
    pass(bench, 'r1', 'A8123C');
    judge(bench, 'rejected');
    pass(bench, 'r2');
    expect(only(only(bench.passages()).matches)).toMatchObject({ method: 'probable', verdict: null });
  });
});

describe('an interdiction', () => {
  const noticed = (bench: DeskBench) => bench.events.filter(({ type }) => type === 'lanewatch.interdiction.noticed');

  test('is noticed at once and once, with what an officer needs', () => {
    const bench = deskBench();
    put(bench);
    expect(typesOf(pass(bench, 'r1'))).toEqual(['passage.opened', 'match.proposed', 'interdiction.noticed']);
    expect(typesOf(pass(bench, 'r2'))).toEqual(['passage.identified', 'match.proposed']);
    const passage = only(bench.passages());
    expect(only(noticed(bench)).data).toMatchObject({
      matchId: only(passage.matches).id,
      laneId: 'vehicle',
      passageId: passage.id,
      requestedAction: 'examine',
      match: { method: 'probable', target: { reference: 'FT-1', tlp: 'amber' } },
      identities: [{ value: 'AB123C' }],
      present: true,
    });
    expect(only(passage.matches).noticedAt).toBe('2026-11-23T09:00:00.000Z');
  });

  test('is not noticed where a sensor has alarmed, where the target is let run, or of a candidate', () => {
    const alarmed = deskBench();
    put(alarmed);
    alarmed.see('vehicle', 'rpm', { type: 'occupancy-opened', complete: true, observedAtMs: alarmed.nowMs() });
    alarmed.see('vehicle', 'rpm', gamma(alarmed.nowMs(), 1));
    pass(alarmed, 'r1');
    const letRun = deskBench();
    put(letRun, { requestedAction: 'observe' });
    pass(letRun, 'r1');
    const candidate = deskBench();
    put(candidate);
    pass(candidate, 'r1', 'A8123C');
    for (const bench of [alarmed, letRun, candidate]) {
      expect(only(only(bench.passages()).matches).noticedAt).toBeNull();
      expect(noticed(bench)).toEqual([]);
    }
  });

  test('is noticed of a candidate once a person has confirmed it', () => {
    const bench = deskBench();
    put(bench);
    pass(bench, 'r1', 'A8123C');
    expect(typesOf(judge(bench, 'confirmed'))).toEqual(['passage.updated', 'match.judged', 'interdiction.noticed']);
    judge(bench, 'confirmed');
    expect(noticed(bench)).toHaveLength(1);
  });

  test('of a subject that has left says that it has', () => {
    const bench = deskBench();
    pass(bench, 'r1');
    leave(bench);
    expect(typesOf(put(bench))).toEqual(['target.added', 'passage.updated', 'match.proposed', 'interdiction.noticed']);
    expect(only(noticed(bench)).data).toMatchObject({ present: false });
  });
});
