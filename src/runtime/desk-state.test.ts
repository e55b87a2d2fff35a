import { expect, test } from 'vitest';
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
