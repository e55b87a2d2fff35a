import { LanewatchError, messageOf } from '../../src/errors.ts';
import type { DriverContext, Frame } from '../../src/ports/driver.ts';
import type { BusMessage } from '../../src/ports/message-bus.ts';

/**
 * Reads a device's topic until the signal aborts. `handle` reports or refuses the frame and says whether it was good. Each
 * message is acknowledged once what it meant, or its refusal, is durable; the next one does not wait for that. Where the
 * commit fails it stays unacknowledged and the broker delivers it again.
 *
 * Errors: `configuration-fault` for a link that is not MQTT; those of the bus (`link-lost` …) as they come.
 */
export async function readMessages<Options>(
  context: DriverContext<Options>,
  handle: (frame: Frame, message: BusMessage) => boolean,
  signal: AbortSignal,
): Promise<void> {
  const { link, device } = context;
  if (link.type !== 'mqtt') throw new LanewatchError('configuration-fault', `needs an mqtt link, not ${link.type}`);
  const { broker, topic, qos } = link;
  const messages = await context.bus(broker).subscribe({ subscriber: device.id, topic, qos }, signal);
  context.online();
  for await (const message of messages) {
    const { payload: bytes, receivedAtMs, held } = message;
    const good = handle({ bytes, receivedAtMs, held }, message);
    void acknowledgeAfterCommit(context, message, good);
  }
}

async function acknowledgeAfterCommit<Options>(
  context: DriverContext<Options>,
  message: BusMessage,
  good: boolean,
): Promise<void> {
  try {
    await context.commit();
    message.acknowledge(good);
  } catch (error) {
    context.log.debug({ device: context.device.id, error: messageOf(error) }, 'message left unacknowledged');
  }
}
