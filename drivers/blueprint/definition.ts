import { z } from 'zod';
import { Hazard } from '../../src/domain/words.ts';
import type { DriverDefinition } from '../../src/ports/driver.ts';
import { readLines } from '../transport/lines.ts';
import { decode } from './decode.ts';
import { normalise } from './normalise.ts';

const maxLineBytes = 128;

/** Options of one unit. `hazard`: what it looks for; its line says ALARM, and not of what. */
export const BlueprintOptions = z.strictObject({ hazard: Hazard.default('unknown') });
export type BlueprintOptions = z.infer<typeof BlueprintOptions>;

/** The driver to copy: an X-ray scanner that nobody makes, one line a scan. See docs/adding-a-driver.md. */
export const blueprint: DriverDefinition<BlueprintOptions> = {
  name: 'blueprint',
  title: 'The driver to copy (no device speaks it)',
  links: ['tcp', 'serial'],
  options: BlueprintOptions,
  // Three of its lines of every 5 s.
  silenceMs: () => 15_000,
  run: async (context, signal) => {
    const { clock, kept, options } = context;
    await using bytes = await context.wire.bytes(signal);
    context.online();
    for await (const { frame, overlong } of readLines(bytes, { maxBytes: maxLineBytes, now: clock.now })) {
      const decoded = decode(frame.bytes);
      if (overlong) context.refuse(frame, 'line-too-long', `no line end within ${maxLineBytes} bytes`);
      else if (!decoded.ok) context.refuse(frame, decoded.code, decoded.reason);
      else {
        const before = { number: kept.get('number') ?? null, atMs: kept.get('at') ?? 0 };
        const given = { receivedAtMs: frame.receivedAtMs, hazard: options.hazard };
        const { state, observations } = normalise(before, decoded.record, given);
        if (state.number !== null) kept.set('number', state.number).set('at', state.atMs);
        context.report(frame, observations);
      }
    }
  },
};
