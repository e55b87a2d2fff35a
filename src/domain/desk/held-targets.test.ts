import { expect, test } from 'vitest';
import { type DeskBench, deskBench, keepMs, targetInput } from '../../../tests/support/desk-bench.ts';

const keepS = keepMs / 1000;
const put = (bench: DeskBench, reference: string, change: Parameters<typeof targetInput>[0] = {}) => {
  const [event] = bench.tell({ type: 'put-target', target: targetInput({ reference, ...change }) });
  return event?.subject.replace('targets/', '') ?? '';
};
const held = (bench: DeskBench) => bench.targets().map(({ reference }) => reference);

test('what is withdrawn or expired is held for a while, then nothing of it is left', () => {
  const bench = deskBench();
  bench.tell({ type: 'withdraw-target', targetId: put(bench, 'withdrawn') });
  put(bench, 'expiring', { validUntil: new Date(bench.nowMs() + 60_000).toISOString() });
  bench.atS += 60;
  bench.feed({ type: 'tick' });
  bench.atS += keepS - 61;
  put(bench, 'fresh');
  expect(held(bench)).toEqual(['withdrawn', 'expiring', 'fresh']);
  bench.atS += 61;
  put(bench, 'fresher');
  expect(held(bench)).toEqual(['fresh', 'fresher']);
  expect(bench.state.targetRefs.size).toBe(2);
  expect(bench.state.endedTargets.size).toBe(0);
  expect(bench.state.targetTimes.due.size).toBe(0);
});

test('one that came back in between is held', () => {
  const bench = deskBench();
  bench.tell({ type: 'withdraw-target', targetId: put(bench, 'back') });
  put(bench, 'back');
  bench.atS += 2 * keepS;
  put(bench, 'other');
  expect(held(bench)).toEqual(['back', 'other']);
});

test('a clock that was set back by a year does not keep them', () => {
  const bench = deskBench();
  bench.tell({ type: 'withdraw-target', targetId: put(bench, 'withdrawn') });
  bench.atS -= 365 * 86_400;
  put(bench, 'other');
  expect(held(bench)).toEqual(['other']);
});

test('a list that expired together leaves bit by bit, with every event more than it can bring', () => {
  const bench = deskBench();
  for (let n = 0; n < 250; n += 1) bench.tell({ type: 'withdraw-target', targetId: put(bench, `T-${n}`) });
  bench.atS += keepS;
  const sizes = ['a', 'b', 'c'].map((reference) => {
    put(bench, reference);
    return bench.state.targets.size;
  });
  expect(sizes).toEqual([151, 52, 3]);
});
