import type { DriverContext, DriverDefinition, Frame } from '../../src/ports/driver.ts';
import type { ModbusAnswer, ModbusLink } from '../../src/ports/wire.ts';
import { decodeInputs, decodeScan, inputSpan, registerSpan } from './decode.ts';
import { scansOf, settingsOf, statesOf, stepOf } from './normalise.ts';
import { PlcOptions } from './options.ts';

type Context = DriverContext<PlcOptions>;

/** X-ray scanners behind a conveyor PLC, Modbus (sheet xray-plc). */
export const xrayPlc: DriverDefinition<PlcOptions> = {
  name: 'xray-plc',
  title: 'X-ray scanner behind a conveyor PLC (Modbus)',
  links: ['modbus-tcp', 'modbus-rtu'],
  options: PlcOptions,
  silenceMs: () => 10_000,
  run: async (context, signal) => {
    await using link = await context.wire.modbus(signal);
    context.online();
    try {
      for (let first = true; !signal.aborted; first = false) {
        await readInputs(context, link);
        await readScan(context, link, first);
        await context.clock.sleep(context.options.pollMs, signal);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  },
};

async function readInputs(context: Context, link: ModbusLink): Promise<void> {
  const { address, count } = inputSpan(context.options);
  const answer = await link.read('discrete', address, count);
  const frame = frameOf(context, answer, 1);
  if (!answer.ok) return context.refuse(frame, answer.code, answer.reason);
  const inputs = decodeInputs(answer.values, context.options);
  const nowMs = frame.receivedAtMs;
  const settings = { type: 'settings', settings: settingsOf(inputs), observedAtMs: nowMs } as const;
  context.report(frame, [settings, ...statesOf(inputs, nowMs)]);
}

/** Counter, result and tag come in one answer, so that a result is never another scan's. */
async function readScan(context: Context, link: ModbusLink, first: boolean): Promise<void> {
  const { address, count } = registerSpan(context.options);
  const answer = await link.read('holding', address, count);
  const frame = frameOf(context, answer, 2);
  const decoded = answer.ok ? decodeScan(answer.values, context.options) : answer;
  if (!decoded.ok) return context.refuse(frame, decoded.code, decoded.reason);
  const { block } = decoded;
  const before = context.kept.get('scans') ?? null;
  context.kept.set('scans', block.counter);
  if (first) {
    // What was scanned while the link was down is gone with its results.
    const missed = before === null ? 0 : stepOf(before, block.counter);
    const gap = { type: 'occupancy-missed', missed, counter: block.counter, observedAtMs: frame.receivedAtMs } as const;
    return context.report(frame, missed > 0 ? [gap] : []);
  }
  const scans = scansOf(before, block, frame.receivedAtMs);
  if (scans.length > 0 && block.badTag !== null) {
    context.refuse(frame, 'bag-tag', `the tag's registers ${block.badTag} are no digits; the scan stands without it`);
  }
  context.report(frame, scans);
}

/** Values as the bytes they were on the wire: registers big endian, bits one byte each. */
function frameOf({ clock }: Context, answer: ModbusAnswer, width: 1 | 2): Frame {
  const receivedAtMs = clock.now();
  if (!answer.ok) return { bytes: answer.bytes, receivedAtMs };
  const bytes = answer.values.flatMap((value) => (width === 1 ? [value] : [value >> 8, value & 0xff]));
  return { bytes: Uint8Array.from(bytes), receivedAtMs };
}
