import type { DriverDefinition, Frame } from '../../src/ports/driver.ts';
import { readLines } from '../transport/lines.ts';
import { decode } from './decode.ts';
import { abandon, initialState, normalise } from './normalise.ts';
import { TsaOptions } from './options.ts';

const maxLineBytes = 256;

/** TSA / Rapiscan portals, ASCII stream (sheet tsa-rpm). */
export const tsaRpm: DriverDefinition<TsaOptions> = {
  name: 'tsa-rpm',
  title: 'TSA / Rapiscan portal monitor, ASCII stream',
  links: ['tcp', 'serial'],
  options: TsaOptions,
  // Backgrounds come every 5 s.
  silenceMs: () => 12_000,
  run: async (context, signal) => {
    const { options, clock } = context;
    await using bytes = await context.wire.bytes(signal);
    context.online();
    let state = initialState;
    let last: Frame = { bytes: new Uint8Array(), receivedAtMs: clock.now() };
    try {
      for await (const { frame, overlong } of readLines(bytes, { maxBytes: maxLineBytes, now: clock.now })) {
        if (frame.bytes.length === 0) continue;
        const decoded = overlong
          ? ({ ok: false, code: 'line-too-long', reason: `no line end within ${maxLineBytes} bytes` } as const)
          : decode(frame.bytes);
        if (decoded.ok) {
          const next = normalise(state, decoded.record, frame.receivedAtMs, options);
          state = next.state;
          last = frame;
          context.report(frame, next.observations);
        } else if ('unknownTag' in decoded) {
          context.ignore(frame, decoded.unknownTag);
        } else {
          context.refuse(frame, decoded.code, decoded.reason);
        }
      }
    } finally {
      // Lost, silent or stopped: what was open ends here, with its profile.
      const left = abandon(state, clock.now(), options);
      if (left.length > 0) context.report(last, left);
    }
  },
};
