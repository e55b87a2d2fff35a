import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterFailure, brokerSchedule, webhookSchedule } from './retry-schedule.ts';

const hourMs = 3_600_000;
const fresh = { failed: 0, failingSinceMs: 0 };

describe('the schedule of webhooks', () => {
  it('is at once, then 5 s, 5 min, 30 min, 2, 5, 10, 14, 20, 24 h, then parked', () => {
    const waits: number[] = [];
    for (let failed = 0; ; failed += 1) {
      const next = afterFailure(webhookSchedule, { failed, failingSinceMs: 0 }, { nowMs: 1_000, random: 0 });
      if (next === 'park') break;
      expect(next.failed).toBe(failed + 1);
      waits.push(next.nextAtMs - 1_000);
    }
    expect(waits).toEqual([5_000, 300_000, 1_800_000, ...[2, 5, 10, 14, 20, 24].map((hours) => hours * hourMs)]);
  });

  it('is later by up to a tenth, never earlier', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 8 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (failed, random) => {
        const next = afterFailure(webhookSchedule, { failed, failingSinceMs: 0 }, { nowMs: 0, random });
        const delayMs = webhookSchedule.delaysMs[failed] ?? 0;
        if (next === 'park') throw new Error('parked');
        expect(next.nextAtMs).toBeGreaterThanOrEqual(delayMs);
        expect(next.nextAtMs).toBeLessThanOrEqual(delayMs * 1.1);
      }),
    );
  });

  it('waits as long as it is asked to, within bounds, and takes no step for it', () => {
    const next = (retryAfterMs: number) => afterFailure(webhookSchedule, fresh, { nowMs: 0, random: 0, retryAfterMs });
    expect(next(20_000)).toEqual({ failed: 0, nextAtMs: 20_000 });
    expect(next(0)).toEqual({ failed: 0, nextAtMs: 1_000 });
    expect(next(99 * hourMs)).toEqual({ failed: 0, nextAtMs: 24 * hourMs });
  });

  it('parks one who is busy for longer than the whole schedule takes', () => {
    const wholeMs = webhookSchedule.delaysMs.reduce((sum, delay) => sum + delay, 0);
    const next = (nowMs: number) => afterFailure(webhookSchedule, fresh, { nowMs, random: 0, retryAfterMs: 60_000 });
    expect(next(wholeMs - 1)).not.toBe('park');
    expect(next(wholeMs)).toBe('park');
  });
});

it('a broker is tried for ever, at most 45 s apart', () => {
  for (const failed of [0, 6, 7, 1_000]) {
    const next = afterFailure(brokerSchedule, { failed, failingSinceMs: 0 }, { nowMs: 0, random: 1 });
    expect(next).toMatchObject({ failed: failed + 1 });
    expect(next === 'park' ? 0 : next.nextAtMs).toBeLessThanOrEqual(45_000);
  }
});
