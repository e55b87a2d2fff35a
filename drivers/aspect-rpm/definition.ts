import { z } from 'zod';
import type { Observation } from '../../src/domain/observation.ts';
import { LanewatchError } from '../../src/errors.ts';
import type { DriverContext, DriverDefinition, Frame } from '../../src/ports/driver.ts';
import type { ModbusAnswer, ModbusLink } from '../../src/ports/wire.ts';
import { bytesOf, decodeBlock, decodeDescription } from './decode.ts';
import { abandon, initialState, normalise, stepOf } from './normalise.ts';
import { blockLength, defaultBlockAddress, description } from './registers.ts';

const occupiedPollMs = 200;
const idlePollMs = 1_000;
const lastScannedUnit = 32;
const scanTimeoutMs = 500;

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
    const unit = context.wire.modbusUnit === 'scan' ? await findUnit(context, signal) : undefined;
    await using link = await context.wire.modbus(signal, unit === undefined ? {} : { unit });
    context.online();
    const address = context.options.blockAddress ?? (await describe(context, link));
    await poll(context, link, address, signal);
  },
};

/**
 * Looks for the monitor among the units (sheet: 1 to 32): the first that answers with registers where the description or the
 * block is. Each has a link of its own, since one that is not there ends it. All of them take longer than the silence limit
 * grants, so an attempt goes on where the one before it was ended, and begins where the monitor was found before. Throws
 * `link-timeout` when none answers.
 */
async function findUnit(context: DriverContext<AspectOptions>, signal: AbortSignal): Promise<number> {
  const { kept } = context;
  const first = kept.get('unit') ?? 1;
  for (let asked = 0; asked < lastScannedUnit; asked += 1) {
    const unit = ((first - 1 + asked) % lastScannedUnit) + 1;
    kept.set('unit', unit);
    try {
      await using link = await context.wire.modbus(signal, { unit, answerTimeoutMs: scanTimeoutMs });
      const described = await link.read('holding', description.address, description.length);
      const found = described.ok ? described : await link.read('holding', defaultBlockAddress, blockLength);
      if (!found.ok) continue;
      const frame = frameOf(context, found);
      context.report(frame, [{ type: 'settings', settings: { unit }, observedAtMs: frame.receivedAtMs }]);
      return unit;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof LanewatchError) || error.code === 'link-refused') throw error;
    }
  }
  throw new LanewatchError('link-timeout', `no unit from 1 to ${lastScannedUnit} answers`);
}

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
        const away = state.counter === null ? missedAway(context, decoded.value.objectCounter, frame) : [];
        const next = normalise(state, decoded.value, frame.receivedAtMs);
        state = next.state;
        context.kept.set('objects', decoded.value.objectCounter);
        context.report(frame, [...away, ...next.observations]);
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

/** Objects counted while the link was down have passed unseen. */
function missedAway(
  { kept }: DriverContext<AspectOptions>,
  counter: number,
  { receivedAtMs }: Frame,
): readonly Observation[] {
  const missed = stepOf(kept.get('objects') ?? counter, counter);
  return missed > 0 ? [{ type: 'occupancy-missed', missed, counter, observedAtMs: receivedAtMs }] : [];
}

function frameOf(context: DriverContext<AspectOptions>, answer: ModbusAnswer): Frame {
  return { bytes: answer.ok ? bytesOf(answer.values) : answer.bytes, receivedAtMs: context.clock.now() };
}
