import { setTimeout as wait } from 'node:timers/promises';
import { catalogue, type ErrorCode, LanewatchError } from '../../errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { BusMessage } from '../../ports/message-bus.ts';
import type { ModbusAnswer, Wire } from '../../ports/wire.ts';
import type { Recording, RecordingEntry } from './format.ts';

/** A recording as a wire, with the clock of its time. */
export interface ReplayedWire {
  readonly wire: Wire;
  readonly clock: Clock;
  /** Is anything left to be played? */
  more(): boolean;
}

/**
 * Plays a recording back: what came comes again, in order, with the clock at the time it came. `speed` 1 is as it was, 10 ten times
 * as fast, Infinity as fast as the driver takes it. The recording's end is the end of the link.
 */
export function replayedWire({ header, entries }: Recording, speed: number): ReplayedWire {
  let next = 0;
  let nowMs = Date.parse(header.startedAt);
  const recordedMs = nowMs;
  const startedMs = performance.now();

  /** The next entry, when its time has come; moves the clock to it. */
  const take = async (signal: AbortSignal): Promise<RecordingEntry> => {
    const entry = entries[next];
    if (entry === undefined) throw new LanewatchError('link-lost', 'the recording ends here');
    const dueMs = (entry.at - recordedMs) / speed - (performance.now() - startedMs);
    // Without a wait at least a turn of the event loop, as between chunks of a real link.
    if (dueMs > 1) await wait(dueMs, undefined, { signal });
    else await new Promise<void>((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
    next += 1;
    nowMs = entry.at;
    if (entry.what === 'lost') throw new LanewatchError(errorCode(entry.code), entry.reason);
    return entry;
  };
  const open = async (kind: 'bytes' | 'modbus' | 'messages', signal: AbortSignal) => {
    const entry = await take(signal);
    if (entry.what !== 'open' || entry.kind !== kind) throw mismatch(`opens ${kind}`, entry);
  };

  const wire: Wire = {
    modbusUnit: header.modbusUnit,
    bytes: async (signal) => {
      await open('bytes', signal);
      return {
        async *[Symbol.asyncIterator]() {
          while (!signal.aborted) {
            const entry = await take(signal);
            if (entry.what !== 'bytes') throw mismatch('reads bytes', entry);
            yield Buffer.from(entry.base64, 'base64');
          }
        },
        [Symbol.asyncDispose]: async () => undefined,
      };
    },
    modbus: async (signal) => {
      await open('modbus', signal);
      const ask = async (request: string): Promise<ModbusAnswer> => {
        const entry = await take(signal);
        if (entry.what !== 'modbus' || entry.request !== request) throw mismatch(request, entry);
        const { answer } = entry;
        if ('values' in answer) return { ok: true, values: answer.values };
        return { ok: false, code: answer.code, reason: answer.reason, bytes: Buffer.from(answer.base64, 'base64') };
      };
      return {
        read: (...parts) => ask(`read ${parts.join(' ')}`),
        write: (...parts) => ask(`write ${parts.join(' ')}`),
        [Symbol.asyncDispose]: async () => undefined,
      };
    },
    messages: async (signal) => {
      await open('messages', signal);
      return {
        async *[Symbol.asyncIterator](): AsyncGenerator<BusMessage> {
          while (!signal.aborted) {
            const entry = await take(signal);
            if (entry.what !== 'message') throw mismatch('reads messages', entry);
            const { topic, retained } = entry;
            const payload = Buffer.from(entry.base64, 'base64');
            yield { topic, retained, payload, receivedAtMs: nowMs, held: false, acknowledge: () => undefined };
          }
        },
      };
    },
    publisher: async () => ({ publish: async () => undefined, [Symbol.asyncDispose]: async () => undefined }),
  };
  // A driver's pauses are in the recording already: each is over when what came after it came, else a poll would never be due.
  const sleep = async (ms: number, signal: AbortSignal) => {
    await new Promise<void>((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
    nowMs = Math.max(nowMs, entries[next]?.at ?? nowMs + ms);
  };
  return { wire, clock: { now: () => nowMs, sleep }, more: () => next < entries.length };
}

function mismatch(wanted: string, { what }: RecordingEntry): LanewatchError {
  return new LanewatchError(
    'protocol-broken',
    `the driver ${wanted}, the recording has ${what}: it is another driver’s`,
  );
}

function errorCode(code: string): ErrorCode {
  return Object.keys(catalogue).find((known): known is ErrorCode => known === code) ?? 'link-lost';
}
