import { messageOf } from '../../src/errors.ts';
import type { DriverContext, DriverDefinition, Frame } from '../../src/ports/driver.ts';
import { readEnvelopes } from '../transport/envelopes.ts';
import { type Handled, readMessages } from '../transport/messages.ts';
import { N42Options } from './options.ts';

const reader = new URL('./read-document.ts', import.meta.url);

/** Spectroscopic portals, backpacks and handhelds that send ANSI N42.42 documents (sheet n42). */
export const n42: DriverDefinition<N42Options> = {
  name: 'n42',
  title: 'Radiation instrument, ANSI N42.42 documents',
  links: ['tcp', 'mqtt', 'folder'],
  options: N42Options,
  silenceMs: ({ silenceS }) => (silenceS === null ? null : silenceS * 1000),
  run: async (context, signal) => {
    if (context.linkType === 'tcp') return readStream(context, signal);
    return readMessages(context, (frame) => readDocument(context, frame, signal), signal);
  },
};

/** One document after the other, each decoded before the next: they are few and must stay in order. */
async function readStream(context: DriverContext<N42Options>, signal: AbortSignal): Promise<void> {
  await using bytes = await context.wire.bytes(signal);
  context.online();
  const limits = { maxBytes: context.options.maxBytes, now: context.clock.now };
  for await (const { frame, fault } of readEnvelopes(bytes, limits)) {
    const handled = fault ?? (await readDocument(context, frame, signal));
    if (signal.aborted) return;
    if (handled.ok) context.report(frame, handled.observations);
    else context.refuse(frame, handled.code, handled.reason);
  }
}

async function readDocument(
  { device, options, workers }: DriverContext<N42Options>,
  { bytes, receivedAtMs }: Frame,
  signal: AbortSignal,
): Promise<Handled> {
  try {
    const input = { bytes, receivedAtMs, timeZone: device.timeZone, options };
    return await workers.run<Handled>(reader, 'readDocument', input, signal);
  } catch (error) {
    // Nobody waits for it any more.
    if (signal.aborted) return { ok: false, code: 'stopped', reason: 'the driver was told to stop' };
    return { ok: false, code: 'undecodable', reason: messageOf(error) };
  }
}
