import { z } from 'zod';
import { LanewatchError } from '../../src/errors.ts';
import type { DriverDefinition } from '../../src/ports/driver.ts';
import { readLines } from '../transport/lines.ts';
import { genericIms } from './generic-ims.ts';
import { initialState, normalise } from './normalise.ts';

const profiles = { [genericIms.name]: genericIms } as const;

export const TraceOptions = z.strictObject({ profile: z.enum(['generic-ims']).default('generic-ims') });
export type TraceOptions = z.infer<typeof TraceOptions>;

/** Trace detectors that print a record per sample (sheet trace-record). */
export const traceRecord: DriverDefinition<TraceOptions> = {
  name: 'trace-record',
  title: 'Trace detector, text records',
  links: ['serial', 'tcp'],
  options: TraceOptions,
  silenceMs: ({ profile }) => profileOf(profile).silenceMs,
  run: async (context, signal) => {
    const { options, clock } = context;
    const { decode, maxLineBytes } = profileOf(options.profile);
    await using bytes = await context.wire.bytes(signal);
    context.online();
    let state = initialState;
    for await (const { frame, overlong } of readLines(bytes, { maxBytes: maxLineBytes, now: clock.now })) {
      // Units put an empty line between records.
      if (frame.bytes.length === 0) continue;
      const decoded = overlong
        ? ({ ok: false, code: 'line-too-long', reason: `no line end within ${maxLineBytes} bytes` } as const)
        : decode(frame.bytes);
      if (decoded.ok) {
        const next = normalise(state, decoded.record, frame.receivedAtMs);
        state = next.state;
        context.report(frame, next.observations);
      } else {
        context.refuse(frame, decoded.code, decoded.reason);
      }
    }
  },
};

function profileOf(name: string) {
  const profile = profiles[name];
  if (profile === undefined) throw new LanewatchError('configuration-fault', `there is no trace profile ${name}`);
  return profile;
}
