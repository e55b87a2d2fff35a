import { setTimeout as wait } from 'node:timers/promises';
import type { ModbusRtuLink } from '../../src/domain/link.ts';
import { LanewatchError } from '../../src/errors.ts';
import type { ModbusAnswer, ModbusLink } from '../../src/ports/wire.ts';
import { lifeOf } from './life.ts';
import type { ModbusRequest } from './modbus-client.ts';
import type { UnitWay } from './modbus-tcp.ts';
import { openRtuLine, type RtuLine } from './rtu-line.ts';

/** One RS-485 line and the units on it: one request in flight, the units take turns. */
export interface RtuBus {
  /** A unit's place on the line, which is open while anybody has one. Throws `link-refused` when it cannot be opened. */
  join(way: UnitWay, signal: AbortSignal): Promise<ModbusLink>;
}

interface Turn {
  /** Null: only whether there is a line. */
  readonly request: ModbusRequest | null;
  readonly answered: PromiseWithResolvers<ModbusAnswer>;
}
type Seat = Turn[];

/**
 * After a time-out the line is closed, kept quiet as long as an answer may be late, and opened anew, so that a late answer is
 * never read as another one; the other units only wait. A unit that said nothing loses its link, and its supervisor
 * asks it again ever more seldom: a dead unit costs the others little. One whose answer was garbled keeps it.
 */
export function createRtuBus(settings: ModbusRtuLink): RtuBus {
  const seats: Seat[] = [];
  let line: RtuLine | null = null;
  let busy: Promise<void> | null = null;

  const closeLine = async () => {
    await line?.close();
    line = null;
  };
  const serve = async ({ request, answered }: Turn) => {
    try {
      line ??= await openRtuLine(settings);
      answered.resolve(request === null ? { ok: true, values: [] } : await line.client.request(request));
    } catch (error) {
      const bytes = line?.heard() ?? new Uint8Array();
      const timedOut = error instanceof LanewatchError && error.code === 'link-timeout';
      await closeLine();
      if (timedOut && request !== null) await wait(request.answerTimeoutMs);
      if (timedOut && bytes.length > 0) {
        const reason = `${error.message}; heard ${bytes.length} bytes that are no answer`;
        answered.resolve({ ok: false, code: 'bad-frame', reason, bytes });
      } else answered.reject(error);
    }
  };
  const work = async () => {
    do {
      for (let turn = nextTurn(seats); turn !== undefined; turn = nextTurn(seats)) await serve(turn);
      if (seats.length === 0) await closeLine();
      // Somebody may have come while the line was being closed.
    } while (seats.some((seat) => seat.length > 0));
    busy = null;
  };
  const wake = (): Promise<void> => {
    busy ??= work();
    return busy;
  };

  return {
    join: async (way, signal) => {
      signal.throwIfAborted();
      const seat: Seat = [];
      const left = Promise.withResolvers<never>();
      const during = lifeOf(left.promise);
      const leave = () => {
        seat.length = 0;
        if (seats.includes(seat)) seats.splice(seats.indexOf(seat), 1);
        left.reject(signal.reason ?? new LanewatchError('link-lost', `${settings.path}: the unit has left the line`));
      };
      const ask = (request: Omit<ModbusRequest, keyof UnitWay> | null): Promise<ModbusAnswer> => {
        const answered = Promise.withResolvers<ModbusAnswer>();
        seat.push({ request: request && { ...request, ...way }, answered });
        void wake();
        return during(answered.promise);
      };
      const close = async () => {
        signal.removeEventListener('abort', leave);
        leave();
        // Whoever leaves last waits until the line is closed; the others would wait for as long as it is busy.
        if (seats.length === 0) await wake();
      };
      seats.push(seat);
      signal.addEventListener('abort', leave, { once: true });
      try {
        await ask(null);
      } catch (error) {
        await close();
        throw error;
      }
      return {
        read: (table, address, count) => ask({ table, address, count }),
        write: (table, address, value) => ask({ table, address, count: 1, value }),
        [Symbol.asyncDispose]: close,
      };
    },
  };
}

/** The first seat with something to ask goes to the end of the row, so that all come to their turn. */
function nextTurn(seats: Seat[]): Turn | undefined {
  const index = seats.findIndex((seat) => seat.length > 0);
  const [seat] = index < 0 ? [] : seats.splice(index, 1);
  if (seat !== undefined) seats.push(seat);
  return seat?.shift();
}
