import fc from 'fast-check';
import { expect, it } from 'vitest';
import { backOffMs } from './back-off.ts';
import { readLiveFrame } from './live-frame.ts';

it('reads each frame of the contract, and lets it grow', () => {
  const read = (frame: object) => readLiveFrame(JSON.stringify(frame));
  expect(read({ event: { id: 'e1' } })).toEqual({ kind: 'events', events: [{ id: 'e1' }] });
  expect(read({ events: [{ id: 'e1' }, { id: 'e2' }] })).toMatchObject({ events: [{ id: 'e1' }, { id: 'e2' }] });
  expect(read({ caughtUp: { sequence: '7' } })).toEqual({ kind: 'caught-up', sequence: '7' });
  expect(read({ readings: [] })).toEqual({ kind: 'readings', readings: [] });
  expect(read({ error: { code: 'behind', detail: 'slow' } })).toMatchObject({ kind: 'error', code: 'behind' });
  expect(read({ news: 1 })).toEqual({ kind: 'other' });
});

it('waits between half a second and ten, however often it failed', () => {
  fc.assert(
    fc.property(fc.nat(5_000), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, chance) => {
      const ms = backOffMs(attempt, () => chance);
      expect(ms).toBeGreaterThanOrEqual(500);
      expect(ms).toBeLessThanOrEqual(10_000);
    }),
  );
  expect(backOffMs(0, () => 1)).toBe(1_000);
  expect(backOffMs(9, () => 1)).toBe(10_000);
});
