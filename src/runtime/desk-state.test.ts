import { expect, test } from 'vitest';
import { deskBench, identity, keepMs, read, targetInput } from '../../tests/support/desk-bench.ts';
import { restartedState } from '../../tests/support/restarted-desk.ts';
import { emptyState } from '../domain/desk/state.ts';
import type { EventListener } from '../ports/feed.ts';
import { keepSnapshots } from './desk-state.ts';

/** A desk's life with so much in the journal, and the newest snapshot on disk at `newest`. */
function life(sequence: number, newest: number) {
  const state = emptyState(0);
  state.sequence = sequence;
  const taken: number[] = [];
  const ends: (() => void)[] = [];
  const save = (kept: { readonly sequence: number }) => {
    taken.push(kept.sequence);
    return new Promise<void>((resolve) => ends.push(resolve));
  };
  const listeners: EventListener[] = [];
  const events = {
    subscribe: (listener: EventListener) => {
      listeners.push(listener);
      return { [Symbol.dispose]: () => undefined };
    },
  };
  const journal = { hashOf: () => '' };
  const keeping = keepSnapshots(
    state,
    journal,
    { save, newest: () => newest },
    { events, durable: async () => undefined },
  );
  const grow = (to: number) => {
    state.sequence = to;
    for (const listener of listeners) listener([]);
  };
  return { taken, ends, keeping, grow };
}

test('snapshots are written one after the other; what came meanwhile is in the last one', async () => {
  const { taken, ends, keeping, grow } = life(100_000, 0);
  grow(300_000);
  const stopped = keeping[Symbol.asyncDispose]();
  expect(taken, 'the first is still being written').toEqual([100_000]);
  ends[0]?.();
  await expect.poll(() => taken).toEqual([100_000, 300_000]);
  ends[1]?.();
  await stopped;
});

test('a start writes none where the one it began from is new enough, however often it is killed before the next', () => {
  const first = life(30_000, 0);
  first.grow(60_000);
  const second = life(60_000, 0);
  second.grow(99_999);
  expect([first.taken, second.taken]).toEqual([[], []]);
  second.grow(100_000);
  expect(second.taken, 'so much is replayed at most').toEqual([100_000]);
  expect(life(100_100, 100_000).taken).toEqual([]);
  expect(life(200_000, 100_000).taken).toEqual([200_000]);
});

test('a stop writes none where nothing has come since the one it began from', async () => {
  const { taken, keeping } = life(500, 500);
  await keeping[Symbol.asyncDispose]();
  expect(taken).toEqual([]);
});

test('a snapshot of what is not durable yet waits for it, and is not written where that never comes', async () => {
  const state = emptyState(0);
  const written: string[] = [];
  const save = async (_kept: unknown, hash: string | Promise<string>) => {
    await Promise.resolve(hash).then(
      (known) => written.push(known),
      () => written.push('none'),
    );
  };
  const commits = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let asked = 0;
  const durable = () => commits[asked++]?.promise ?? Promise.resolve();
  const events = { subscribe: () => ({ [Symbol.dispose]: () => undefined }) };
  state.sequence = 100_000;
  const keeping = keepSnapshots(
    state,
    { hashOf: (sequence) => `hash of ${sequence}` },
    { save, newest: () => 0 },
    { events, durable },
  );
  state.sequence = 100_001;
  const stopped = keeping[Symbol.asyncDispose]();
  await new Promise((resolve) => setImmediate(resolve));
  expect(written).toEqual([]);
  commits[0]?.resolve();
  await expect.poll(() => written).toEqual(['hash of 100000']);
  commits[1]?.reject(new Error('stopped while the journal could not be written'));
  await stopped;
  expect(written).toEqual(['hash of 100000', 'none']);
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
