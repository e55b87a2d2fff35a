import { expect, test } from 'vitest';
import { deskBench, identity, keepMs, read, targetInput } from '../../tests/support/desk-bench.ts';
import { restartedState } from '../../tests/support/restarted-desk.ts';
import { emptyState } from '../domain/desk/state.ts';
import type { EventListener } from '../ports/feed.ts';
import { keepSnapshots } from './desk-state.ts';

test('snapshots are written one after the other; what came meanwhile is in the last one', async () => {
  const state = emptyState(0);
  const taken: number[] = [];
  const ends: (() => void)[] = [];
  const save = ({ sequence }: { readonly sequence: number }) => {
    taken.push(sequence);
    return new Promise<void>((resolve) => ends.push(resolve));
  };
  const listeners: EventListener[] = [];
  const events = {
    subscribe: (listener: EventListener) => {
      listeners.push(listener);
      return { [Symbol.dispose]: () => undefined };
    },
  };
  state.sequence = 1;
  const journal = { head: () => ({ sequence: state.sequence, sha256: '' }) };
  const keeping = keepSnapshots(state, journal, { save }, events);
  state.sequence = 200_001;
  for (const listener of listeners) listener([]);
  const stopped = keeping[Symbol.asyncDispose]();
  expect(taken, 'the first is still being written').toEqual([1]);
  ends[0]?.();
  await expect.poll(() => taken).toEqual([1, 200_001]);
  ends[1]?.();
  await stopped;
});

test('targets that were rejected, ended, came back and were let go of are the same after a start from any moment', async () => {
  const bench = deskBench();
  const put = (reference: string) => bench.tell({ type: 'put-target', target: targetInput({ reference }) });
  const withdraw = (reference: string) => {
    const target = bench.targets().find((one) => one.reference === reference);
    bench.tell({ type: 'withdraw-target', targetId: target?.id ?? '' });
  };
  for (const reference of ['back', 'ended', 'gone']) put(reference);
  bench.see('container', 'ocr', identity('r1', [read('container', 'CSQU3054383')], bench.nowMs()));
  for (const matchId of bench.state.matches.keys()) bench.tell({ type: 'judge-match', matchId, verdict: 'rejected' });
  expect(bench.state.rejections.size).toBe(3);
  withdraw('back');
  withdraw('gone');
  put('back');
  bench.atS += keepMs / 1000;
  withdraw('ended');
  expect(bench.targets().map(({ reference, state }) => `${reference} ${state}`)).toEqual([
    'back active',
    'ended withdrawn',
  ]);
  for (const cut of bench.events.keys()) {
    expect(await restartedState(bench.events, cut, keepMs), `snapshot after ${cut}`).toEqual(bench.state);
  }
  expect(await restartedState(bench.events, bench.events.length, keepMs)).toEqual(bench.state);
});
