import type { Observation } from '../../src/domain/observation.ts';
import { messageOf } from '../../src/errors.ts';
import type { DriverContext, Frame } from '../../src/ports/driver.ts';
import type { BusMessage } from '../../src/ports/message-bus.ts';

/** What one document came to: what it means, or a refusal. */
export type Handled =
  | { readonly ok: true; readonly observations: readonly Observation[] }
  | { readonly ok: false; readonly code: string; readonly reason: string };

/**
 * Reads a device's documents, one a message or a file, until the signal aborts, and reports or refuses each as `handle`
 * says. A message is acknowledged once what it meant, or its refusal, is durable; the next one does not wait for that. Where
 * the commit fails it stays unacknowledged and comes again.
 *
 * Errors: those of the wire (`link-lost` …) as they come.
 */
export async function readMessages<Options>(
  context: DriverContext<Options>,
  handle: (frame: Frame, message: BusMessage) => Handled | Promise<Handled>,
  signal: AbortSignal,
): Promise<void> {
  const messages = await context.wire.messages(signal);
  context.online();
  for await (const message of messages) {
    const { payload: bytes, receivedAtMs, held } = message;
    const frame = { bytes, receivedAtMs, held };
    const handled = await handle(frame, message);
    if (signal.aborted) return;
    if (handled.ok) context.report(frame, handled.observations);
    else context.refuse(frame, handled.code, handled.reason);
    void acknowledgeAfterCommit(context, message, handled);
  }
}

async function acknowledgeAfterCommit<Options>(
  context: DriverContext<Options>,
  message: BusMessage,
  handled: Handled,
): Promise<void> {
  try {
    await context.commit();
    message.acknowledge(handled.ok, handled.ok ? undefined : `${handled.code}: ${handled.reason}`);
  } catch (error) {
    context.log.debug({ device: context.device.id, error: messageOf(error) }, 'message left unacknowledged');
  }
}
