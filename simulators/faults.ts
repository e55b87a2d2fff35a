import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { Link } from '../src/domain/link.ts';

/** What can go wrong at any device and on any wire: every simulator knows these actions beside its own. */
export const Fault = z.discriminatedUnion('do', [
  /** The link is cut; it can be made again at once. */
  z.strictObject({ do: z.literal('drop') }),
  /** The next frame leaves with damaged bytes. */
  z.strictObject({ do: z.literal('garble') }),
  /** The next frame ends in its middle. */
  z.strictObject({ do: z.literal('cut') }),
  /** Nothing is said and nothing answered, on a link that stays; what would have left meanwhile is lost. */
  z.strictObject({ do: z.literal('freeze'), durationS: z.number().min(0).max(600) }),
  /** The last frame again, to the byte. */
  z.strictObject({ do: z.literal('repeat') }),
  /** From now on every frame leaves so much later, as it was; 0 ends it. */
  z.strictObject({ do: z.literal('late'), byS: z.number().min(0).max(60) }),
  /** The next two frames change places. */
  z.strictObject({ do: z.literal('out-of-order') }),
  /** The device counts from the beginning again. */
  z.strictObject({ do: z.literal('restart-counter') }),
]);
export type WireFault = Exclude<z.infer<typeof Fault>, { do: 'restart-counter' }>;

/** The device's side of a wire, with whatever can go wrong on it. */
export interface SimulatedWire extends AsyncDisposable {
  /** The link under which the driver reaches it, with the real port or path. */
  readonly link: Link;
  /** Plays one fault; resolves when it has been played out. */
  fault(fault: WireFault, signal: AbortSignal): Promise<void>;
}

type Put = (bytes: Uint8Array) => unknown;

/** Stands between a device and its wire: every frame passes, and suffers what has been played. */
export interface Faults extends Disposable {
  readonly fault: SimulatedWire['fault'];
  /** Resolves when the frame has left, is held back or is lost; rejects as `put` does. */
  pass(bytes: Uint8Array, put: Put): Promise<void>;
}

/** `damage`: what the other side cannot take for good; by default bytes that are no text, in the middle. */
export function createFaults(wire: {
  readonly drop: (signal: AbortSignal) => unknown;
  readonly damage?: (bytes: Uint8Array) => Uint8Array;
}): Faults {
  const { drop, damage = noText } = wire;
  const closing = new AbortController();
  let frozen = false;
  let lateMs = 0;
  let harm: ((bytes: Uint8Array) => Uint8Array) | null = null;
  let swapping = false;
  let held: (() => Promise<void>) | null = null;
  let last: (() => Promise<void>) | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  /** In the order in which they were given, each when it is due. */
  const leave = async (bytes: Uint8Array, put: Put): Promise<void> => {
    const dueMs = Date.now() + lateMs;
    const mine = turn.then(async () => {
      const ms = dueMs - Date.now();
      if (ms > 0) await wait(ms, undefined, { signal: closing.signal }).catch(() => undefined);
    });
    turn = mine;
    await mine;
    if (!closing.signal.aborted) await put(bytes);
  };

  return {
    pass: async (bytes, put) => {
      if (frozen) return;
      const sent = harm === null ? bytes : harm(bytes);
      harm = null;
      const go = () => leave(sent, put);
      if (swapping && held === null) {
        held = go;
        return;
      }
      const before = held;
      [swapping, held, last] = [false, null, before ?? go];
      await Promise.all([go(), before?.()]);
    },
    fault: async (fault, signal) => {
      switch (fault.do) {
        case 'drop':
          await drop(signal);
          return;
        case 'garble':
          harm = damage;
          return;
        case 'cut':
          harm = (bytes) => bytes.subarray(0, Math.floor(bytes.length / 2));
          return;
        case 'freeze':
          frozen = true;
          await wait(fault.durationS * 1000, undefined, { signal: AbortSignal.any([signal, closing.signal]) }).catch(
            () => undefined,
          );
          frozen = false;
          return;
        case 'repeat':
          if (last === null) throw new Error('there is no frame to repeat yet');
          if (!frozen) await last();
          return;
        case 'late':
          lateMs = fault.byS * 1000;
          return;
        case 'out-of-order':
          swapping = true;
          return;
        default:
          fault satisfies never;
      }
    },
    [Symbol.dispose]: () => closing.abort(),
  };
}

/** 0xFF stands in no ASCII, in no UTF-8, and breaks every checksum. */
function noText(bytes: Uint8Array): Uint8Array {
  const middle = Math.floor(bytes.length / 2);
  return Uint8Array.from(bytes).fill(0xff, middle, middle + 2);
}
