import { z } from 'zod';
import type { Reading } from '../../src/domain/observation.ts';
import { abandonRules, initialRules, runRules } from '../../src/domain/point-rules.ts';
import type { DriverContext, DriverDefinition, Frame } from '../../src/ports/driver.ts';
import type { ModbusAnswer, ModbusLink } from '../../src/ports/wire.ts';
import { decode } from './decode.ts';
import { isBits, ModbusProfile } from './profile.ts';
import { type Request, requestsOf } from './requests.ts';

/** Options of one device: which model it is. */
export const ModbusMapOptions = z.strictObject({ profile: z.string() });
export type ModbusMapOptions = z.infer<typeof ModbusMapOptions>;
type Context = DriverContext<ModbusMapOptions, ModbusProfile>;

/** Any Modbus device, described as data (sheet maps). */
export const modbusMap: DriverDefinition<ModbusMapOptions, ModbusProfile> = {
  name: 'modbus-map',
  title: 'Any Modbus device, described by a profile',
  links: ['modbus-tcp', 'modbus-rtu'],
  options: ModbusMapOptions,
  profile: ModbusProfile,
  silenceMs: (_options, { silenceS, blocks }) =>
    silenceS === undefined ? Math.max(5_000, 3 * Math.max(...blocks.map(({ everyMs }) => everyMs))) : silenceS * 1000,
  run: async (context, signal) => {
    await using link = await context.wire.modbus(signal);
    context.online();
    await poll(context, link, signal);
  },
};

/** Each request in its own time, one after the other. */
async function poll(context: Context, link: ModbusLink, signal: AbortSignal): Promise<void> {
  const { profile, clock } = context;
  const due = requestsOf(profile.blocks).map((request) => ({ request, atMs: clock.now() }));
  const take = reporter(context);
  try {
    while (!signal.aborted) {
      const nowMs = clock.now();
      for (const turn of due) {
        // Either way: a clock that was set back must not stop the polling.
        if (turn.atMs > nowMs && turn.atMs - nowMs <= turn.request.everyMs) continue;
        const { table, address, count, everyMs } = turn.request;
        turn.atMs = Math.max(turn.atMs + everyMs, nowMs);
        take.answer(turn.request, await link.read(table, address, count));
      }
      const nextMs = Math.min(...due.map(({ atMs }) => atMs));
      await clock.sleep(Math.max(1, Math.min(nextMs - clock.now(), 1_000)), signal);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    take.end();
  }
}

function reporter(context: Context) {
  const { profile, clock } = context;
  const units = new Map(profile.points.map(({ name, unit }) => [name, unit] as const));
  const settings = { rules: profile.rules, units };
  let state = initialRules;
  let last: Frame = { bytes: new Uint8Array(), receivedAtMs: clock.now() };
  return {
    answer: (request: Request, answer: ModbusAnswer) => {
      const frame = frameOf(request, answer, clock.now());
      if (!answer.ok) return context.refuse(frame, answer.code, answer.reason);
      const { values, refused } = decode(request, answer.values, profile);
      if (refused.length > 0) context.refuse(frame, 'implausible', refused.join(', '));
      if (values.size === 0) return;
      const next = runRules(state, values, settings, frame.receivedAtMs);
      state = next.state;
      last = frame;
      context.report(frame, [...readings(profile, values, frame.receivedAtMs), ...next.observations]);
    },
    end: () => {
      const left = abandonRules(state, settings, clock.now());
      if (left.length > 0) context.report(last, left);
    },
  };
}

function readings({ points }: ModbusProfile, values: ReadonlyMap<string, number>, atMs: number): readonly Reading[] {
  return points.flatMap(({ name, reading, unit }): readonly Reading[] => {
    const value = values.get(name);
    if (reading === undefined || value === undefined) return [];
    return [{ type: 'reading', quantity: reading, value, unit, quality: 'good', observedAtMs: atMs }];
  });
}

/** Registers as the bytes they were, big endian; bits one byte each. */
function frameOf({ table }: Request, answer: ModbusAnswer, receivedAtMs: number): Frame {
  if (!answer.ok) return { bytes: answer.bytes, receivedAtMs };
  const bytes = answer.values.flatMap((word) => (isBits(table) ? [word] : [word >> 8, word & 0xff]));
  return { bytes: Uint8Array.from(bytes), receivedAtMs };
}
