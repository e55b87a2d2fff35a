import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BusMessage } from '../../src/ports/message-bus.ts';
import { createReceiver } from './mqtt-receiver.ts';

const payload = new Uint8Array(10);
const publish = (messageId: number | undefined) => ({ topic: 't', payload, retain: false, messageId });

async function readAll(inbox: ReturnType<typeof createReceiver>['inbox'], count: number): Promise<BusMessage[]> {
  const stopper = new AbortController();
  const messages: BusMessage[] = [];
  if (count === 0) return messages;
  for await (const message of inbox.read(stopper.signal)) {
    messages.push(message);
    if (messages.length === count) stopper.abort();
  }
  return messages;
}

describe('receiving', () => {
  it('sends PUBACKs in the order of receipt, each once, none before its own commit, whatever the order of the commits', async () => {
    const order = fc
      .integer({ min: 1, max: 30 })
      .chain((count) => fc.shuffledSubarray([...Array(count).keys()], { minLength: count, maxLength: count }));
    await fc.assert(
      fc.asyncProperty(order, async (commits) => {
        const sent: number[] = [];
        const receiver = createReceiver({ messages: 100, bytes: 1e6 }, (messageId) => sent.push(messageId));
        for (const index of commits.keys()) receiver.accept(publish(index + 1), () => undefined);
        const messages = await readAll(receiver.inbox, commits.length);

        const committed = new Set<number>();
        for (const index of commits) {
          messages[index]?.acknowledge(true);
          messages[index]?.acknowledge(false);
          committed.add(index + 1);
          expect(sent.every((messageId) => committed.has(messageId))).toBe(true);
        }
        expect(sent).toEqual([...commits.keys()].map((index) => index + 1));
      }),
    );
  });

  it.each([
    ['messages', { messages: 3, bytes: 1e6 }],
    ['bytes', { messages: 100, bytes: 30 }],
  ])('stops reading the wire at the window of %s and goes on when an acknowledgement has left', async (_, window) => {
    const receiver = createReceiver(window, () => undefined);
    let proceeded = 0;
    const accept = (messageId: number) =>
      receiver.accept(publish(messageId), () => {
        proceeded += 1;
      });
    for (const messageId of [1, 2, 3]) accept(messageId);
    expect(proceeded).toBe(2);
    const [first, second] = await readAll(receiver.inbox, 3);
    second?.acknowledge(true);
    expect(proceeded).toBe(2);
    first?.acknowledge(true);
    expect(proceeded).toBe(3);
  });

  it('counts a QoS 0 message until it is read, and acknowledges nothing for it', async () => {
    const sent: number[] = [];
    const receiver = createReceiver({ messages: 1, bytes: 1e6 }, (messageId) => sent.push(messageId));
    let proceeded = false;
    receiver.accept(publish(undefined), () => {
      proceeded = true;
    });
    expect(proceeded).toBe(false);
    const [message] = await readAll(receiver.inbox, 1);
    expect(proceeded).toBe(true);
    message?.acknowledge(true);
    expect(message?.held).toBe(false);
    expect(sent).toEqual([]);
  });

  it('fails at once, with unread messages, and ends without an error when the signal aborts', async () => {
    const { inbox, accept } = createReceiver({ messages: 9, bytes: 1e6 }, () => undefined);
    accept(publish(1), () => undefined);
    inbox.fail(new Error('cut'));
    await expect(inbox.read(new AbortController().signal).next()).rejects.toThrow('cut');
    expect(await inbox.read(AbortSignal.abort()).next()).toEqual({ done: true, value: undefined });
  });
});
