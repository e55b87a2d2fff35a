import type { DriverContext, Frame } from '../../src/ports/driver.ts';
import { type Line, readLineBatches } from '../transport/lines.ts';
import { type Decoded, decode } from './decode.ts';
import { abandon, initialState, normalise, type TsaState } from './normalise.ts';
import type { TsaOptions } from './options.ts';
import { timesOf } from './sample-times.ts';

export const maxLineBytes = 256;

/** The portal's stream, live: lines that arrive together are a burst, their times are rebuilt. */
export async function readStream(context: DriverContext<TsaOptions>, signal: AbortSignal): Promise<void> {
  const { options, clock, kept } = context;
  await using bytes = await context.wire.bytes(signal);
  context.online();
  let state = recalled(kept);
  let last: Frame = { bytes: new Uint8Array(), receivedAtMs: clock.now() };
  let lastMs = Number.NEGATIVE_INFINITY;
  try {
    for await (const batch of readLineBatches(bytes, { maxBytes: maxLineBytes, now: clock.now })) {
      const lines = batch.filter(({ frame }) => frame.bytes.length > 0);
      const decoded = lines.map(decodeLine);
      const receivedAtMs = lines[0]?.frame.receivedAtMs ?? 0;
      // A clock that was set back must not hold the times up.
      const times = timesOf(decoded, receivedAtMs, Math.min(lastMs, receivedAtMs));
      for (const [at, { frame }] of lines.entries()) {
        const line = decoded[at];
        if (line === undefined) continue;
        if (line.ok) {
          lastMs = times[at] ?? frame.receivedAtMs;
          const next = normalise(state, line.record, lastMs, options);
          state = next.state;
          last = frame;
          context.report(frame, next.observations);
        } else if ('unknownTag' in line) context.ignore(frame, line.unknownTag);
        else context.refuse(frame, line.code, line.reason);
      }
    }
  } finally {
    remember(kept, state);
    // Lost, silent or stopped: what was open ends here, with its profile.
    const left = abandon(state, clock.now(), options);
    if (left.length > 0) context.report(last, left);
  }
}

export function decodeLine({ frame, overlong }: Line): Decoded {
  if (!overlong) return decode(frame.bytes);
  return { ok: false, code: 'line-too-long', reason: `no line end within ${maxLineBytes} bytes` };
}

/** The counter and n-sigma of before the link was lost: what has passed meanwhile was missed. */
function recalled(kept: ReadonlyMap<string, number>): TsaState {
  const counter = kept.get('occupancies') ?? null;
  return { ...initialState, counter, unended: kept.get('unended') ?? 0, nSigma: kept.get('n-sigma') ?? null };
}

function remember(kept: Map<string, number>, { counter, unended, nSigma, occupancy }: TsaState): void {
  if (counter !== null) kept.set('occupancies', counter);
  if (nSigma !== null) kept.set('n-sigma', nSigma);
  // The one that the lost link ended was seen, though its GX will not come.
  kept.set('unended', unended + (occupancy === null ? 0 : 1));
}
