import { z } from 'zod';
import type { DriverDefinition } from '../../src/ports/driver.ts';
import { decode } from './decode.ts';
import { readRecords } from './framing.ts';
import { normalise, type TraceState } from './normalise.ts';
import { TraceProfile } from './profile.ts';

/** Options of one unit: which model it is. */
export const TraceOptions = z.strictObject({ profile: z.string().default('generic-ims') });
export type TraceOptions = z.infer<typeof TraceOptions>;

/** Trace detectors that print a record per sample (sheet trace-record). */
export const traceRecord: DriverDefinition<TraceOptions, TraceProfile> = {
  name: 'trace-record',
  title: 'Trace detector, text records',
  links: ['serial', 'tcp'],
  options: TraceOptions,
  profile: TraceProfile,
  silenceMs: (_options, { silenceS }) => (silenceS === null ? null : silenceS * 1000),
  run: async (context, signal) => {
    const { profile, clock, kept, device } = context;
    await using bytes = await context.wire.bytes(signal);
    context.online();
    for await (const { frame, fault } of readRecords(bytes, profile, clock.now)) {
      const decoded = fault === null ? decode(frame.bytes, profile, device.timeZone) : { ok: false as const, ...fault };
      if (decoded.ok) {
        const { serial } = decoded.record;
        const before: TraceState = { number: kept.get(serial) ?? null, atMs: kept.get(`${serial} at`) ?? 0 };
        const { state, observations } = normalise(before, decoded.record, frame.receivedAtMs);
        remember(kept, serial, state);
        context.report(frame, observations);
      } else {
        context.refuse(frame, decoded.code, decoded.reason);
      }
    }
  },
};

/** Of the unit that is there now: whatever serial numbers the line brings, one is kept. */
function remember(kept: Map<string, number>, serial: string, { number, atMs }: TraceState): void {
  if (number === null) return;
  if (!kept.has(serial)) kept.clear();
  kept.set(serial, number).set(`${serial} at`, atMs);
}
