import { z } from 'zod';
import type { DriverContext, DriverDefinition, Frame } from '../../src/ports/driver.ts';
import type { ModbusAnswer, ModbusLink } from '../../src/ports/wire.ts';
import { bytesOf, decodeBlock, decodeDescription } from './decode.ts';
import { abandon, initialState, normalise } from './normalise.ts';
import { blockLength, defaultBlockAddress, description } from './registers.ts';

const occupiedPollMs = 200;
const idlePollMs = 1_000;

/** Options of one monitor. `blockAddress` overrides what the device description tells. */
export const AspectOptions = z.strictObject({
  wordOrder: z.enum(['low-first', 'high-first']).default('low-first'),
  blockAddress: z.int().min(0).max(65_000).optional(),
  /** Pause between two polls, in milliseconds. */
  idlePollMs: z.int().min(50).max(5_000).default(idlePollMs),
  occupiedPollMs: z.int().min(50).max(1_000).default(occupiedPollMs),
});
export type AspectOptions = z.infer<typeof AspectOptions>;

/** Aspect Yantar portal monitors over Modbus (sheet aspect-rpm). */
export const aspectRpm: DriverDefinition<AspectOptions> = {
  name: 'aspect-rpm',
  title: 'Aspect Yantar portal monitor (Modbus)',
  links: ['modbus-tcp', 'modbus-rtu'],
  options: AspectOptions,
  silenceMs: () => 10_000,
  run: async (context, signal) => {
    await using link = await context.wire.modbus(signal);
    context.online();
    const address = context.options.blockAddress ?? (await describe(context, link));
    await poll(context, link, address, signal);
  },
};

/** Reads the device description once; without a usable one the block is where the sheet says. */
async function describe(context: DriverContext<AspectOptions>, link: ModbusLink): Promise<number> {
  const answer = await link.read('holding', description.address, description.length);
  const described = answer.ok ? decodeDescription(answer.values) : null;
  const frame = frameOf(context, answer);
  if (described === null) {
    context.refuse(frame, 'description', answer.ok ? 'the device description makes no sense' : answer.reason);
    return defaultBlockAddress;
  }
  const settings = { monitorId: described.monitorId, blockAddress: described.address };
  context.report(frame, [{ type: 'settings', settings, observedAtMs: frame.receivedAtMs }]);
  return described.address;
}

async function poll(
  context: DriverContext<AspectOptions>,
  link: ModbusLink,
  address: number,
  signal: AbortSignal,
): Promise<void> {
  const { options, clock } = context;
  let state = initialState;
  let frame: Frame = { bytes: new Uint8Array(), receivedAtMs: clock.now() };
  try {
    while (!signal.aborted) {
      const answer = await link.read('holding', address, blockLength);
      frame = frameOf(context, answer);
      const decoded = answer.ok ? decodeBlock(answer.values, options.wordOrder) : answer;
      if (decoded.ok) {
        const next = normalise(state, decoded.value, frame.receivedAtMs);
        state = next.state;
        context.report(frame, next.observations);
      } else {
        context.refuse(frame, decoded.code, decoded.reason);
      }
      await clock.sleep(state.occupancy === null ? options.idlePollMs : options.occupiedPollMs, signal);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    // Lost, silent or stopped: what was open ends here, with its profile.
    const left = abandon(state, clock.now());
    if (left.length > 0) context.report(frame, left);
  }
}

function frameOf(context: DriverContext<AspectOptions>, answer: ModbusAnswer): Frame {
  return { bytes: answer.ok ? bytesOf(answer.values) : answer.bytes, receivedAtMs: context.clock.now() };
}
