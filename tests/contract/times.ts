import { expect } from 'vitest';
import type { DriverDefinition } from '../../src/ports/driver.ts';
import type { DriverBench } from '../support/driver-bench.ts';

const isoTime = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** What an output has written is of when it was written, within one round of its signals. */
const roundMs = 1_000;

/**
 * Every value has the time that stands in its own frame, or, where none stands there, the time that frame came in: never that of
 * another frame, and never a fresh one for an old value. An occupancy that the lost link ends, ends then.
 */
export function expectOwnTimes({ role }: DriverDefinition, reports: DriverBench['reports']): void {
  for (const { frame, observations } of reports) {
    const text = Buffer.from(frame.bytes).toString('latin1');
    const own = (text.match(isoTime) ?? []).map((time) => Date.parse(time));
    const known = own.length > 0 ? own : [frame.receivedAtMs];
    for (const one of observations) {
      const { type, observedAtMs } = one;
      const cutOff = type === 'occupancy-closed' && one.reason === 'link-lost';
      const written = role === 'output' && observedAtMs >= frame.receivedAtMs - roundMs;
      if (cutOff) expect(observedAtMs).toBeGreaterThanOrEqual(frame.receivedAtMs);
      else if (written) expect(observedAtMs).toBeLessThanOrEqual(frame.receivedAtMs);
      else expect(known, `the time of ${type} in ${text.slice(0, 100)}`).toContain(observedAtMs);
    }
  }
}
